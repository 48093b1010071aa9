using System.Globalization;

namespace Microsoft.Data.Analysis;

/// <summary>Turns the fields of a column into values.</summary>
internal static class CsvColumn
{
    /// <summary>Truth values, else single-precision numbers, else dates, else texts; empty fields say nothing.</summary>
    public static Type GuessType(IEnumerable<string> fields, CultureInfo culture)
    {
        var values = fields.Where(field => !IsMissing(field)).ToList();
        return values.Count == 0 ? typeof(string)
            : values.TrueForAll(value => bool.TryParse(value, out _)) ? typeof(bool)
            : values.TrueForAll(value => float.TryParse(value, NumberStyles.Float | NumberStyles.AllowThousands, culture, out _)) ? typeof(float)
            : values.TrueForAll(value => DateTime.TryParse(value, culture, DateTimeStyles.None, out _)) ? typeof(DateTime)
            : typeof(string);
    }

    public static DataFrameColumn Parse(string name, Type type, IReadOnlyList<string> fields, CultureInfo culture)
    {
        var column = Empty(name, type);
        foreach (var field in fields)
        {
            column.AppendObject(type != typeof(string) && IsMissing(field) ? null : field, culture);
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

    private static bool IsMissing(string field) => field.Length == 0 || string.Equals(field, "null", StringComparison.OrdinalIgnoreCase);
}
