namespace Microsoft.Data.Analysis;

/// <summary>Grouping by the values of a column.</summary>
public partial class DataFrame
{
    public GroupBy GroupBy(string columnName)
    {
        var column = Columns[columnName];
        return column.GroupBy(Columns.IndexOf(columnName), this);
    }

    public GroupBy<TKey> GroupBy<TKey>(string columnName)
        where TKey : notnull => GroupBy(columnName) is GroupBy<TKey> groups
            ? groups
            : throw new InvalidCastException($"The column '{columnName}' holds {Columns[columnName].DataType}, not {typeof(TKey)}.");
}
