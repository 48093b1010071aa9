namespace Microsoft.Data.Analysis;

/// <summary>A column of <see cref="int"/>.</summary>
public class Int32DataFrameColumn : PrimitiveDataFrameColumn<int>
{
    public Int32DataFrameColumn(string name, IEnumerable<int?> values)
        : base(name, values)
    {
    }

    public Int32DataFrameColumn(string name, IEnumerable<int> values)
        : base(name, values)
    {
    }

    public Int32DataFrameColumn(string name, long length = 0)
        : base(name, length)
    {
    }

    public static Int32DataFrameColumn operator +(Int32DataFrameColumn left, Int32DataFrameColumn right) => (Int32DataFrameColumn)left.Combined(right, BinaryOperation.Add);

    public static Int32DataFrameColumn operator +(Int32DataFrameColumn left, int right) => (Int32DataFrameColumn)left.CombinedWith(right, BinaryOperation.Add);

    public static Int32DataFrameColumn operator +(int left, Int32DataFrameColumn right) => (Int32DataFrameColumn)right.Reversed(left, BinaryOperation.Add);

    public static Int32DataFrameColumn operator -(Int32DataFrameColumn left, Int32DataFrameColumn right) => (Int32DataFrameColumn)left.Combined(right, BinaryOperation.Subtract);

    public static Int32DataFrameColumn operator -(Int32DataFrameColumn left, int right) => (Int32DataFrameColumn)left.CombinedWith(right, BinaryOperation.Subtract);

    public static Int32DataFrameColumn operator -(int left, Int32DataFrameColumn right) => (Int32DataFrameColumn)right.Reversed(left, BinaryOperation.Subtract);

    public static Int32DataFrameColumn operator *(Int32DataFrameColumn left, Int32DataFrameColumn right) => (Int32DataFrameColumn)left.Combined(right, BinaryOperation.Multiply);

    public static Int32DataFrameColumn operator *(Int32DataFrameColumn left, int right) => (Int32DataFrameColumn)left.CombinedWith(right, BinaryOperation.Multiply);

    public static Int32DataFrameColumn operator *(int left, Int32DataFrameColumn right) => (Int32DataFrameColumn)right.Reversed(left, BinaryOperation.Multiply);

    public static Int32DataFrameColumn operator /(Int32DataFrameColumn left, Int32DataFrameColumn right) => (Int32DataFrameColumn)left.Combined(right, BinaryOperation.Divide);

    public static Int32DataFrameColumn operator /(Int32DataFrameColumn left, int right) => (Int32DataFrameColumn)left.CombinedWith(right, BinaryOperation.Divide);

    public static Int32DataFrameColumn operator /(int left, Int32DataFrameColumn right) => (Int32DataFrameColumn)right.Reversed(left, BinaryOperation.Divide);

    public static Int32DataFrameColumn operator %(Int32DataFrameColumn left, Int32DataFrameColumn right) => (Int32DataFrameColumn)left.Combined(right, BinaryOperation.Modulo);

    public static Int32DataFrameColumn operator %(Int32DataFrameColumn left, int right) => (Int32DataFrameColumn)left.CombinedWith(right, BinaryOperation.Modulo);

    public static Int32DataFrameColumn operator %(int left, Int32DataFrameColumn right) => (Int32DataFrameColumn)right.Reversed(left, BinaryOperation.Modulo);

    public BooleanDataFrameColumn ElementwiseEquals(Int32DataFrameColumn column) => Compared(column, Comparison.Equal);

    public BooleanDataFrameColumn ElementwiseEquals(int value) => ComparedWith(value, Comparison.Equal);

    public BooleanDataFrameColumn ElementwiseNotEquals(Int32DataFrameColumn column) => Compared(column, Comparison.NotEqual);

    public BooleanDataFrameColumn ElementwiseNotEquals(int value) => ComparedWith(value, Comparison.NotEqual);

    public BooleanDataFrameColumn ElementwiseGreaterThan(Int32DataFrameColumn column) => Compared(column, Comparison.Greater);

    public BooleanDataFrameColumn ElementwiseGreaterThan(int value) => ComparedWith(value, Comparison.Greater);

    public BooleanDataFrameColumn ElementwiseGreaterThanOrEqual(Int32DataFrameColumn column) => Compared(column, Comparison.GreaterOrEqual);

    public BooleanDataFrameColumn ElementwiseGreaterThanOrEqual(int value) => ComparedWith(value, Comparison.GreaterOrEqual);

    public BooleanDataFrameColumn ElementwiseLessThan(Int32DataFrameColumn column) => Compared(column, Comparison.Less);

    public BooleanDataFrameColumn ElementwiseLessThan(int value) => ComparedWith(value, Comparison.Less);

    public BooleanDataFrameColumn ElementwiseLessThanOrEqual(Int32DataFrameColumn column) => Compared(column, Comparison.LessOrEqual);

    public BooleanDataFrameColumn ElementwiseLessThanOrEqual(int value) => ComparedWith(value, Comparison.LessOrEqual);

    protected override PrimitiveDataFrameColumn<int> CreateNewColumn(string name, long length = 0) => new Int32DataFrameColumn(name, length);
}
