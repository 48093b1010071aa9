namespace Microsoft.Data.Analysis;

/// <summary>A column of <see cref="decimal"/>.</summary>
public class DecimalDataFrameColumn : PrimitiveDataFrameColumn<decimal>
{
    public DecimalDataFrameColumn(string name, IEnumerable<decimal?> values)
        : base(name, values)
    {
    }

    public DecimalDataFrameColumn(string name, IEnumerable<decimal> values)
        : base(name, values)
    {
    }

    public DecimalDataFrameColumn(string name, long length = 0)
        : base(name, length)
    {
    }

    public static DecimalDataFrameColumn operator +(DecimalDataFrameColumn left, DecimalDataFrameColumn right) => (DecimalDataFrameColumn)left.Combined(right, BinaryOperation.Add);

    public static DecimalDataFrameColumn operator +(DecimalDataFrameColumn left, decimal right) => (DecimalDataFrameColumn)left.CombinedWith(right, BinaryOperation.Add);

    public static DecimalDataFrameColumn operator +(decimal left, DecimalDataFrameColumn right) => (DecimalDataFrameColumn)right.Reversed(left, BinaryOperation.Add);

    public static DecimalDataFrameColumn operator -(DecimalDataFrameColumn left, DecimalDataFrameColumn right) => (DecimalDataFrameColumn)left.Combined(right, BinaryOperation.Subtract);

    public static DecimalDataFrameColumn operator -(DecimalDataFrameColumn left, decimal right) => (DecimalDataFrameColumn)left.CombinedWith(right, BinaryOperation.Subtract);

    public static DecimalDataFrameColumn operator -(decimal left, DecimalDataFrameColumn right) => (DecimalDataFrameColumn)right.Reversed(left, BinaryOperation.Subtract);

    public static DecimalDataFrameColumn operator *(DecimalDataFrameColumn left, DecimalDataFrameColumn right) => (DecimalDataFrameColumn)left.Combined(right, BinaryOperation.Multiply);

    public static DecimalDataFrameColumn operator *(DecimalDataFrameColumn left, decimal right) => (DecimalDataFrameColumn)left.CombinedWith(right, BinaryOperation.Multiply);

    public static DecimalDataFrameColumn operator *(decimal left, DecimalDataFrameColumn right) => (DecimalDataFrameColumn)right.Reversed(left, BinaryOperation.Multiply);

    public static DecimalDataFrameColumn operator /(DecimalDataFrameColumn left, DecimalDataFrameColumn right) => (DecimalDataFrameColumn)left.Combined(right, BinaryOperation.Divide);

    public static DecimalDataFrameColumn operator /(DecimalDataFrameColumn left, decimal right) => (DecimalDataFrameColumn)left.CombinedWith(right, BinaryOperation.Divide);

    public static DecimalDataFrameColumn operator /(decimal left, DecimalDataFrameColumn right) => (DecimalDataFrameColumn)right.Reversed(left, BinaryOperation.Divide);

    public static DecimalDataFrameColumn operator %(DecimalDataFrameColumn left, DecimalDataFrameColumn right) => (DecimalDataFrameColumn)left.Combined(right, BinaryOperation.Modulo);

    public static DecimalDataFrameColumn operator %(DecimalDataFrameColumn left, decimal right) => (DecimalDataFrameColumn)left.CombinedWith(right, BinaryOperation.Modulo);

    public static DecimalDataFrameColumn operator %(decimal left, DecimalDataFrameColumn right) => (DecimalDataFrameColumn)right.Reversed(left, BinaryOperation.Modulo);

    public BooleanDataFrameColumn ElementwiseEquals(DecimalDataFrameColumn column) => Compared(column, Comparison.Equal);

    public BooleanDataFrameColumn ElementwiseEquals(decimal value) => ComparedWith(value, Comparison.Equal);

    public BooleanDataFrameColumn ElementwiseNotEquals(DecimalDataFrameColumn column) => Compared(column, Comparison.NotEqual);

    public BooleanDataFrameColumn ElementwiseNotEquals(decimal value) => ComparedWith(value, Comparison.NotEqual);

    public BooleanDataFrameColumn ElementwiseGreaterThan(DecimalDataFrameColumn column) => Compared(column, Comparison.Greater);

    public BooleanDataFrameColumn ElementwiseGreaterThan(decimal value) => ComparedWith(value, Comparison.Greater);

    public BooleanDataFrameColumn ElementwiseGreaterThanOrEqual(DecimalDataFrameColumn column) => Compared(column, Comparison.GreaterOrEqual);

    public BooleanDataFrameColumn ElementwiseGreaterThanOrEqual(decimal value) => ComparedWith(value, Comparison.GreaterOrEqual);

    public BooleanDataFrameColumn ElementwiseLessThan(DecimalDataFrameColumn column) => Compared(column, Comparison.Less);

    public BooleanDataFrameColumn ElementwiseLessThan(decimal value) => ComparedWith(value, Comparison.Less);

    public BooleanDataFrameColumn ElementwiseLessThanOrEqual(DecimalDataFrameColumn column) => Compared(column, Comparison.LessOrEqual);

    public BooleanDataFrameColumn ElementwiseLessThanOrEqual(decimal value) => ComparedWith(value, Comparison.LessOrEqual);

    protected override PrimitiveDataFrameColumn<decimal> CreateNewColumn(string name, long length = 0) => new DecimalDataFrameColumn(name, length);
}
