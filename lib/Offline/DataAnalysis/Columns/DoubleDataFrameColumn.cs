namespace Microsoft.Data.Analysis;

/// <summary>A column of <see cref="double"/>.</summary>
public class DoubleDataFrameColumn : PrimitiveDataFrameColumn<double>
{
    public DoubleDataFrameColumn(string name, IEnumerable<double?> values)
        : base(name, values)
    {
    }

    public DoubleDataFrameColumn(string name, IEnumerable<double> values)
        : base(name, values)
    {
    }

    public DoubleDataFrameColumn(string name, long length = 0)
        : base(name, length)
    {
    }

    public static DoubleDataFrameColumn operator +(DoubleDataFrameColumn left, DoubleDataFrameColumn right) => (DoubleDataFrameColumn)left.Combined(right, BinaryOperation.Add);

    public static DoubleDataFrameColumn operator +(DoubleDataFrameColumn left, double right) => (DoubleDataFrameColumn)left.CombinedWith(right, BinaryOperation.Add);

    public static DoubleDataFrameColumn operator +(double left, DoubleDataFrameColumn right) => (DoubleDataFrameColumn)right.Reversed(left, BinaryOperation.Add);

    public static DoubleDataFrameColumn operator -(DoubleDataFrameColumn left, DoubleDataFrameColumn right) => (DoubleDataFrameColumn)left.Combined(right, BinaryOperation.Subtract);

    public static DoubleDataFrameColumn operator -(DoubleDataFrameColumn left, double right) => (DoubleDataFrameColumn)left.CombinedWith(right, BinaryOperation.Subtract);

    public static DoubleDataFrameColumn operator -(double left, DoubleDataFrameColumn right) => (DoubleDataFrameColumn)right.Reversed(left, BinaryOperation.Subtract);

    public static DoubleDataFrameColumn operator *(DoubleDataFrameColumn left, DoubleDataFrameColumn right) => (DoubleDataFrameColumn)left.Combined(right, BinaryOperation.Multiply);

    public static DoubleDataFrameColumn operator *(DoubleDataFrameColumn left, double right) => (DoubleDataFrameColumn)left.CombinedWith(right, BinaryOperation.Multiply);

    public static DoubleDataFrameColumn operator *(double left, DoubleDataFrameColumn right) => (DoubleDataFrameColumn)right.Reversed(left, BinaryOperation.Multiply);

    public static DoubleDataFrameColumn operator /(DoubleDataFrameColumn left, DoubleDataFrameColumn right) => (DoubleDataFrameColumn)left.Combined(right, BinaryOperation.Divide);

    public static DoubleDataFrameColumn operator /(DoubleDataFrameColumn left, double right) => (DoubleDataFrameColumn)left.CombinedWith(right, BinaryOperation.Divide);

    public static DoubleDataFrameColumn operator /(double left, DoubleDataFrameColumn right) => (DoubleDataFrameColumn)right.Reversed(left, BinaryOperation.Divide);

    public static DoubleDataFrameColumn operator %(DoubleDataFrameColumn left, DoubleDataFrameColumn right) => (DoubleDataFrameColumn)left.Combined(right, BinaryOperation.Modulo);

    public static DoubleDataFrameColumn operator %(DoubleDataFrameColumn left, double right) => (DoubleDataFrameColumn)left.CombinedWith(right, BinaryOperation.Modulo);

    public static DoubleDataFrameColumn operator %(double left, DoubleDataFrameColumn right) => (DoubleDataFrameColumn)right.Reversed(left, BinaryOperation.Modulo);

    public BooleanDataFrameColumn ElementwiseEquals(DoubleDataFrameColumn column) => Compared(column, Comparison.Equal);

    public BooleanDataFrameColumn ElementwiseEquals(double value) => ComparedWith(value, Comparison.Equal);

    public BooleanDataFrameColumn ElementwiseNotEquals(DoubleDataFrameColumn column) => Compared(column, Comparison.NotEqual);

    public BooleanDataFrameColumn ElementwiseNotEquals(double value) => ComparedWith(value, Comparison.NotEqual);

    public BooleanDataFrameColumn ElementwiseGreaterThan(DoubleDataFrameColumn column) => Compared(column, Comparison.Greater);

    public BooleanDataFrameColumn ElementwiseGreaterThan(double value) => ComparedWith(value, Comparison.Greater);

    public BooleanDataFrameColumn ElementwiseGreaterThanOrEqual(DoubleDataFrameColumn column) => Compared(column, Comparison.GreaterOrEqual);

    public BooleanDataFrameColumn ElementwiseGreaterThanOrEqual(double value) => ComparedWith(value, Comparison.GreaterOrEqual);

    public BooleanDataFrameColumn ElementwiseLessThan(DoubleDataFrameColumn column) => Compared(column, Comparison.Less);

    public BooleanDataFrameColumn ElementwiseLessThan(double value) => ComparedWith(value, Comparison.Less);

    public BooleanDataFrameColumn ElementwiseLessThanOrEqual(DoubleDataFrameColumn column) => Compared(column, Comparison.LessOrEqual);

    public BooleanDataFrameColumn ElementwiseLessThanOrEqual(double value) => ComparedWith(value, Comparison.LessOrEqual);

    protected override PrimitiveDataFrameColumn<double> CreateNewColumn(string name, long length = 0) => new DoubleDataFrameColumn(name, length);
}
