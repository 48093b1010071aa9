using System.Text.RegularExpressions;

namespace CovidNotebooks.Data;

/// <summary>Which images belong to one patient, as far as file names or a table tell.</summary>
public sealed partial class Grouping
{
    private readonly Func<LabeledImage, LabeledImage> apply;
    private readonly GroupTable? table;

    private Grouping(Func<LabeledImage, LabeledImage> apply, IEnumerable<string>? known = null, GroupTable? table = null)
    {
        this.apply = apply;
        this.table = table;
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
            GroupRule.ChestXrayFileName when info.Layout == DatasetLayout.ClassFolders
                && File.Exists(Path.Combine(root, "split.csv")) => FromTable(Path.Combine(root, "split.csv")),
            GroupRule.ChestXrayFileName =>
                new Grouping(
                    image => image with { Group = info.Patients.GetValueOrDefault(image.Path) ?? ChestXrayPatient(image.Path) },
                    info.Patients.Keys),
            GroupRule.CovidCtFileName => new Grouping(image => image with { Group = CovidCtSeries(image.Path) }),
            GroupRule.SplitCsv when File.Exists(Path.Combine(root, "split.csv")) => FromTable(Path.Combine(root, "split.csv")),
            _ => new Grouping(image => image),
        };
    }

    /// <summary>The image with its group.</summary>
    public LabeledImage Apply(LabeledImage image) => apply(image);

    /// <summary>
    /// The patient of a chest_xray file: <c>person12-virus</c>, <c>IM-0115</c>, <c>NORMAL2-IM-0095</c> of Kaggle's copy, whose person
    /// numbers restart for each type, so that the type is part of the key; <c>BACTERIA-1008087</c>, <c>VIRUS-1980593</c>,
    /// <c>NORMAL-1049278</c> of the original release, whose names are disease, patient and image (data.mendeley.com/datasets/rscbjbr9sj);
    /// null for other names.
    /// </summary>
    public static string? ChestXrayPatient(string path)
    {
        var name = Path.GetFileName(path);
        var person = Person().Match(name);
        if (person.Success)
        {
            return $"person{person.Groups["number"].Value}-{person.Groups["type"].Value}";
        }

        var key = Examination().Match(name) is { Success: true } examination ? examination : Original().Match(name);
        return key.Success ? key.Groups["key"].Value : null;
    }

    /// <summary>
    /// The bare number of a chest_xray file, <c>person12</c>, <c>IM-0115</c> or <c>1008087</c>, without the type and without
    /// <c>NORMAL2-</c>; null for other names. Several patients may share it, so it leaves more images out than
    /// <see cref="ChestXrayPatient"/> where two sets must have no patient in common.
    /// </summary>
    public static string? ChestXrayNumber(string path)
    {
        var name = Path.GetFileName(path);
        var person = Person().Match(name);
        if (person.Success)
        {
            return $"person{person.Groups["number"].Value}";
        }

        return Examination().Match(name) is { Success: true } examination
                ? examination.Groups["key"].Value.Replace("NORMAL2-", string.Empty, StringComparison.Ordinal)
            : Original().Match(name) is { Success: true } original ? original.Groups["number"].Value
            : null;
    }

    /// <summary>
    /// The finding that a chest_xray file has in its name: normal, bacterial pneumonia, viral pneumonia; null for other names.
    /// </summary>
    public static string? ChestXrayFinding(string path)
    {
        var name = Path.GetFileName(path);
        return Person().Match(name) is { Success: true } person
            ? person.Groups["type"].Value is "virus" ? "viral pneumonia" : "bacterial pneumonia"
            : Examination().IsMatch(name) ? "normal"
            : Original().Match(name) is not { Success: true } original ? null
            : original.Groups["kind"].Value switch
            {
                "VIRUS" => "viral pneumonia",
                "BACTERIA" => "bacterial pneumonia",
                _ => "normal",
            };
    }

    /// <summary>
    /// A COVID-CT image with the collection that its name tells, as its source; one that is not of COVID-CT stays as it is.
    /// </summary>
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
    /// The publication of a COVID-CT file of class COVID (what stands before <c>-p</c> and the page; a few names have no page), or the
    /// series of one of class NonCOVID: what stands before <c>%</c>, or the name alone. The two kinds of NonCOVID names number different
    /// collections, so <c>14%0.jpg</c> and <c>14.png</c> are different patients.
    /// </summary>
    /// <remarks>
    /// Names do not tell all: by the origin's metadata the 195 NonCOVID files named by a number alone show 85 patients, mostly with
    /// consecutive numbers, and here each file is a group of its own. None of these patients is in two of the official parts.
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

    /// <summary>The rule that a table states: see <see cref="GroupTable"/>. Images that it does not name keep what they have.</summary>
    /// <param name="file">A CSV file with a header line: columns path and group, and source where there is one.</param>
    /// <exception cref="DataException">A column is missing, or a line has another number of cells than the header.</exception>
    public static Grouping FromTable(string file)
    {
        var read = GroupTable.Read(file);
        return new Grouping(read.Apply, read.Paths, read);
    }

    /// <summary>What the table says and does not say of these images, one sentence each; empty for a rule on names.</summary>
    /// <exception cref="DataException">The table names none of the images.</exception>
    internal IReadOnlyList<string> Compare(IReadOnlyCollection<LabeledImage> images) => table?.Compare(images) ?? [];

    [GeneratedRegex(@"^person(?<number>\d+)_(?<type>bacteria|virus)_", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Person();

    [GeneratedRegex(@"^(?<key>(NORMAL2-)?IM-\d+)-", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Examination();

    [
        GeneratedRegex(
            @"^(?<key>(?<kind>NORMAL|BACTERIA|VIRUS)-(?<number>\d+))-\d+\.",
            RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
            1000),
    ]
    private static partial Regex Original();

    [GeneratedRegex(@"-p\d+-", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Page();
}
