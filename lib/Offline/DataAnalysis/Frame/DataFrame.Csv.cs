using System.Globalization;
using System.Text;

namespace Microsoft.Data.Analysis;

/// <summary>Comma-separated text.</summary>
public partial class DataFrame
{
    /// <summary>Reads a file. Without <paramref name="dataTypes"/> the types are guessed from the first rows: truth values, single-precision numbers, dates and texts only.</summary>
    public static DataFrame LoadCsv(
        string filename,
        char separator = ',',
        bool header = true,
        string[]? columnNames = null,
        Type[]? dataTypes = null,
        int numRows = -1,
        int guessRows = 10,
        bool addIndexColumn = false,
        Encoding? encoding = null,
        bool renameDuplicatedColumns = false,
        CultureInfo? cultureInfo = null)
    {
        using var file = File.OpenRead(filename);
        return LoadCsv(file, separator, header, columnNames, dataTypes, numRows, guessRows, addIndexColumn, encoding, renameDuplicatedColumns, cultureInfo);
    }

    public static DataFrame LoadCsv(
        Stream csvStream,
        char separator = ',',
        bool header = true,
        string[]? columnNames = null,
        Type[]? dataTypes = null,
        long numberOfRowsToRead = -1,
        int guessRows = 10,
        bool addIndexColumn = false,
        Encoding? encoding = null,
        bool renameDuplicatedColumns = false,
        CultureInfo? cultureInfo = null,
        Func<IEnumerable<string>, Type>? guessTypeFunction = null)
    {
        ArgumentNullException.ThrowIfNull(csvStream);
        if (!csvStream.CanSeek)
        {
            throw new ArgumentException("The stream must be seekable.", nameof(csvStream));
        }

        using var reader = new StreamReader(csvStream, encoding ?? Encoding.UTF8, detectEncodingFromByteOrderMarks: true, bufferSize: -1, leaveOpen: true);
        return ReadCsv(reader, separator, header, columnNames, dataTypes, numberOfRowsToRead, guessRows, addIndexColumn, renameDuplicatedColumns, cultureInfo, guessTypeFunction);
    }

    public static DataFrame LoadCsvFromString(
        string csvString,
        char separator = ',',
        bool header = true,
        string[]? columnNames = null,
        Type[]? dataTypes = null,
        long numberOfRowsToRead = -1,
        int guessRows = 10,
        bool addIndexColumn = false,
        bool renameDuplicatedColumns = false,
        CultureInfo? cultureInfo = null,
        Func<IEnumerable<string>, Type>? guessTypeFunction = null)
    {
        ArgumentNullException.ThrowIfNull(csvString);
        using var reader = new StringReader(csvString);
        return ReadCsv(reader, separator, header, columnNames, dataTypes, numberOfRowsToRead, guessRows, addIndexColumn, renameDuplicatedColumns, cultureInfo, guessTypeFunction);
    }

    public static void SaveCsv(DataFrame dataFrame, string path, char separator = ',', bool header = true, Encoding? encoding = null, CultureInfo? cultureInfo = null)
    {
        using var file = File.Create(path);
        SaveCsv(dataFrame, file, separator, header, encoding, cultureInfo);
    }

    public static void SaveCsv(DataFrame dataFrame, Stream csvStream, char separator = ',', bool header = true, Encoding? encoding = null, CultureInfo? cultureInfo = null)
    {
        ArgumentNullException.ThrowIfNull(dataFrame);
        ArgumentNullException.ThrowIfNull(csvStream);
        var culture = cultureInfo ?? CultureInfo.InvariantCulture;
        if (string.Equals(culture.NumberFormat.NumberDecimalSeparator, separator.ToString(), StringComparison.Ordinal))
        {
            throw new ArgumentException($"The separator '{separator}' is also the decimal separator of the culture {culture.Name}.", nameof(separator));
        }

        using var writer = new StreamWriter(csvStream, encoding ?? new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
        if (header)
        {
            writer.WriteLine(string.Join(separator, dataFrame.Columns.Select(column => CsvText.Field(column.Name, separator))));
        }

        foreach (var row in dataFrame.Rows)
        {
            writer.WriteLine(string.Join(separator, row.Select(value => CsvText.Field(CsvColumn.Text(value, culture), separator))));
        }
    }

    private static DataFrame ReadCsv(
        TextReader reader,
        char separator,
        bool header,
        string[]? columnNames,
        Type[]? dataTypes,
        long rowsToRead,
        int guessRows,
        bool addIndexColumn,
        bool renameDuplicates,
        CultureInfo? cultureInfo,
        Func<IEnumerable<string>, Type>? guess)
    {
        if (dataTypes is null && guessRows <= 0)
        {
            throw new ArgumentException("Without types some rows are needed to guess them from.", nameof(guessRows));
        }

        var culture = cultureInfo ?? CultureInfo.InvariantCulture;
        var lines = CsvText.Read(reader, separator).Take(rowsToRead < 0 ? int.MaxValue : (int)Math.Min(int.MaxValue, rowsToRead + (header ? 1 : 0))).ToList();
        if (lines.Count == 0)
        {
            throw new FormatException("Empty file");
        }

        var names = columnNames ?? (header ? [.. lines[0]] : [.. lines[0].Select((_, i) => string.Create(CultureInfo.InvariantCulture, $"Column{i}"))]);
        var rows = lines.Skip(header ? 1 : 0).ToList();
        if (dataTypes is not null && dataTypes.Length != names.Length)
        {
            throw new ArgumentException($"There are {dataTypes.Length} types for {names.Length} columns.", nameof(dataTypes));
        }

        if (rows.FindIndex(row => row.Count > names.Length) is >= 0 and var tooLong)
        {
            throw new ArgumentException($"Row {tooLong + 1} has {rows[tooLong].Count} fields; {names.Length} were expected.");
        }

        var frame = new DataFrame();
        if (addIndexColumn)
        {
            frame.Columns.Add(new PrimitiveDataFrameColumn<int>("IndexColumn", Enumerable.Range(0, rows.Count)));
        }

        for (var i = 0; i < names.Length; i++)
        {
            var fields = rows.Select((row, number) => i < row.Count ? row[i]
                : dataTypes is not null || number >= guessRows ? null
                : throw new FormatException($"Row {number + 1} has {row.Count} fields; {names.Length} were expected.")).ToList();
            var type = dataTypes?[i] ?? (guess ?? (values => CsvColumn.GuessType(values, culture)))(fields.Take(guessRows).Select(field => field ?? ""));
            var name = renameDuplicates ? Unused(frame, names[i]) : names[i];
            frame.Columns.Add(CsvColumn.Parse(name, type, fields, culture));
        }

        return frame;
    }

    private static string Unused(DataFrame frame, string name)
    {
        var candidate = name;
        for (var i = 1; frame.Columns.IndexOf(candidate) >= 0; i++)
        {
            candidate = string.Create(CultureInfo.InvariantCulture, $"{name}.{i}");
        }

        return candidate;
    }
}
