namespace Microsoft.Data.Analysis;

/// <summary>A column of <see cref="sbyte"/>.</summary>
public class SByteDataFrameColumn : PrimitiveDataFrameColumn<sbyte>
{
    public SByteDataFrameColumn(string name, IEnumerable<sbyte?> values)
        : base(name, values)
    {
    }

    public SByteDataFrameColumn(string name, IEnumerable<sbyte> values)
        : base(name, values)
    {
    }

    public SByteDataFrameColumn(string name, long length = 0)
        : base(name, length)
    {
    }

    public BooleanDataFrameColumn ElementwiseEquals(SByteDataFrameColumn column) => Compared(column, Comparison.Equal);

    public BooleanDataFrameColumn ElementwiseEquals(sbyte value) => ComparedWith(value, Comparison.Equal);

    public BooleanDataFrameColumn ElementwiseNotEquals(SByteDataFrameColumn column) => Compared(column, Comparison.NotEqual);

    public BooleanDataFrameColumn ElementwiseNotEquals(sbyte value) => ComparedWith(value, Comparison.NotEqual);

    public BooleanDataFrameColumn ElementwiseGreaterThan(SByteDataFrameColumn column) => Compared(column, Comparison.Greater);

    public BooleanDataFrameColumn ElementwiseGreaterThan(sbyte value) => ComparedWith(value, Comparison.Greater);

    public BooleanDataFrameColumn ElementwiseGreaterThanOrEqual(SByteDataFrameColumn column) => Compared(column, Comparison.GreaterOrEqual);

    public BooleanDataFrameColumn ElementwiseGreaterThanOrEqual(sbyte value) => ComparedWith(value, Comparison.GreaterOrEqual);

    public BooleanDataFrameColumn ElementwiseLessThan(SByteDataFrameColumn column) => Compared(column, Comparison.Less);

    public BooleanDataFrameColumn ElementwiseLessThan(sbyte value) => ComparedWith(value, Comparison.Less);

    public BooleanDataFrameColumn ElementwiseLessThanOrEqual(SByteDataFrameColumn column) => Compared(column, Comparison.LessOrEqual);

    public BooleanDataFrameColumn ElementwiseLessThanOrEqual(sbyte value) => ComparedWith(value, Comparison.LessOrEqual);

    protected override PrimitiveDataFrameColumn<sbyte> CreateNewColumn(string name, long length = 0) => new SByteDataFrameColumn(name, length);
}
