using System.Globalization;
using CovidNotebooks.Data;
using CovidNotebooks.Display;

namespace CovidNotebooks.Audit;

/// <summary>
/// Images of one class in one split, or of a whole split where the catalogue knows no more: how many there should be and how many there
/// are.
/// </summary>
/// <param name="Split">The split.</param>
/// <param name="ClassName">The class, or "all classes".</param>
/// <param name="Expected">The catalogue's number.</param>
/// <param name="Found">The number of files.</param>
public sealed record CountCheck(string Split, string ClassName, int Expected, int Found)
{
    /// <summary>True when the numbers are equal.</summary>
    public bool Ok => Expected == Found;
}

/// <summary>What <c>kit data check</c> finds: a dataset on disk against the catalogue.</summary>
public sealed class DatasetCheck : Displayed
{
    private const int Named = 20;

    private DatasetCheck(DatasetInfo info, string? root)
    {
        Info = info;
        Root = root;
    }

    /// <summary>What the catalogue says.</summary>
    public DatasetInfo Info { get; }

    /// <summary>The dataset's folder, or null when it is not there.</summary>
    public string? Root { get; }

    /// <summary>Why the dataset could not be opened, with what to do; null when it was.</summary>
    public string? Problem { get; private init; }

    /// <summary>Expected and found images for each split and class.</summary>
    public IReadOnlyList<CountCheck> Counts { get; private init; } = [];

    /// <summary>
    /// Files that the set's lists, its table or the catalogue name and that are not there. A set of class folders may have been made of
    /// other images, so there they do not fail the check; the counts do.
    /// </summary>
    public IReadOnlyList<string> Missing { get; private init; } = [];

    /// <summary>
    /// Images that are there and that nothing names, in folders whose images are named. They are not used, or have no group; they do not
    /// fail the check.
    /// </summary>
    public IReadOnlyList<string> Unlisted { get; private init; } = [];

    /// <summary>Files that cannot be read, with what is wrong.</summary>
    public IReadOnlyList<(string Path, string Reason)> Broken { get; private init; } = [];

    /// <summary>Groups of files with equal bytes. Some published sets have them, so they do not fail the check.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Duplicates { get; private init; } = [];

    /// <summary>
    /// Files whose content is of another format than their name says. They are read by content, so they do not fail the check.
    /// </summary>
    public int Misnamed { get; private init; }

    /// <summary>
    /// Files of 16 bits whose values end below a quarter of the range; dark by the full range. Known only where pictures are decoded; they
    /// do not fail the check.
    /// </summary>
    public IReadOnlyList<FileDepth> EndingEarly { get; private init; } = [];

    /// <summary>The release whose numbers these are, where it is another one than the catalogue's first; else null.</summary>
    public string? Release { get; private init; }

    /// <summary>What the set's table of groups says and does not say, one sentence each; it does not fail the check.</summary>
    public IReadOnlyList<string> GroupNotes { get; private init; } = [];

    /// <summary>True when the dataset is there, whole, and has the expected numbers.</summary>
    public bool Ok =>
        Problem is null
            && Broken.Count == 0
            && (Missing.Count == 0 || Info.Layout == DatasetLayout.ClassFolders)
            && Counts.All(count => count.Ok);

    /// <summary>Checks one dataset of the catalogue.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="info">The dataset.</param>
    /// <param name="decode">Decode every picture; otherwise only headers and ends of files are looked at. Default true.</param>
    /// <param name="progress">Told the share of files that are done, 0 to 1.</param>
    /// <param name="cancellation">Ends the check.</param>
    /// <exception cref="OperationCanceledException">The check was ended.</exception>
    public static DatasetCheck Run(
        DataFolder folder,
        DatasetInfo info,
        bool decode = true,
        IProgress<double>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(info);
        OpenedDataset opened;
        try
        {
            opened = folder.Examine(info);
        }
        catch (DataException exception)
        {
            return new DatasetCheck(info, folder.Find(info)) { Problem = exception.Message };
        }

        var images = opened.All.Images;
        var files = FileScanner.Shared.Scan(opened.All, decode ? ScanDepth.Pictures : ScanDepth.Headers, progress, cancellation);
        var (release, counts) = CountsOf(info, opened.Splits);
        var there = images.Select(image => GroupTable.Key(image.Path)).ToHashSet(StringComparer.Ordinal);
        return new DatasetCheck(info, opened.Root)
        {
            Counts = counts,
            Release = release,
            GroupNotes = opened.Splits.Card.Notes,
            Missing = [.. opened.Known.Where(path => !there.Contains(GroupTable.Key(path))).Order(StringComparer.Ordinal)],
            Unlisted = UnlistedIn(opened, opened.Known.Select(GroupTable.Key).ToHashSet(StringComparer.Ordinal)),
            Broken =
            [
                .. files.Zip(images, (file, image) => (image.Path, file.Problem?.Found!)).Where(file => file.Item2 is not null)
                .OrderBy(file => file.Path, StringComparer.Ordinal),
            ],
            Duplicates = [.. FileScanner.EqualGroups(files).Select(group => (IReadOnlyList<string>)[.. group.Select(i => images[i].Path)])],
            Misnamed = files.Count(IsMisnamed),
            EndingEarly = DepthSurvey.Of(opened.All, files).EndingEarly,
        };
    }

