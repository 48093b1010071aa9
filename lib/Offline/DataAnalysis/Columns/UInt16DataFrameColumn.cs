namespace Microsoft.Data.Analysis;

/// <summary>A column of <see cref="ushort"/>.</summary>
public class UInt16DataFrameColumn : PrimitiveDataFrameColumn<ushort>
{
    public UInt16DataFrameColumn(string name, IEnumerable<ushort?> values)
        : base(name, values)
    {
    }

    public UInt16DataFrameColumn(string name, IEnumerable<ushort> values)
        : base(name, values)
    {
    }

    public UInt16DataFrameColumn(string name, long length = 0)
        : base(name, length)
    {
    }

    public BooleanDataFrameColumn ElementwiseEquals(UInt16DataFrameColumn column) => Compared(column, Comparison.Equal);

    public BooleanDataFrameColumn ElementwiseEquals(ushort value) => ComparedWith(value, Comparison.Equal);

    public BooleanDataFrameColumn ElementwiseNotEquals(UInt16DataFrameColumn column) => Compared(column, Comparison.NotEqual);

    public BooleanDataFrameColumn ElementwiseNotEquals(ushort value) => ComparedWith(value, Comparison.NotEqual);

    public BooleanDataFrameColumn ElementwiseGreaterThan(UInt16DataFrameColumn column) => Compared(column, Comparison.Greater);

    public BooleanDataFrameColumn ElementwiseGreaterThan(ushort value) => ComparedWith(value, Comparison.Greater);

    public BooleanDataFrameColumn ElementwiseGreaterThanOrEqual(UInt16DataFrameColumn column) => Compared(column, Comparison.GreaterOrEqual);

    public BooleanDataFrameColumn ElementwiseGreaterThanOrEqual(ushort value) => ComparedWith(value, Comparison.GreaterOrEqual);

    public BooleanDataFrameColumn ElementwiseLessThan(UInt16DataFrameColumn column) => Compared(column, Comparison.Less);

    public BooleanDataFrameColumn ElementwiseLessThan(ushort value) => ComparedWith(value, Comparison.Less);

    public BooleanDataFrameColumn ElementwiseLessThanOrEqual(UInt16DataFrameColumn column) => Compared(column, Comparison.LessOrEqual);

    public BooleanDataFrameColumn ElementwiseLessThanOrEqual(ushort value) => ComparedWith(value, Comparison.LessOrEqual);

    protected override PrimitiveDataFrameColumn<ushort> CreateNewColumn(string name, long length = 0) => new UInt16DataFrameColumn(name, length);
}
