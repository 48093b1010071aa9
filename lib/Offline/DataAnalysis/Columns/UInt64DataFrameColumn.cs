namespace Microsoft.Data.Analysis;

/// <summary>A column of <see cref="ulong"/>.</summary>
public class UInt64DataFrameColumn : PrimitiveDataFrameColumn<ulong>
{
    public UInt64DataFrameColumn(string name, IEnumerable<ulong?> values)
        : base(name, values)
    {
    }

    public UInt64DataFrameColumn(string name, IEnumerable<ulong> values)
        : base(name, values)
    {
    }

    public UInt64DataFrameColumn(string name, long length = 0)
        : base(name, length)
    {
    }

    public static UInt64DataFrameColumn operator +(UInt64DataFrameColumn left, UInt64DataFrameColumn right) => (UInt64DataFrameColumn)left.Combined(right, BinaryOperation.Add);

    public static UInt64DataFrameColumn operator +(UInt64DataFrameColumn left, ulong right) => (UInt64DataFrameColumn)left.CombinedWith(right, BinaryOperation.Add);

    public static UInt64DataFrameColumn operator +(ulong left, UInt64DataFrameColumn right) => (UInt64DataFrameColumn)right.Reversed(left, BinaryOperation.Add);

    public static UInt64DataFrameColumn operator -(UInt64DataFrameColumn left, UInt64DataFrameColumn right) => (UInt64DataFrameColumn)left.Combined(right, BinaryOperation.Subtract);

    public static UInt64DataFrameColumn operator -(UInt64DataFrameColumn left, ulong right) => (UInt64DataFrameColumn)left.CombinedWith(right, BinaryOperation.Subtract);

    public static UInt64DataFrameColumn operator -(ulong left, UInt64DataFrameColumn right) => (UInt64DataFrameColumn)right.Reversed(left, BinaryOperation.Subtract);

    public static UInt64DataFrameColumn operator *(UInt64DataFrameColumn left, UInt64DataFrameColumn right) => (UInt64DataFrameColumn)left.Combined(right, BinaryOperation.Multiply);

    public static UInt64DataFrameColumn operator *(UInt64DataFrameColumn left, ulong right) => (UInt64DataFrameColumn)left.CombinedWith(right, BinaryOperation.Multiply);

    public static UInt64DataFrameColumn operator *(ulong left, UInt64DataFrameColumn right) => (UInt64DataFrameColumn)right.Reversed(left, BinaryOperation.Multiply);

    public static UInt64DataFrameColumn operator /(UInt64DataFrameColumn left, UInt64DataFrameColumn right) => (UInt64DataFrameColumn)left.Combined(right, BinaryOperation.Divide);

    public static UInt64DataFrameColumn operator /(UInt64DataFrameColumn left, ulong right) => (UInt64DataFrameColumn)left.CombinedWith(right, BinaryOperation.Divide);

    public static UInt64DataFrameColumn operator /(ulong left, UInt64DataFrameColumn right) => (UInt64DataFrameColumn)right.Reversed(left, BinaryOperation.Divide);

    public static UInt64DataFrameColumn operator %(UInt64DataFrameColumn left, UInt64DataFrameColumn right) => (UInt64DataFrameColumn)left.Combined(right, BinaryOperation.Modulo);

    public static UInt64DataFrameColumn operator %(UInt64DataFrameColumn left, ulong right) => (UInt64DataFrameColumn)left.CombinedWith(right, BinaryOperation.Modulo);

    public static UInt64DataFrameColumn operator %(ulong left, UInt64DataFrameColumn right) => (UInt64DataFrameColumn)right.Reversed(left, BinaryOperation.Modulo);

    public BooleanDataFrameColumn ElementwiseEquals(UInt64DataFrameColumn column) => Compared(column, Comparison.Equal);

    public BooleanDataFrameColumn ElementwiseEquals(ulong value) => ComparedWith(value, Comparison.Equal);

    public BooleanDataFrameColumn ElementwiseNotEquals(UInt64DataFrameColumn column) => Compared(column, Comparison.NotEqual);

    public BooleanDataFrameColumn ElementwiseNotEquals(ulong value) => ComparedWith(value, Comparison.NotEqual);

    public BooleanDataFrameColumn ElementwiseGreaterThan(UInt64DataFrameColumn column) => Compared(column, Comparison.Greater);

    public BooleanDataFrameColumn ElementwiseGreaterThan(ulong value) => ComparedWith(value, Comparison.Greater);

    public BooleanDataFrameColumn ElementwiseGreaterThanOrEqual(UInt64DataFrameColumn column) => Compared(column, Comparison.GreaterOrEqual);

    public BooleanDataFrameColumn ElementwiseGreaterThanOrEqual(ulong value) => ComparedWith(value, Comparison.GreaterOrEqual);

    public BooleanDataFrameColumn ElementwiseLessThan(UInt64DataFrameColumn column) => Compared(column, Comparison.Less);

    public BooleanDataFrameColumn ElementwiseLessThan(ulong value) => ComparedWith(value, Comparison.Less);

    public BooleanDataFrameColumn ElementwiseLessThanOrEqual(UInt64DataFrameColumn column) => Compared(column, Comparison.LessOrEqual);

    public BooleanDataFrameColumn ElementwiseLessThanOrEqual(ulong value) => ComparedWith(value, Comparison.LessOrEqual);

    protected override PrimitiveDataFrameColumn<ulong> CreateNewColumn(string name, long length = 0) => new UInt64DataFrameColumn(name, length);
}