    /// <inheritdoc/>
    public override DisplayDocument Describe() => Table();

    /// <summary>The counts of the release that fits, and its name; those of the catalogue's first where none fits.</summary>
    private static (string? Release, IReadOnlyList<CountCheck> Counts) CountsOf(DatasetInfo info, DatasetSplit found)
    {
        var counts = CountsOf(info, found, info.Splits);
        var other = info.OtherReleases.Select(release => (release.Key, Counts: CountsOf(info, found, release.Value)))
            .FirstOrDefault(release => release.Counts.Length > 0 && release.Counts.All(count => count.Ok));
        return Array.TrueForAll(counts, count => count.Ok) || other.Key is null ? (null, counts) : other;
    }

    private static CountCheck[] CountsOf(
        DatasetInfo info, DatasetSplit found, IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>> expected) =>
    [
        .. found.Parts.SelectMany(part => info.Totals.TryGetValue(part.Name, out var total)
            ? [new CountCheck(part.Name, "all classes", total, part.Dataset.Count)]
            : info.Classes.Select((name, label) =>
                new CountCheck(
                    part.Name,
                    name,
                    expected.GetValueOrDefault(part.Name)?.GetValueOrDefault(name) ?? 0,
                    part.Dataset.CountsByClass[label]))),
    ];

    /// <summary>The images of the folders whose images are named, without the named ones.</summary>
    private static List<string> UnlistedIn(OpenedDataset opened, HashSet<string> known) =>
    [
        .. opened.Known.Select(path => path[..Math.Max(0, path.LastIndexOf('/'))])
        .Where(folder => folder.Length > 0 && Directory.Exists(Path.Combine(opened.Root, folder)))
            .Distinct(StringComparer.Ordinal).SelectMany(folder => KerasFolders.FilesOfClass(opened.Root, folder))
            .Distinct(StringComparer.Ordinal)
            .Where(path => !known.Contains(GroupTable.Key(path))).Order(StringComparer.Ordinal),
    ];

    private static bool IsMisnamed(ScannedFile file) =>
        file is { Problem: null, Header: { } header }
            && !header.Endings.Contains(Path.GetExtension(file.Path).ToLowerInvariant(), StringComparer.Ordinal);

    private Table Table()
    {
        var table = new Table(
            $"{Info.Name}: {(Ok ? "complete" : Root is null ? "not here" : "not as expected")}{(Root is null ? "" : $" ({Root})")}",
            TableColumn.Text("split"),
            TableColumn.Text("class"),
            TableColumn.Number("expected"),
            TableColumn.Number("found"),
            TableColumn.Text(""));
        foreach (var count in Counts)
        {
            table.Add(
                count.Split,
                count.ClassName,
                Text(count.Expected),
                Text(count.Found),
                count.Ok ? ""
                : count.Found < count.Expected ? $"{Text(count.Expected - count.Found)} missing"
                : $"{Text(count.Found - count.Expected)} too many");
        }

        if (Problem is not null)
        {
            return table.Note(Problem);
        }

        if (Release is not null)
        {
            table.Note($"These are the numbers of the {Release}.");
        }

        Name("groups", GroupNotes);
        Name("missing, by name", Missing);
        Name("cannot be read", [.. Broken.Select(file => $"{file.Path}: {file.Reason}")]);
        Name(
            "values end below a quarter of their 16 bits",
            [.. EndingEarly.Select(file => $"{file.Path} ({file.Name} used, highest value {Text(file.Highest!.Value)})")]);
        Name("equal files", [.. Duplicates.Select(group => string.Join(" = ", group))]);
        Name("there, but named nowhere", Unlisted);
        return table.Note(string.Join(
            "; ",
            DisplayedNumber.Counted(Missing.Count, "named file is missing", "named files are missing"),
            DisplayedNumber.Counted(Unlisted.Count, "is there and named nowhere", "are there and named nowhere"),
            DisplayedNumber.Counted(Broken.Count, "file cannot be read", "files cannot be read"),
            $"{DisplayedNumber.Counted(Duplicates.Count, "group", "groups")} of equal files "
                + $"({Text(Duplicates.Sum(group => group.Count - 1))} redundant)",
            DisplayedNumber.Counted(
                    Misnamed, "file is of another format than its name says", "files are of another format than their names say")
                + " (they are read by content)."));

        void Name(string what, IReadOnlyList<string> items)
        {
            foreach (var item in items.Take(Named))
            {
                table.Note($"{what}: {item}");
            }

            if (items.Count > Named)
            {
                table.Note($"{what}: and {Text(items.Count - Named)} more");
            }
        }
    }

    private static string Text(int count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
