namespace Microsoft.Data.Analysis;

/// <summary>A column of <see cref="byte"/>.</summary>
public class ByteDataFrameColumn : PrimitiveDataFrameColumn<byte>
{
    public ByteDataFrameColumn(string name, IEnumerable<byte?> values)
        : base(name, values)
    {
    }

    public ByteDataFrameColumn(string name, IEnumerable<byte> values)
        : base(name, values)
    {
    }

    public ByteDataFrameColumn(string name, long length = 0)
        : base(name, length)
    {
    }

    public BooleanDataFrameColumn ElementwiseEquals(ByteDataFrameColumn column) => Compared(column, Comparison.Equal);

    public BooleanDataFrameColumn ElementwiseEquals(byte value) => ComparedWith(value, Comparison.Equal);

    public BooleanDataFrameColumn ElementwiseNotEquals(ByteDataFrameColumn column) => Compared(column, Comparison.NotEqual);

    public BooleanDataFrameColumn ElementwiseNotEquals(byte value) => ComparedWith(value, Comparison.NotEqual);

    public BooleanDataFrameColumn ElementwiseGreaterThan(ByteDataFrameColumn column) => Compared(column, Comparison.Greater);

    public BooleanDataFrameColumn ElementwiseGreaterThan(byte value) => ComparedWith(value, Comparison.Greater);

    public BooleanDataFrameColumn ElementwiseGreaterThanOrEqual(ByteDataFrameColumn column) => Compared(column, Comparison.GreaterOrEqual);

    public BooleanDataFrameColumn ElementwiseGreaterThanOrEqual(byte value) => ComparedWith(value, Comparison.GreaterOrEqual);

    public BooleanDataFrameColumn ElementwiseLessThan(ByteDataFrameColumn column) => Compared(column, Comparison.Less);

    public BooleanDataFrameColumn ElementwiseLessThan(byte value) => ComparedWith(value, Comparison.Less);

    public BooleanDataFrameColumn ElementwiseLessThanOrEqual(ByteDataFrameColumn column) => Compared(column, Comparison.LessOrEqual);

    public BooleanDataFrameColumn ElementwiseLessThanOrEqual(byte value) => ComparedWith(value, Comparison.LessOrEqual);

    protected override PrimitiveDataFrameColumn<byte> CreateNewColumn(string name, long length = 0) => new ByteDataFrameColumn(name, length);
}
