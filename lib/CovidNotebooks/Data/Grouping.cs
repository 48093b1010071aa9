using System.Text.RegularExpressions;

namespace CovidNotebooks.Data;

/// <summary>Which images belong to one patient, as far as file names or a table tell.</summary>
public sealed partial class Grouping
{
    private readonly Func<LabeledImage, LabeledImage> _apply;

    private Grouping(Func<LabeledImage, LabeledImage> apply, IEnumerable<string>? known = null)
    {
        _apply = apply;
        KnownPaths = [.. known ?? []];
    }

    /// <summary>The paths that the rule names one by one; empty for a rule on names.</summary>
    internal IReadOnlyList<string> KnownPaths { get; }

    /// <summary>The rule of a dataset.</summary>
    /// <exception cref="DataException"><c>split.csv</c> is damaged.</exception>
    public static Grouping For(DatasetInfo info, string root)
    {
        ArgumentNullException.ThrowIfNull(info);
        return info.Groups switch
        {
            GroupRule.ChestXrayFileName when info.Layout == DatasetLayout.ClassFolders && File.Exists(Path.Combine(root, "split.csv")) => FromTable(Path.Combine(root, "split.csv")),
            GroupRule.ChestXrayFileName => new Grouping(image => image with { Group = info.Patients.GetValueOrDefault(image.Path) ?? ChestXrayPatient(image.Path) }, info.Patients.Keys),
            GroupRule.CovidCtFileName => new Grouping(image => image with { Group = CovidCtSeries(image.Path) }),
            GroupRule.SplitCsv when File.Exists(Path.Combine(root, "split.csv")) => FromTable(Path.Combine(root, "split.csv")),
            _ => new Grouping(image => image),
        };
    }

    /// <summary>The image with its group.</summary>
    public LabeledImage Apply(LabeledImage image) => _apply(image);

    /// <summary>
    /// The patient of a chest_xray file: <c>person12-virus</c>, <c>IM-0115</c>, <c>NORMAL2-IM-0095</c>; null for other names. Person numbers
    /// restart for each type, so the type is part of the key.
    /// </summary>
    public static string? ChestXrayPatient(string path)
    {
        var name = Path.GetFileName(path);
        var person = Person().Match(name);
        if (person.Success)
        {
            return $"person{person.Groups["number"].Value}-{person.Groups["type"].Value}";
        }

        var examination = Examination().Match(name);
        return examination.Success ? examination.Groups["key"].Value : null;
    }

    /// <summary>
    /// The bare number of a chest_xray file, <c>person12</c> or <c>IM-0115</c>, without the type and without <c>NORMAL2-</c>; null for other names. Several
    /// patients may share it, so it leaves more images out than <see cref="ChestXrayPatient"/> where two sets must have no patient in common.
    /// </summary>
    public static string? ChestXrayNumber(string path)
    {
        var name = Path.GetFileName(path);
        var person = Person().Match(name);
        if (person.Success)
        {
            return $"person{person.Groups["number"].Value}";
        }

        var examination = Examination().Match(name);
        return examination.Success ? examination.Groups["key"].Value.Replace("NORMAL2-", string.Empty, StringComparison.Ordinal) : null;
    }

    /// <summary>The finding that a chest_xray file has in its name: normal, bacterial pneumonia, viral pneumonia; null for other names.</summary>
    public static string? ChestXrayFinding(string path)
    {
        var name = Path.GetFileName(path);
        return Person().Match(name) is { Success: true } person ? person.Groups["type"].Value is "virus" ? "viral pneumonia" : "bacterial pneumonia"
            : Examination().IsMatch(name) ? "normal"
            : null;
    }

    /// <summary>A COVID-CT image with the collection that its name tells, as its source; one that is not of COVID-CT stays as it is.</summary>
    public static LabeledImage WithCovidCtSource(LabeledImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        var source = image.Path.StartsWith("CT_COVID/2020.", StringComparison.Ordinal) ? "covid: medRxiv and bioRxiv"
            : image.Path.StartsWith("CT_COVID/", StringComparison.Ordinal) ? "covid: other papers"
            : !image.Path.StartsWith("CT_NonCOVID/", StringComparison.Ordinal) ? image.Source
            : image.Path.EndsWith(".jpg", StringComparison.Ordinal) ? "not covid: .jpg, numbered series"
            : "not covid: .png, numbered pictures";
        return image with { Source = source };
    }

    /// <summary>
    /// The publication of a COVID-CT file of class COVID (what stands before <c>-p</c> and the page; a few names have no page), or the series of one of class
    /// NonCOVID: what stands before <c>%</c>, or the name alone. The two kinds of NonCOVID names number different collections, so <c>14%0.jpg</c> and
    /// <c>14.png</c> are different patients.
    /// </summary>
    /// <remarks>
    /// Names do not tell all: by the origin's metadata the 195 NonCOVID files named by a number alone show 85 patients, mostly with consecutive numbers, and here each
    /// file is a group of its own. None of these patients is in two of the official parts.
    /// </remarks>
    public static string CovidCtSeries(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        var page = Page().Match(name);
        if (page.Success)
        {
            return name[..page.Index];
        }

        var kind = path.Contains("CT_COVID/", StringComparison.Ordinal) ? "covid" : "noncovid";
        var percent = name.IndexOf('%', StringComparison.Ordinal);
        return percent > 0 ? $"{kind}-series-{name[..percent]}" : $"{kind}-{name}";
    }

    /// <summary>The rule that a table states: columns path and group, and source where there is one. Images that it does not name keep what they have.</summary>
    /// <param name="file">A CSV file with a header line.</param>
    /// <exception cref="DataException">A column is missing, or a line has another number of cells than the header.</exception>
    public static Grouping FromTable(string file)
    {
        ArgumentException.ThrowIfNullOrEmpty(file);
        var table = CsvTable.Parse(File.ReadAllText(file), file, ["path", "group"], "Expected a line of column names, then a line an image, with its path and its group.");
        var (path, group, source) = (table.IndexOf("path"), table.IndexOf("group"), table.IndexOf("source"));
        var rows = new Dictionary<string, (string Group, string? Source)>(StringComparer.Ordinal);
        foreach (var fields in table.Rows.Select(row => row.Fields))
        {
            rows[fields[path] ?? ""] = (fields[group] ?? "", source < 0 ? null : (fields[source] ?? "").Split(':')[0]);
        }

        return new Grouping(image => rows.TryGetValue(image.Path, out var row) ? image with { Group = row.Group, Source = row.Source ?? image.Source } : image, rows.Keys);
    }

    [GeneratedRegex(@"^person(?<number>\d+)_(?<type>bacteria|virus)_", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Person();

    [GeneratedRegex(@"^(?<key>(NORMAL2-)?IM-\d+)-", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Examination();

    [GeneratedRegex(@"-p\d+-", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Page();
}
