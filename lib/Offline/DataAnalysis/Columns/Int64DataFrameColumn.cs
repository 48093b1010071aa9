namespace Microsoft.Data.Analysis;

/// <summary>A column of <see cref="long"/>.</summary>
public class Int64DataFrameColumn : PrimitiveDataFrameColumn<long>
{
    public Int64DataFrameColumn(string name, IEnumerable<long?> values)
        : base(name, values)
    {
    }

    public Int64DataFrameColumn(string name, IEnumerable<long> values)
        : base(name, values)
    {
    }

    public Int64DataFrameColumn(string name, long length = 0)
        : base(name, length)
    {
    }

    public static Int64DataFrameColumn operator +(Int64DataFrameColumn left, Int64DataFrameColumn right) => (Int64DataFrameColumn)left.Combined(right, BinaryOperation.Add);

    public static Int64DataFrameColumn operator +(Int64DataFrameColumn left, long right) => (Int64DataFrameColumn)left.CombinedWith(right, BinaryOperation.Add);

    public static Int64DataFrameColumn operator +(long left, Int64DataFrameColumn right) => (Int64DataFrameColumn)right.Reversed(left, BinaryOperation.Add);

    public static Int64DataFrameColumn operator -(Int64DataFrameColumn left, Int64DataFrameColumn right) => (Int64DataFrameColumn)left.Combined(right, BinaryOperation.Subtract);

    public static Int64DataFrameColumn operator -(Int64DataFrameColumn left, long right) => (Int64DataFrameColumn)left.CombinedWith(right, BinaryOperation.Subtract);

    public static Int64DataFrameColumn operator -(long left, Int64DataFrameColumn right) => (Int64DataFrameColumn)right.Reversed(left, BinaryOperation.Subtract);

    public static Int64DataFrameColumn operator *(Int64DataFrameColumn left, Int64DataFrameColumn right) => (Int64DataFrameColumn)left.Combined(right, BinaryOperation.Multiply);

    public static Int64DataFrameColumn operator *(Int64DataFrameColumn left, long right) => (Int64DataFrameColumn)left.CombinedWith(right, BinaryOperation.Multiply);

    public static Int64DataFrameColumn operator *(long left, Int64DataFrameColumn right) => (Int64DataFrameColumn)right.Reversed(left, BinaryOperation.Multiply);

    public static Int64DataFrameColumn operator /(Int64DataFrameColumn left, Int64DataFrameColumn right) => (Int64DataFrameColumn)left.Combined(right, BinaryOperation.Divide);

    public static Int64DataFrameColumn operator /(Int64DataFrameColumn left, long right) => (Int64DataFrameColumn)left.CombinedWith(right, BinaryOperation.Divide);

    public static Int64DataFrameColumn operator /(long left, Int64DataFrameColumn right) => (Int64DataFrameColumn)right.Reversed(left, BinaryOperation.Divide);

    public static Int64DataFrameColumn operator %(Int64DataFrameColumn left, Int64DataFrameColumn right) => (Int64DataFrameColumn)left.Combined(right, BinaryOperation.Modulo);

    public static Int64DataFrameColumn operator %(Int64DataFrameColumn left, long right) => (Int64DataFrameColumn)left.CombinedWith(right, BinaryOperation.Modulo);

    public static Int64DataFrameColumn operator %(long left, Int64DataFrameColumn right) => (Int64DataFrameColumn)right.Reversed(left, BinaryOperation.Modulo);

    public BooleanDataFrameColumn ElementwiseEquals(Int64DataFrameColumn column) => Compared(column, Comparison.Equal);

    public BooleanDataFrameColumn ElementwiseEquals(long value) => ComparedWith(value, Comparison.Equal);

    public BooleanDataFrameColumn ElementwiseNotEquals(Int64DataFrameColumn column) => Compared(column, Comparison.NotEqual);

    public BooleanDataFrameColumn ElementwiseNotEquals(long value) => ComparedWith(value, Comparison.NotEqual);

    public BooleanDataFrameColumn ElementwiseGreaterThan(Int64DataFrameColumn column) => Compared(column, Comparison.Greater);

    public BooleanDataFrameColumn ElementwiseGreaterThan(long value) => ComparedWith(value, Comparison.Greater);

    public BooleanDataFrameColumn ElementwiseGreaterThanOrEqual(Int64DataFrameColumn column) => Compared(column, Comparison.GreaterOrEqual);

    public BooleanDataFrameColumn ElementwiseGreaterThanOrEqual(long value) => ComparedWith(value, Comparison.GreaterOrEqual);

    public BooleanDataFrameColumn ElementwiseLessThan(Int64DataFrameColumn column) => Compared(column, Comparison.Less);

    public BooleanDataFrameColumn ElementwiseLessThan(long value) => ComparedWith(value, Comparison.Less);

    public BooleanDataFrameColumn ElementwiseLessThanOrEqual(Int64DataFrameColumn column) => Compared(column, Comparison.LessOrEqual);

    public BooleanDataFrameColumn ElementwiseLessThanOrEqual(long value) => ComparedWith(value, Comparison.LessOrEqual);

    protected override PrimitiveDataFrameColumn<long> CreateNewColumn(string name, long length = 0) => new Int64DataFrameColumn(name, length);
}
