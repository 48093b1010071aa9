using System.Globalization;

namespace Microsoft.Data.Analysis;

/// <summary>Turns the fields of a column into values.</summary>
internal static class CsvColumn
{
    /// <summary>
    /// The type of the fields: texts, if one is neither a truth value nor a number nor a date; else single-precision numbers, if one is a number; else truth values, if one is; else dates.
    /// Empty fields say nothing.
    /// </summary>
    public static Type GuessType(IEnumerable<string> fields, CultureInfo culture)
    {
        var types = fields.Where(field => !IsMissing(field)).Select(field => GuessType(field, culture)).ToHashSet();
        return types.Count == 0 ? typeof(string)
            : new[] { typeof(string), typeof(float), typeof(bool), typeof(DateTime) }.First(types.Contains);
    }

    /// <summary>A text as it stands in a file, with all the digits of a number.</summary>
    public static string Text(object? value, CultureInfo culture) => value switch
    {
        float number => number.ToString("G9", culture),
        double number => number.ToString("G17", culture),
        _ => Convert.ToString(value, culture) ?? "",
    };

    public static DataFrameColumn Parse(string name, Type type, IReadOnlyList<string?> fields, CultureInfo culture)
    {
        var column = Empty(name, type);
        foreach (var field in fields)
        {
            column.AppendObject(field is null || (IsMissing(field) && !(field.Length == 0 && type == typeof(string))) ? null : field, culture);
        }

        return column;
    }

    public static DataFrameColumn Empty(string name, Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.String => new StringDataFrameColumn(name),
        TypeCode.Boolean => new BooleanDataFrameColumn(name),
        TypeCode.Char => new CharDataFrameColumn(name),
        TypeCode.SByte => new SByteDataFrameColumn(name),
        TypeCode.Byte => new ByteDataFrameColumn(name),
        TypeCode.Int16 => new Int16DataFrameColumn(name),
        TypeCode.UInt16 => new UInt16DataFrameColumn(name),
        TypeCode.Int32 => new Int32DataFrameColumn(name),
        TypeCode.UInt32 => new UInt32DataFrameColumn(name),
        TypeCode.Int64 => new Int64DataFrameColumn(name),
        TypeCode.UInt64 => new UInt64DataFrameColumn(name),
        TypeCode.Single => new SingleDataFrameColumn(name),
        TypeCode.Double => new DoubleDataFrameColumn(name),
        TypeCode.Decimal => new DecimalDataFrameColumn(name),
        TypeCode.DateTime => new DateTimeDataFrameColumn(name),
        _ => throw new NotSupportedException($"There is no column of {type}."),
    };

    private static Type GuessType(string field, CultureInfo culture) => bool.TryParse(field, out _) ? typeof(bool)
        : float.TryParse(field, NumberStyles.Float | NumberStyles.AllowThousands, culture, out _) ? typeof(float)
        : DateTime.TryParse(field, culture, DateTimeStyles.None, out _) ? typeof(DateTime)
        : typeof(string);

    private static bool IsMissing(string field) => field.Length == 0 || string.Equals(field, "null", StringComparison.OrdinalIgnoreCase);
}
