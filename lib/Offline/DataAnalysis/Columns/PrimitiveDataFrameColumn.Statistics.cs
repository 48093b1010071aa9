using System.Numerics;

namespace Microsoft.Data.Analysis;

/// <summary>Sums, extremes and the like: of the values that are there.</summary>
public partial class PrimitiveDataFrameColumn<T>
{
    public override object? Sum() => Sum(Rows());

    public override object? Sum(IEnumerable<long> rowIndices) => Fold(rowIndices, default(T), BinaryOperation.Add);

    public override object? Product() => Product(Rows());

    public override object? Product(IEnumerable<long> rowIndices) => Fold(rowIndices, Convert(1, System.Globalization.CultureInfo.InvariantCulture)!, BinaryOperation.Multiply);

    public override object? Max() => Max(Rows());

    public override object? Max(IEnumerable<long> rowIndices) => Present(rowIndices).Select(value => (T?)value).Max();

    public override object? Min() => Min(Rows());

    public override object? Min(IEnumerable<long> rowIndices) => Present(rowIndices).Select(value => (T?)value).Min();

    public override double Mean()
    {
        RequireNumbers();
        return Length == 0 ? 0 : Arithmetic.Number<double>(Sum()!) / (Length - NullCount);
    }

    public override double Median()
    {
        RequireNumbers();
        var sorted = Present(Rows()).Select(value => Arithmetic.Number<double>(value)).Order().ToList();
        return sorted.Count == 0 ? 0 : (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }

    public override bool All() => typeof(T) == typeof(bool) ? this.All(value => value is not T flag || (bool)(object)flag) : throw Unsupported();

    public override bool Any() => typeof(T) == typeof(bool) ? this.Any(value => value is T flag && (bool)(object)flag) : throw Unsupported();

    public override DataFrameColumn Abs(bool inPlace = false) => Apply(Unary((number, _) => Absolute(number)), inPlace);

    public override DataFrameColumn Round(bool inPlace = false) => Apply(Unary((number, _) => Rounded(number)), inPlace);

    public override DataFrameColumn CumulativeSum(bool inPlace = false) => Cumulate((total, value) => (T)FoldTwo(total, value, BinaryOperation.Add), inPlace);

    public override DataFrameColumn CumulativeProduct(bool inPlace = false) => Cumulate((total, value) => (T)FoldTwo(total, value, BinaryOperation.Multiply), inPlace);

    public override DataFrameColumn CumulativeMax(bool inPlace = false) => Cumulate((total, value) => Comparer<T>.Default.Compare(value, total) > 0 ? value : total, inPlace);

    public override DataFrameColumn CumulativeMin(bool inPlace = false) => Cumulate((total, value) => Comparer<T>.Default.Compare(value, total) < 0 ? value : total, inPlace);

    /// <summary>The number of values, the largest, the smallest and the sum divided by the number of rows, missing values included.</summary>
    public override DataFrameColumn Description()
    {
        RequireNumbers();
        float? Single(object? value) => value is null ? null : Arithmetic.Number<float>(value);
        float? mean = Length == 0 ? null : (float)(Arithmetic.Number<double>(Sum()!) / Length);
        return new PrimitiveDataFrameColumn<float>(Name, [Length - NullCount, Single(Max()), Single(Min()), mean]);
    }

    private static object Absolute(object number) => number switch
    {
        sbyte value => Math.Abs(value),
        short value => Math.Abs(value),
        int value => Math.Abs(value),
        long value => Math.Abs(value),
        float value => Math.Abs(value),
        double value => Math.Abs(value),
        decimal value => Math.Abs(value),
        _ => number,
    };

    private static object Rounded(object number) => number switch
    {
        float value => MathF.Round(value),
        double value => Math.Round(value),
        decimal value => Math.Round(value),
        _ => number,
    };

    private static object FoldTwo(object total, object value, BinaryOperation operation) => total switch
    {
        sbyte a => Combine(a, (sbyte)value, operation),
        byte a => Combine(a, (byte)value, operation),
        short a => Combine(a, (short)value, operation),
        ushort a => Combine(a, (ushort)value, operation),
        int a => Combine(a, (int)value, operation),
        uint a => Combine(a, (uint)value, operation),
        long a => Combine(a, (long)value, operation),
        ulong a => Combine(a, (ulong)value, operation),
        float a => Combine(a, (float)value, operation),
        double a => Combine(a, (double)value, operation),
        decimal a => Combine(a, (decimal)value, operation),
        _ => throw new NotSupportedException($"{operation} is not defined for {typeof(T)}."),
    };

    private static object Combine<TNumber>(TNumber total, TNumber value, BinaryOperation operation)
        where TNumber : INumber<TNumber> => operation == BinaryOperation.Add ? unchecked(total + value) : unchecked(total * value);

    private Func<T, T> Unary(Func<object, object?, object> operation)
    {
        RequireNumbers();
        return value => (T)operation(value, null);
    }

    private object Fold(IEnumerable<long> rows, object start, BinaryOperation operation)
    {
        RequireNumbers();
        return Present(rows).Aggregate(start, (total, value) => FoldTwo(total, value, operation));
    }

    private PrimitiveDataFrameColumn<T> Cumulate(Func<T, T, T> step, bool inPlace)
    {
        RequireNumbers();
        T? total = null;
        return Apply(value => (total = total is { } before ? step(before, value) : value).Value, inPlace);
    }

    private IEnumerable<T> Present(IEnumerable<long> rows) => rows.Select(row => this[row]).Where(value => value is not null).Select(value => value!.Value);

    private void RequireNumbers()
    {
        if (!IsNumericColumn())
        {
            throw new NotSupportedException($"The column '{Name}' of {typeof(T)} has no numbers.");
        }
    }
}
