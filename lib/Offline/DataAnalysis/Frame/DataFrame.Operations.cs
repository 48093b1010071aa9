namespace Microsoft.Data.Analysis;

/// <summary>Arithmetic and comparisons of every column with one value.</summary>
public partial class DataFrame
{
    public DataFrame Add<T>(T value, bool inPlace = false)
        where T : unmanaged => Each(column => column.Add(value), inPlace);

    public DataFrame Subtract<T>(T value, bool inPlace = false)
        where T : unmanaged => Each(column => column.Subtract(value), inPlace);

    public DataFrame Multiply<T>(T value, bool inPlace = false)
        where T : unmanaged => Each(column => column.Multiply(value), inPlace);

    public DataFrame Divide<T>(T value, bool inPlace = false)
        where T : unmanaged => Each(column => column.Divide(value), inPlace);

    public DataFrame ElementwiseEquals<T>(T value)
        where T : unmanaged => Each(column => column.ElementwiseEquals(value), inPlace: false);

    public DataFrame ElementwiseNotEquals<T>(T value)
        where T : unmanaged => Each(column => column.ElementwiseNotEquals(value), inPlace: false);

    public DataFrame ElementwiseGreaterThan<T>(T value)
        where T : unmanaged => Each(column => column.ElementwiseGreaterThan(value), inPlace: false);

    public DataFrame ElementwiseGreaterThanOrEqual<T>(T value)
        where T : unmanaged => Each(column => column.ElementwiseGreaterThanOrEqual(value), inPlace: false);

    public DataFrame ElementwiseLessThan<T>(T value)
        where T : unmanaged => Each(column => column.ElementwiseLessThan(value), inPlace: false);

    public DataFrame ElementwiseLessThanOrEqual<T>(T value)
        where T : unmanaged => Each(column => column.ElementwiseLessThanOrEqual(value), inPlace: false);

    private DataFrame Each(Func<DataFrameColumn, DataFrameColumn> operation, bool inPlace)
    {
        var results = Columns.Select(column =>
        {
            var result = operation(column);
            result.SetName(column.Name);
            return result;
        }).ToList();
        if (!inPlace)
        {
            return new DataFrame(results);
        }

        for (var i = 0; i < results.Count; i++)
        {
            Columns[i] = results[i];
        }

        return this;
    }
}
