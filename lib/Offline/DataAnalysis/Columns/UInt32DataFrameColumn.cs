namespace Microsoft.Data.Analysis;

/// <summary>A column of <see cref="uint"/>.</summary>
public class UInt32DataFrameColumn : PrimitiveDataFrameColumn<uint>
{
    public UInt32DataFrameColumn(string name, IEnumerable<uint?> values)
        : base(name, values)
    {
    }

    public UInt32DataFrameColumn(string name, IEnumerable<uint> values)
        : base(name, values)
    {
    }

    public UInt32DataFrameColumn(string name, long length = 0)
        : base(name, length)
    {
    }

    public static UInt32DataFrameColumn operator +(UInt32DataFrameColumn left, UInt32DataFrameColumn right) => (UInt32DataFrameColumn)left.Combined(right, BinaryOperation.Add);

    public static UInt32DataFrameColumn operator +(UInt32DataFrameColumn left, uint right) => (UInt32DataFrameColumn)left.CombinedWith(right, BinaryOperation.Add);

    public static UInt32DataFrameColumn operator +(uint left, UInt32DataFrameColumn right) => (UInt32DataFrameColumn)right.Reversed(left, BinaryOperation.Add);

    public static UInt32DataFrameColumn operator -(UInt32DataFrameColumn left, UInt32DataFrameColumn right) => (UInt32DataFrameColumn)left.Combined(right, BinaryOperation.Subtract);

    public static UInt32DataFrameColumn operator -(UInt32DataFrameColumn left, uint right) => (UInt32DataFrameColumn)left.CombinedWith(right, BinaryOperation.Subtract);

    public static UInt32DataFrameColumn operator -(uint left, UInt32DataFrameColumn right) => (UInt32DataFrameColumn)right.Reversed(left, BinaryOperation.Subtract);

    public static UInt32DataFrameColumn operator *(UInt32DataFrameColumn left, UInt32DataFrameColumn right) => (UInt32DataFrameColumn)left.Combined(right, BinaryOperation.Multiply);

    public static UInt32DataFrameColumn operator *(UInt32DataFrameColumn left, uint right) => (UInt32DataFrameColumn)left.CombinedWith(right, BinaryOperation.Multiply);

    public static UInt32DataFrameColumn operator *(uint left, UInt32DataFrameColumn right) => (UInt32DataFrameColumn)right.Reversed(left, BinaryOperation.Multiply);

    public static UInt32DataFrameColumn operator /(UInt32DataFrameColumn left, UInt32DataFrameColumn right) => (UInt32DataFrameColumn)left.Combined(right, BinaryOperation.Divide);

    public static UInt32DataFrameColumn operator /(UInt32DataFrameColumn left, uint right) => (UInt32DataFrameColumn)left.CombinedWith(right, BinaryOperation.Divide);

    public static UInt32DataFrameColumn operator /(uint left, UInt32DataFrameColumn right) => (UInt32DataFrameColumn)right.Reversed(left, BinaryOperation.Divide);

    public static UInt32DataFrameColumn operator %(UInt32DataFrameColumn left, UInt32DataFrameColumn right) => (UInt32DataFrameColumn)left.Combined(right, BinaryOperation.Modulo);

    public static UInt32DataFrameColumn operator %(UInt32DataFrameColumn left, uint right) => (UInt32DataFrameColumn)left.CombinedWith(right, BinaryOperation.Modulo);

    public static UInt32DataFrameColumn operator %(uint left, UInt32DataFrameColumn right) => (UInt32DataFrameColumn)right.Reversed(left, BinaryOperation.Modulo);

    public BooleanDataFrameColumn ElementwiseEquals(UInt32DataFrameColumn column) => Compared(column, Comparison.Equal);

    public BooleanDataFrameColumn ElementwiseEquals(uint value) => ComparedWith(value, Comparison.Equal);

    public BooleanDataFrameColumn ElementwiseNotEquals(UInt32DataFrameColumn column) => Compared(column, Comparison.NotEqual);

    public BooleanDataFrameColumn ElementwiseNotEquals(uint value) => ComparedWith(value, Comparison.NotEqual);

    public BooleanDataFrameColumn ElementwiseGreaterThan(UInt32DataFrameColumn column) => Compared(column, Comparison.Greater);

    public BooleanDataFrameColumn ElementwiseGreaterThan(uint value) => ComparedWith(value, Comparison.Greater);

    public BooleanDataFrameColumn ElementwiseGreaterThanOrEqual(UInt32DataFrameColumn column) => Compared(column, Comparison.GreaterOrEqual);

    public BooleanDataFrameColumn ElementwiseGreaterThanOrEqual(uint value) => ComparedWith(value, Comparison.GreaterOrEqual);

    public BooleanDataFrameColumn ElementwiseLessThan(UInt32DataFrameColumn column) => Compared(column, Comparison.Less);

    public BooleanDataFrameColumn ElementwiseLessThan(uint value) => ComparedWith(value, Comparison.Less);

    public BooleanDataFrameColumn ElementwiseLessThanOrEqual(UInt32DataFrameColumn column) => Compared(column, Comparison.LessOrEqual);

    public BooleanDataFrameColumn ElementwiseLessThanOrEqual(uint value) => ComparedWith(value, Comparison.LessOrEqual);

    protected override PrimitiveDataFrameColumn<uint> CreateNewColumn(string name, long length = 0) => new UInt32DataFrameColumn(name, length);
}
