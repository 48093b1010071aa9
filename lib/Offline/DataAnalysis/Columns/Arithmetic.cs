using System.Numerics;

namespace Microsoft.Data.Analysis;

internal enum BinaryOperation
{
    Add,
    Subtract,
    Multiply,
    Divide,
    Modulo,
}

internal enum Comparison
{
    Equal,
    NotEqual,
    Greater,
    GreaterOrEqual,
    Less,
    LessOrEqual,
}

/// <summary>Numbers of different types, brought to a common one: the wider, as in C#, so at least 32 bits; decimal wins over all; unsigned 64 bits with signed give single precision.</summary>
internal static class Arithmetic
{
    private static readonly Type[] Widening = [typeof(int), typeof(uint), typeof(long), typeof(ulong), typeof(float), typeof(double), typeof(decimal)];

    public static bool IsNumeric(Type type) => Type.GetTypeCode(type) is >= TypeCode.SByte and <= TypeCode.Decimal;

    public static Type Common(Type left, Type right)
    {
        var (a, b) = (Rank(left), Rank(right));
        var wider = Widening[Math.Max(a, b)];
        var other = a > b ? right : a < b ? left : wider;
        var signed = Type.GetTypeCode(other) is TypeCode.SByte or TypeCode.Int16 or TypeCode.Int32 or TypeCode.Int64;
        return wider == typeof(uint) && signed ? typeof(long)
            : wider == typeof(ulong) && signed ? typeof(float)
            : wider;
    }

    public static void SameLength(DataFrameColumn left, DataFrameColumn right)
    {
        ArgumentNullException.ThrowIfNull(right);
        if (left.Length != right.Length)
        {
            throw new ArgumentException($"The columns '{left.Name}' and '{right.Name}' have {left.Length} and {right.Length} rows; they must have the same number.", nameof(right));
        }
    }

    /// <summary>Combines row by row, or with one value for all rows; a missing value gives a missing one.</summary>
    public static DataFrameColumn Combine(string name, long length, Type left, Func<long, object?> leftAt, Type right, Func<long, object?> rightAt, BinaryOperation operation)
    {
        if (!IsNumeric(left) || !IsNumeric(right))
        {
            throw new NotSupportedException($"{operation} is not defined between {left} and {right} (column '{name}').");
        }

        return Type.GetTypeCode(Common(left, right)) switch
        {
            TypeCode.Int32 => new Int32DataFrameColumn(name, Combine<int>(length, leftAt, rightAt, operation)),
            TypeCode.UInt32 => new UInt32DataFrameColumn(name, Combine<uint>(length, leftAt, rightAt, operation)),
            TypeCode.Int64 => new Int64DataFrameColumn(name, Combine<long>(length, leftAt, rightAt, operation)),
            TypeCode.UInt64 => new UInt64DataFrameColumn(name, Combine<ulong>(length, leftAt, rightAt, operation)),
            TypeCode.Single => new SingleDataFrameColumn(name, Combine<float>(length, leftAt, rightAt, operation)),
            TypeCode.Double => new DoubleDataFrameColumn(name, Combine<double>(length, leftAt, rightAt, operation)),
            _ => new DecimalDataFrameColumn(name, Combine<decimal>(length, leftAt, rightAt, operation)),
        };
    }

    /// <summary>Compares two values of any types; a missing value differs from all others and is neither more nor less.</summary>
    public static bool Compare(object? left, object? right, Comparison comparison)
    {
        if (left is null || right is null)
        {
            return comparison switch
            {
                Comparison.Equal => left is null && right is null,
                Comparison.NotEqual => left is not null || right is not null,
                _ => false,
            };
        }

        var (numericLeft, numericRight) = (IsNumeric(left.GetType()), IsNumeric(right.GetType()));
        if (numericLeft != numericRight || (!numericLeft && left.GetType() != right.GetType()))
        {
            throw new NotSupportedException($"{left.GetType()} and {right.GetType()} cannot be compared.");
        }

        if ((left is double or float || right is double or float) && left is not decimal && right is not decimal)
        {
            var (a, b) = (Number<double>(left), Number<double>(right));
            return comparison switch
            {
                Comparison.Equal => a == b,
                Comparison.NotEqual => a != b,
                Comparison.Greater => a > b,
                Comparison.GreaterOrEqual => a >= b,
                Comparison.Less => a < b,
                _ => a <= b,
            };
        }

        var order = numericLeft ? Number<decimal>(left).CompareTo(Number<decimal>(right)) : Comparer<object>.Default.Compare(left, right);
        return comparison switch
        {
            Comparison.Equal => order == 0,
            Comparison.NotEqual => order != 0,
            Comparison.Greater => order > 0,
            Comparison.GreaterOrEqual => order >= 0,
            Comparison.Less => order < 0,
            _ => order <= 0,
        };
    }

    public static TNumber Number<TNumber>(object value)
        where TNumber : INumber<TNumber> => value switch
        {
            TNumber own => own,
            sbyte number => TNumber.CreateTruncating(number),
            byte number => TNumber.CreateTruncating(number),
            short number => TNumber.CreateTruncating(number),
            ushort number => TNumber.CreateTruncating(number),
            int number => TNumber.CreateTruncating(number),
            uint number => TNumber.CreateTruncating(number),
            long number => TNumber.CreateTruncating(number),
            ulong number => TNumber.CreateTruncating(number),
            float number => TNumber.CreateTruncating(number),
            double number => TNumber.CreateTruncating(number),
            decimal number => TNumber.CreateTruncating(number),
            _ => throw new NotSupportedException($"{value.GetType()} is no number."),
        };

    private static int Rank(Type type) => Math.Max(0, Array.IndexOf(Widening, type));

    private static List<TNumber?> Combine<TNumber>(long length, Func<long, object?> left, Func<long, object?> right, BinaryOperation operation)
        where TNumber : struct, INumber<TNumber>
    {
        var result = new List<TNumber?>((int)length);
        for (long row = 0; row < length; row++)
        {
            result.Add(left(row) is { } a && right(row) is { } b ? Apply(Number<TNumber>(a), Number<TNumber>(b), operation) : null);
        }

        return result;
    }

    private static TNumber Apply<TNumber>(TNumber left, TNumber right, BinaryOperation operation)
        where TNumber : INumber<TNumber> => operation switch
        {
            BinaryOperation.Add => left + right,
            BinaryOperation.Subtract => left - right,
            BinaryOperation.Multiply => left * right,
            BinaryOperation.Divide => left / right,
            _ => left % right,
        };
}
