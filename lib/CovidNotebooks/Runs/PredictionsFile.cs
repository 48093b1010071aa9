using System.Globalization;
using System.Text;
using CovidNotebooks.Data;
using CovidNotebooks.Evaluation;

namespace CovidNotebooks.Runs;

/// <summary>
/// <see cref="Predictions"/> as CSV (RFC 4180, UTF-8, '\n'), exact in both directions. Columns: <c>id</c>, <c>group</c>, <c>source</c>,
/// <c>label</c>, <c>loss</c>, then <c>score:NAME</c> for each class, <c>positive-score:NAME</c> for the positive one. An unquoted empty
/// field is null, <c>""</c> the empty text.
/// </summary>
public static class PredictionsFile
{
    private const string Score = "score:";
    private const string PositiveScore = "positive-score:";
    private static readonly string[] FixedColumns = ["id", "group", "source", "label", "loss"];
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Writes the file; it is complete when this returns, but not atomic: give a temporary name and rename it.</summary>
    public static void Write(string path, Predictions predictions)
    {
        using var writer = new StreamWriter(path, append: false, Utf8);
        Write(writer, predictions);
    }

    /// <summary>Writes CSV text.</summary>
    public static void Write(TextWriter writer, Predictions predictions)
    {
        var header = FixedColumns.Concat(
            predictions.ClassNames.Select((name, i) => (i == predictions.PositiveClass ? PositiveScore : Score) + name));
        writer.Write(string.Join(',', header.Select(CsvField.Of)) + "\n");
        foreach (var item in predictions.Items)
        {
            string[] fields =
            [
                CsvField.Of(item.Id),
                CsvField.Of(item.Group),
                CsvField.Of(item.Source),
                item.Label.ToString(CultureInfo.InvariantCulture),
                Number(item.Loss),
                .. item.Scores.Select(Number),
            ];
            writer.Write(string.Join(',', fields) + "\n");
        }
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidDataException">It is not such a file; the message names the line and what was expected.</exception>
    public static Predictions Read(string path)
    {
        try
        {
            return Parse(File.ReadAllText(path, Utf8));
        }
        catch (DecoderFallbackException error)
        {
            throw new InvalidDataException($"{Path.GetFileName(path)} is not UTF-8 text: {error.Message}", error);
        }
    }

    /// <summary>Reads CSV text.</summary>
    /// <exception cref="InvalidDataException">It is not such a table; the message names the line and what was expected.</exception>
    public static Predictions Parse(string text)
    {
        var lines = CsvReader.Read(text);
        if (lines.Count == 0)
        {
            throw new InvalidDataException(
                $"The predictions are empty; a first line with {string.Join(',', FixedColumns)} and one score column a class was "
                    + "expected.");
        }

        var header = lines[0].Fields;
        var classNames = ClassNames(header, out var positiveClass);
        var items = lines.Skip(1).Select(line => Item(line, header.Count)).ToArray();
        try
        {
            return new Predictions(classNames, items, positiveClass);
        }
        catch (ArgumentException error)
        {
            throw new InvalidDataException($"The predictions contradict themselves: {error.Message}", error);
        }
    }

    private static List<string> ClassNames(IReadOnlyList<string?> header, out int positiveClass)
    {
        var names = new List<string>();
        positiveClass = -1;
        foreach (var column in header.Skip(FixedColumns.Length))
        {
            if (column?.StartsWith(PositiveScore, StringComparison.Ordinal) == true && positiveClass < 0)
            {
                positiveClass = names.Count;
                names.Add(column[PositiveScore.Length..]);
            }
            else if (column?.StartsWith(Score, StringComparison.Ordinal) == true)
            {
                names.Add(column[Score.Length..]);
            }
            else
            {
                throw new InvalidDataException(
                    $"Line 1 has a column '{column}'; after {string.Join(',', FixedColumns)} come '{Score}NAME' columns, one of them "
                        + $"'{PositiveScore}NAME'.");
            }
        }

        if (!header.Take(FixedColumns.Length).SequenceEqual(FixedColumns, StringComparer.Ordinal) || positiveClass < 0)
        {
            throw new InvalidDataException(
                $"Line 1 is '{string.Join(',', header)}'; expected {string.Join(',', FixedColumns)}, then '{Score}NAME' columns, one "
                    + $"of them '{PositiveScore}NAME'.");
        }

        return names;
    }

    private static Prediction Item(CsvRecord line, int columns)
    {
        var fields = line.Fields;
        if (fields.Count != columns || fields[0] is not { } id)
        {
            throw new InvalidDataException(
                $"Line {line.Number} has {fields.Count} fields; {columns} were expected, the first an image's id. "
                    + "The file was cut or edited.");
        }

        if (!int.TryParse(fields[3], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var label))
        {
            throw new InvalidDataException($"Line {line.Number} has the label '{fields[3]}'; a class number from 0 was expected.");
        }

        return new Prediction(
            id,
            fields[1],
            fields[2],
            label,
            fields.Skip(FixedColumns.Length).Select(field => ParseNumber(field, line.Number)).ToArray(),
            ParseNumber(fields[4], line.Number));
    }

    private static double ParseNumber(string? field, int line) =>
        double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new InvalidDataException($"Line {line} has '{field}' where a number was expected.");

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
