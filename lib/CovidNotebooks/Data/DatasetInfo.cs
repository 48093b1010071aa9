using System.Globalization;
using CovidNotebooks.Display;

namespace CovidNotebooks.Data;

/// <summary>How a dataset's files are arranged.</summary>
public enum DatasetLayout
{
    /// <summary>One folder a split (train, val, test), each with one folder a class.</summary>
    SplitFolders,

    /// <summary>One folder a class, and lists of file names for each split: the layout of COVID-CT.</summary>
    SplitLists,

    /// <summary>One folder a class, no split.</summary>
    ClassFolders,
}

/// <summary>How a dataset's images are put into groups (patients).</summary>
public enum GroupRule
{
    /// <summary>Nothing is known.</summary>
    None,

    /// <summary>
    /// The names of chest_xray: <c>person12_virus_34.jpeg</c> is patient <c>person12-virus</c>, <c>NORMAL2-IM-0095-0001.jpeg</c> is
    /// <c>NORMAL2-IM-0095</c>, and in the original release <c>VIRUS-1980593-0001.jpeg</c> is <c>VIRUS-1980593</c>. A set without splits
    /// that was made here has a <c>split.csv</c>, which is asked instead.
    /// </summary>
    ChestXrayFileName,

    /// <summary>
    /// The names of COVID-CT: the publication for COVID, the series number before <c>%</c> for NonCOVID. Coarser than patients for the one,
    /// finer for the other.
    /// </summary>
    CovidCtFileName,

    /// <summary>The columns group and source of <c>split.csv</c>.</summary>
    SplitCsv,
}

/// <summary>What is known of a public dataset: one entry of <c>data/datasets.json</c>.</summary>
public sealed record DatasetInfo : DisplayedRecord
{
    /// <summary>Short name, for commands and run records.</summary>
    public required string Name { get; init; }

    /// <summary>What it holds, in words.</summary>
    public required string Title { get; init; }

    /// <summary>The documents whose experiments use it.</summary>
    public required IReadOnlyList<int> Documents { get; init; }

    /// <summary>Names of its folder inside a data folder, in the order in which they are looked for.</summary>
    public required IReadOnlyList<string> Folders { get; init; }

    /// <summary>How its files are arranged.</summary>
    public required DatasetLayout Layout { get; init; }

    /// <summary>Class names, by class number.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>How images are put into groups.</summary>
    public required GroupRule Groups { get; init; }

    /// <summary>
    /// Expected images: by split, then by class. A dataset without splits has the one name <c>all</c>. A split whose classes are not known
    /// has none here, and its number in <see cref="Totals"/>.
    /// </summary>
    public required IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>> Splits { get; init; }

    /// <summary>Expected images of splits whose number is known as a whole only; empty for most sets.</summary>
    public IReadOnlyDictionary<string, int> Totals { get; init; } = new Dictionary<string, int>(StringComparer.Ordinal);

    /// <summary>
    /// The counts of other releases of the same set, by name of the release: by split, then by class; empty for most sets.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>>> OtherReleases { get; init; } =
        new Dictionary<string, IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>>>(StringComparer.Ordinal);

    /// <summary>Splits that some copies lack.</summary>
    public required IReadOnlyList<string> OptionalSplits { get; init; }

    /// <summary>Who made it, from what.</summary>
    public required string Origin { get; init; }

    /// <summary>Where it lives.</summary>
    public required string Url { get; init; }

    /// <summary>What to do to have it.</summary>
    public required string HowToGet { get; init; }

    /// <summary>Its licence, in plain words.</summary>
    public required string Licence { get; init; }

    /// <summary>What to cite.</summary>
    public required string Citation { get; init; }

    /// <summary>Known defects that decide results.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>Patients of images whose names do not tell, by path; empty for most sets.</summary>
    public IReadOnlyDictionary<string, string> Patients { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The public files that a program can download it from; none where a login is needed.</summary>
    public IReadOnlyList<DatasetArchive> Archives { get; init; } = [];

    /// <summary>Expected images in all, optional splits left out.</summary>
    public int ExpectedCount =>
        Splits.Where(split => !OptionalSplits.Contains(split.Key, StringComparer.Ordinal)).Sum(split => ExpectedIn(split.Key));

    /// <summary>Expected images of one split.</summary>
    /// <param name="split">Its name.</param>
    public int ExpectedIn(string split) => Totals.TryGetValue(split, out var total) ? total : Splits[split].Values.Sum();

    /// <inheritdoc/>
    public override DisplayDocument Describe() => Table();

    /// <summary>The same record under another number or order of classes is another dataset: equality is by name.</summary>
    public bool Equals(DatasetInfo? other) => other is not null && string.Equals(Name, other.Name, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Name);

    private Table Table()
    {
        var table = new Table(
            $"{Name}: {Title}", [TableColumn.Text("split"), .. Classes.Select(TableColumn.Number), TableColumn.Number("total")]);
        foreach (var (split, counts) in Splits)
        {
            table.Add(
                [
                    split,
                    .. Classes.Select(name =>
                        (TableCell)(
                            counts.TryGetValue(name, out var count) ? count.ToString("N0", CultureInfo.InvariantCulture) : "unknown")),
                    ExpectedIn(split).ToString("N0", CultureInfo.InvariantCulture),
                ]);
        }

        table.Note($"Origin: {Origin}. {Url}").Note($"Licence: {Licence}").Note($"Cite: {Citation}");
        foreach (var note in Notes)
        {
            table.Note($"Note: {note}");
        }

        return table;
    }
}
