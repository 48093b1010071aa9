namespace Microsoft.Data.Analysis;

/// <summary>Arithmetic and comparisons, row by row.</summary>
public abstract partial class DataFrameColumn
{
    public virtual DataFrameColumn Add(DataFrameColumn column, bool inPlace = false) => Combined(column, BinaryOperation.Add, inPlace);

    public virtual DataFrameColumn Add<T>(T value, bool inPlace = false) => CombinedWith(value, BinaryOperation.Add, inPlace);

    public virtual DataFrameColumn Subtract(DataFrameColumn column, bool inPlace = false) => Combined(column, BinaryOperation.Subtract, inPlace);

    public virtual DataFrameColumn Subtract<T>(T value, bool inPlace = false) => CombinedWith(value, BinaryOperation.Subtract, inPlace);

    public virtual DataFrameColumn Multiply(DataFrameColumn column, bool inPlace = false) => Combined(column, BinaryOperation.Multiply, inPlace);

    public virtual DataFrameColumn Multiply<T>(T value, bool inPlace = false) => CombinedWith(value, BinaryOperation.Multiply, inPlace);

    public virtual DataFrameColumn Divide(DataFrameColumn column, bool inPlace = false) => Combined(column, BinaryOperation.Divide, inPlace);

    public virtual DataFrameColumn Divide<T>(T value, bool inPlace = false) => CombinedWith(value, BinaryOperation.Divide, inPlace);

    public virtual DataFrameColumn Modulo(DataFrameColumn column, bool inPlace = false) => Combined(column, BinaryOperation.Modulo, inPlace);

    public virtual DataFrameColumn Modulo<T>(T value, bool inPlace = false) => CombinedWith(value, BinaryOperation.Modulo, inPlace);

    public virtual DataFrameColumn ReverseAdd<T>(T value, bool inPlace = false) => Reversed(value, BinaryOperation.Add, inPlace);

    public virtual DataFrameColumn ReverseSubtract<T>(T value, bool inPlace = false) => Reversed(value, BinaryOperation.Subtract, inPlace);

    public virtual DataFrameColumn ReverseMultiply<T>(T value, bool inPlace = false) => Reversed(value, BinaryOperation.Multiply, inPlace);

    public virtual DataFrameColumn ReverseDivide<T>(T value, bool inPlace = false) => Reversed(value, BinaryOperation.Divide, inPlace);

    public virtual DataFrameColumn ReverseModulo<T>(T value, bool inPlace = false) => Reversed(value, BinaryOperation.Modulo, inPlace);

    public virtual PrimitiveDataFrameColumn<bool> ElementwiseEquals(DataFrameColumn column) => Compared(column, Comparison.Equal);

    public virtual PrimitiveDataFrameColumn<bool> ElementwiseEquals<T>(T value) => ComparedWith(value, Comparison.Equal);

    public virtual PrimitiveDataFrameColumn<bool> ElementwiseNotEquals(DataFrameColumn column) => Compared(column, Comparison.NotEqual);

    public virtual PrimitiveDataFrameColumn<bool> ElementwiseNotEquals<T>(T value) => ComparedWith(value, Comparison.NotEqual);

    public virtual PrimitiveDataFrameColumn<bool> ElementwiseGreaterThan(DataFrameColumn column) => Compared(column, Comparison.Greater);

    public virtual PrimitiveDataFrameColumn<bool> ElementwiseGreaterThan<T>(T value) => ComparedWith(value, Comparison.Greater);

    public virtual PrimitiveDataFrameColumn<bool> ElementwiseGreaterThanOrEqual(DataFrameColumn column) => Compared(column, Comparison.GreaterOrEqual);

    public virtual PrimitiveDataFrameColumn<bool> ElementwiseGreaterThanOrEqual<T>(T value) => ComparedWith(value, Comparison.GreaterOrEqual);

    public virtual PrimitiveDataFrameColumn<bool> ElementwiseLessThan(DataFrameColumn column) => Compared(column, Comparison.Less);

    public virtual PrimitiveDataFrameColumn<bool> ElementwiseLessThan<T>(T value) => ComparedWith(value, Comparison.Less);

    public virtual PrimitiveDataFrameColumn<bool> ElementwiseLessThanOrEqual(DataFrameColumn column) => Compared(column, Comparison.LessOrEqual);

    public virtual PrimitiveDataFrameColumn<bool> ElementwiseLessThanOrEqual<T>(T value) => ComparedWith(value, Comparison.LessOrEqual);

    public virtual DataFrameColumn And(DataFrameColumn column, bool inPlace = false) => throw Unsupported();

    public virtual PrimitiveDataFrameColumn<bool> And(bool value, bool inPlace = false) => throw Unsupported();

    public virtual DataFrameColumn Or(DataFrameColumn column, bool inPlace = false) => throw Unsupported();

    public virtual PrimitiveDataFrameColumn<bool> Or(bool value, bool inPlace = false) => throw Unsupported();

    public virtual DataFrameColumn Xor(DataFrameColumn column, bool inPlace = false) => throw Unsupported();

    public virtual PrimitiveDataFrameColumn<bool> Xor(bool value, bool inPlace = false) => throw Unsupported();

    internal BooleanDataFrameColumn ComparedWith<T>(T value, Comparison comparison) => value is DataFrameColumn column
        ? Compared(column, comparison)
        : Flags(Rows().Select(row => Arithmetic.Compare(GetValue(row), value, comparison)));

    internal BooleanDataFrameColumn Compared(DataFrameColumn column, Comparison comparison)
    {
        Arithmetic.SameLength(this, column);
        return Flags(Rows().Select(row => Arithmetic.Compare(GetValue(row), column.GetValue(row), comparison)));
    }

    internal DataFrameColumn Combined(DataFrameColumn column, BinaryOperation operation, bool inPlace = false)
    {
        Arithmetic.SameLength(this, column);
        return Kept(Arithmetic.Combine(Name, Length, DataType, GetValue, column.DataType, column.GetValue, operation), inPlace);
    }

    /// <summary>With one value, or with a column whose own type made the compiler choose the form for values.</summary>
    internal DataFrameColumn CombinedWith<T>(T value, BinaryOperation operation, bool inPlace = false) => value is DataFrameColumn column
        ? Combined(column, operation, inPlace)
        : Kept(Arithmetic.Combine(Name, Length, DataType, GetValue, typeof(T), _ => value, operation), inPlace);

    internal DataFrameColumn Reversed<T>(T value, BinaryOperation operation, bool inPlace = false) =>
        Kept(Arithmetic.Combine(Name, Length, typeof(T), _ => value, DataType, GetValue, operation), inPlace);

    private DataFrameColumn Kept(DataFrameColumn result, bool inPlace)
    {
        if (!inPlace)
        {
            return result;
        }

        if (result.DataType != DataType)
        {
            throw new ArgumentException($"The result has type {result.DataType} and cannot replace the values of the column '{Name}' of {DataType}.", nameof(inPlace));
        }

        foreach (var row in Rows())
        {
            SetValue(row, result[row]);
        }

        return this;
    }
}
