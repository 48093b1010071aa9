namespace Microsoft.Data.Analysis;

/// <summary>A column of <see cref="float"/>.</summary>
public class SingleDataFrameColumn : PrimitiveDataFrameColumn<float>
{
    public SingleDataFrameColumn(string name, IEnumerable<float?> values)
        : base(name, values)
    {
    }

    public SingleDataFrameColumn(string name, IEnumerable<float> values)
        : base(name, values)
    {
    }

    public SingleDataFrameColumn(string name, long length = 0)
        : base(name, length)
    {
    }

    public static SingleDataFrameColumn operator +(SingleDataFrameColumn left, SingleDataFrameColumn right) => (SingleDataFrameColumn)left.Combined(right, BinaryOperation.Add);

    public static SingleDataFrameColumn operator +(SingleDataFrameColumn left, float right) => (SingleDataFrameColumn)left.CombinedWith(right, BinaryOperation.Add);

    public static SingleDataFrameColumn operator +(float left, SingleDataFrameColumn right) => (SingleDataFrameColumn)right.Reversed(left, BinaryOperation.Add);

    public static SingleDataFrameColumn operator -(SingleDataFrameColumn left, SingleDataFrameColumn right) => (SingleDataFrameColumn)left.Combined(right, BinaryOperation.Subtract);

    public static SingleDataFrameColumn operator -(SingleDataFrameColumn left, float right) => (SingleDataFrameColumn)left.CombinedWith(right, BinaryOperation.Subtract);

    public static SingleDataFrameColumn operator -(float left, SingleDataFrameColumn right) => (SingleDataFrameColumn)right.Reversed(left, BinaryOperation.Subtract);

    public static SingleDataFrameColumn operator *(SingleDataFrameColumn left, SingleDataFrameColumn right) => (SingleDataFrameColumn)left.Combined(right, BinaryOperation.Multiply);

    public static SingleDataFrameColumn operator *(SingleDataFrameColumn left, float right) => (SingleDataFrameColumn)left.CombinedWith(right, BinaryOperation.Multiply);

    public static SingleDataFrameColumn operator *(float left, SingleDataFrameColumn right) => (SingleDataFrameColumn)right.Reversed(left, BinaryOperation.Multiply);

    public static SingleDataFrameColumn operator /(SingleDataFrameColumn left, SingleDataFrameColumn right) => (SingleDataFrameColumn)left.Combined(right, BinaryOperation.Divide);

    public static SingleDataFrameColumn operator /(SingleDataFrameColumn left, float right) => (SingleDataFrameColumn)left.CombinedWith(right, BinaryOperation.Divide);

    public static SingleDataFrameColumn operator /(float left, SingleDataFrameColumn right) => (SingleDataFrameColumn)right.Reversed(left, BinaryOperation.Divide);

    public static SingleDataFrameColumn operator %(SingleDataFrameColumn left, SingleDataFrameColumn right) => (SingleDataFrameColumn)left.Combined(right, BinaryOperation.Modulo);

    public static SingleDataFrameColumn operator %(SingleDataFrameColumn left, float right) => (SingleDataFrameColumn)left.CombinedWith(right, BinaryOperation.Modulo);

    public static SingleDataFrameColumn operator %(float left, SingleDataFrameColumn right) => (SingleDataFrameColumn)right.Reversed(left, BinaryOperation.Modulo);

    public BooleanDataFrameColumn ElementwiseEquals(SingleDataFrameColumn column) => Compared(column, Comparison.Equal);

    public BooleanDataFrameColumn ElementwiseEquals(float value) => ComparedWith(value, Comparison.Equal);

    public BooleanDataFrameColumn ElementwiseNotEquals(SingleDataFrameColumn column) => Compared(column, Comparison.NotEqual);

    public BooleanDataFrameColumn ElementwiseNotEquals(float value) => ComparedWith(value, Comparison.NotEqual);

    public BooleanDataFrameColumn ElementwiseGreaterThan(SingleDataFrameColumn column) => Compared(column, Comparison.Greater);

    public BooleanDataFrameColumn ElementwiseGreaterThan(float value) => ComparedWith(value, Comparison.Greater);

    public BooleanDataFrameColumn ElementwiseGreaterThanOrEqual(SingleDataFrameColumn column) => Compared(column, Comparison.GreaterOrEqual);

    public BooleanDataFrameColumn ElementwiseGreaterThanOrEqual(float value) => ComparedWith(value, Comparison.GreaterOrEqual);

    public BooleanDataFrameColumn ElementwiseLessThan(SingleDataFrameColumn column) => Compared(column, Comparison.Less);

    public BooleanDataFrameColumn ElementwiseLessThan(float value) => ComparedWith(value, Comparison.Less);

    public BooleanDataFrameColumn ElementwiseLessThanOrEqual(SingleDataFrameColumn column) => Compared(column, Comparison.LessOrEqual);

    public BooleanDataFrameColumn ElementwiseLessThanOrEqual(float value) => ComparedWith(value, Comparison.LessOrEqual);

    protected override PrimitiveDataFrameColumn<float> CreateNewColumn(string name, long length = 0) => new SingleDataFrameColumn(name, length);
}
