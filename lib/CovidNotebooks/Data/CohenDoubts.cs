using System.Globalization;
using CovidNotebooks.Display;

namespace CovidNotebooks.Data;

/// <summary>
/// What a person has to look at before a selection from Cohen's metadata is believed: rows and files that nearly fit, and rows that
/// contradict each other.
/// </summary>
internal static class CohenDoubts
{
    private const int MostNamed = 5;

    /// <summary>Ages of one patient that lie further apart than the collection's follow-ups.</summary>
    private const double MostYears = 5;

    /// <summary>One sentence a kind, with its count and names.</summary>
    /// <param name="all">All rows.</param>
    /// <param name="taken">The rows that were taken, one a file.</param>
    /// <param name="rule">What takes rows.</param>
    /// <param name="folder">Where the files are.</param>
    public static IReadOnlyList<string> Of(IReadOnlyList<CohenImage> all, IReadOnlyList<CohenImage> taken, CohenRule rule, string folder)
    {
        var names = taken.Select(image => image.FileName).ToHashSet(StringComparer.Ordinal);
        var nearly = all.Where(rule.NearlyTakes)
            .Select(image => $"line {Text(image.Line)} (\"{image.Finding}\", \"{image.View}\", {image.FileName})").ToArray();
        var there = Directory.EnumerateFiles(folder).Select(file => Path.GetFileName(file)!).ToArray();
        var otherNames = taken.Where(image => !there.Contains(image.FileName, StringComparer.Ordinal))
            .Select(image => (image.FileName, Alike: Array.Find(there, file => Alike(file, image.FileName))))
            .Where(pair => pair.Alike is not null).Select(pair => $"{pair.FileName} (there is {pair.Alike})").ToArray();
        var byFile = all.Where(image => names.Contains(image.FileName)).GroupBy(image => image.FileName, StringComparer.Ordinal).ToArray();
        var findings = byFile.Where(rows => Differ(rows, row => row.Finding)).Select(rows => Rows(rows, row => row.Finding)).ToArray();
        var patients = byFile.Where(rows => Differ(rows, row => row.Patient)).Select(rows => Rows(rows, row => row.Patient)).ToArray();
        var byPatient = all.Where(image => image.Patient.Length > 0).GroupBy(image => image.Patient, StringComparer.Ordinal)
            .Where(rows => rows.Any(row => names.Contains(row.FileName))).ToArray();
        var people = byPatient.Where(rows => Differ(rows, row => row.Sex) || FarApart(rows))
            .Select(rows => $"patient {Rows(rows, row => $"{row.Sex ?? "?"} {row.Age ?? "?"}")}").ToArray();
        return
        [
            .. Sentence(nearly, "row nearly fits and is", "rows nearly fit and are", "not taken"),
            .. Sentence(otherNames, "missing file is there", "missing files are there", "under nearly the same name"),
            .. Sentence(findings, "file has", "files have", "rows with different findings"),
            .. Sentence(patients, "file has", "files have", "rows with different patients, so the patient is unknown"),
            .. Sentence(people, "patient has", "patients have", "rows that do not fit one person (sex, or ages more than 5 years apart)"),
        ];
    }

    private static IEnumerable<string> Sentence(string[] items, string one, string several, string what) =>
        items.Length == 0
            ? []
            : [
                $"{DisplayedNumber.Counted(items.Length, one, several)} {what}: "
                    + $"{string.Join("; ", items.Take(MostNamed))}{(items.Length > MostNamed ? " …" : "")}.",
            ];

    /// <summary>The same name but for case, spaces, or an extension that one of them lacks.</summary>
    private static bool Alike(string file, string name) =>
        string.Equals(file, name.Trim(), StringComparison.OrdinalIgnoreCase)
        || string.Equals(Path.GetFileNameWithoutExtension(file), name.Trim(), StringComparison.OrdinalIgnoreCase)
        || string.Equals(
            Path.GetFileNameWithoutExtension(file), Path.GetFileNameWithoutExtension(name.Trim()), StringComparison.OrdinalIgnoreCase);

    private static bool Differ(IEnumerable<CohenImage> rows, Func<CohenImage, string?> value) =>
        rows.Select(value).Where(text => !string.IsNullOrWhiteSpace(text)).Select(text => text!.Trim())
            .Distinct(StringComparer.OrdinalIgnoreCase).Count() > 1;

    private static bool FarApart(IEnumerable<CohenImage> rows)
    {
        var ages = rows.Select(row => double.TryParse(row.Age, CultureInfo.InvariantCulture, out var age) ? age : (double?)null)
            .OfType<double>().ToArray();
        return ages.Length > 1 && ages.Max() - ages.Min() > MostYears;
    }

    private static string Rows(IGrouping<string, CohenImage> rows, Func<CohenImage, string> value) =>
        $"{rows.Key} ({string.Join(", ", rows.Select(row => $"line {Text(row.Line)}: {value(row)}").Take(MostNamed))})";

    private static string Text(int line) => line.ToString(CultureInfo.InvariantCulture);
}
