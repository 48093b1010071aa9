namespace Microsoft.Data.Analysis;

/// <summary>Logic between truth values; a missing value gives a missing one.</summary>
public partial class PrimitiveDataFrameColumn<T>
{
    public override DataFrameColumn And(DataFrameColumn column, bool inPlace = false) => Logic(column, (a, b) => a & b, inPlace);

    public override PrimitiveDataFrameColumn<bool> And(bool value, bool inPlace = false) => Logic(_ => value, (a, b) => a & b, inPlace);

    public override DataFrameColumn Or(DataFrameColumn column, bool inPlace = false) => Logic(column, (a, b) => a | b, inPlace);

    public override PrimitiveDataFrameColumn<bool> Or(bool value, bool inPlace = false) => Logic(_ => value, (a, b) => a | b, inPlace);

    public override DataFrameColumn Xor(DataFrameColumn column, bool inPlace = false) => Logic(column, (a, b) => a ^ b, inPlace);

    public override PrimitiveDataFrameColumn<bool> Xor(bool value, bool inPlace = false) => Logic(_ => value, (a, b) => a ^ b, inPlace);

    private PrimitiveDataFrameColumn<bool> Logic(DataFrameColumn column, Func<bool, bool, bool> operation, bool inPlace)
    {
        Arithmetic.SameLength(this, column);
        return column is PrimitiveDataFrameColumn<bool> flags
            ? Logic(row => flags[row], operation, inPlace)
            : throw new NotSupportedException($"The column '{column.Name}' of {column.DataType} has no truth values.");
    }

    private PrimitiveDataFrameColumn<bool> Logic(Func<long, bool?> other, Func<bool, bool, bool> operation, bool inPlace)
    {
        if (this is not PrimitiveDataFrameColumn<bool> flags)
        {
            throw new NotSupportedException($"The column '{Name}' of {typeof(T)} has no truth values.");
        }

        var result = inPlace ? flags : new BooleanDataFrameColumn(Name, flags);
        foreach (var row in Rows())
        {
            result[row] = flags[row] is { } a && other(row) is { } b ? operation(a, b) : null;
        }

        return result;
    }
}
