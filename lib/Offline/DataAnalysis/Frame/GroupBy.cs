namespace Microsoft.Data.Analysis;

/// <summary>The rows of a frame by the value of one column; rows without one are left out.</summary>
public abstract class GroupBy
{
    /// <summary>The number of values.</summary>
    public abstract DataFrame Count(params string[] columnNames);

    /// <summary>The first row.</summary>
    public abstract DataFrame First(params string[] columnNames);

    /// <summary>The first rows.</summary>
    public abstract DataFrame Head(int numberOfRows);

    /// <summary>The last rows.</summary>
    public abstract DataFrame Tail(int numberOfRows);

    public abstract DataFrame Max(params string[] columnNames);

    public abstract DataFrame Min(params string[] columnNames);

    public abstract DataFrame Product(params string[] columnNames);

    public abstract DataFrame Sum(params string[] columnNames);

    /// <summary>The sum divided by the number of rows, missing values included.</summary>
    public abstract DataFrame Mean(params string[] columnNames);
}
