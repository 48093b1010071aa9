using System.Collections.Concurrent;
using System.Globalization;
using CovidNotebooks.Data.Imaging;
using CovidNotebooks.Display;

namespace CovidNotebooks.Data;

/// <summary>Images of one class in one split, or of a whole split where the catalogue knows no more: how many there should be and how many there are.</summary>
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
    /// Files that the set's lists, its table or the catalogue name and that are not there. A set of class folders may have been made of other images, so there they
    /// do not fail the check; the counts do.
    /// </summary>
    public IReadOnlyList<string> Missing { get; private init; } = [];

    /// <summary>Images that are there and that nothing names, in folders whose images are named. They are not used, or have no group; they do not fail the check.</summary>
    public IReadOnlyList<string> Unlisted { get; private init; } = [];

    /// <summary>Files that cannot be read, with what is wrong.</summary>
    public IReadOnlyList<(string Path, string Reason)> Broken { get; private init; } = [];

    /// <summary>Groups of files with equal bytes. Some published sets have them, so they do not fail the check.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Duplicates { get; private init; } = [];

    /// <summary>Files whose content is of another format than their name says. They are read by content, so they do not fail the check.</summary>
    public int Misnamed { get; private init; }

    /// <summary>Files of 16 bits whose values end below a quarter of the range; dark by the full range. Known only where pictures are decoded; they do not fail the check.</summary>
    public IReadOnlyList<FileDepth> EndingEarly { get; private init; } = [];

    /// <summary>True when the dataset is there, whole, and has the expected numbers.</summary>
    public bool Ok => Problem is null && Broken.Count == 0 && (Missing.Count == 0 || Info.Layout == DatasetLayout.ClassFolders) && Counts.All(count => count.Ok);

    /// <summary>Checks one dataset of the catalogue.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="info">The dataset.</param>
    /// <param name="decode">Decode every picture; otherwise only headers and ends of files are looked at. Default true.</param>
    /// <param name="progress">Told the share of files that are done, 0 to 1.</param>
    /// <param name="cancellation">Ends the check.</param>
    /// <exception cref="OperationCanceledException">The check was ended.</exception>
    public static DatasetCheck Run(DataFolder folder, DatasetInfo info, bool decode = true, IProgress<double>? progress = null, CancellationToken cancellation = default)
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
        var broken = new ConcurrentBag<(string Path, string Reason)>();
        var (done, misnamed) = (0, 0);
        var early = new ConcurrentBag<FileDepth>();
        Parallel.For(0, images.Count, new ParallelOptions { CancellationToken = cancellation }, i =>
        {
            try
            {
                var (header, depth) = Examine(opened.All, images[i], decode);
                if (!header.Endings.Contains(Path.GetExtension(images[i].Path).ToLowerInvariant(), StringComparer.Ordinal))
                {
                    Interlocked.Increment(ref misnamed);
                }

                if (depth is { EndsEarly: true })
                {
                    early.Add(depth);
                }
            }
            catch (BadImageException exception)
            {
                broken.Add((images[i].Path, exception.Found));
            }

            progress?.Report(Interlocked.Increment(ref done) / (double)images.Count);
        });
        var hashes = FileHashes.Of([.. images.Select(opened.All.FullPath)]);
        var there = images.Select(image => image.Path).ToHashSet(StringComparer.Ordinal);
        return new DatasetCheck(info, opened.Root)
        {
            Counts = [.. opened.Splits.Parts.SelectMany(part => CountsOf(info, part.Name, part.Dataset))],
            Missing = [.. opened.Known.Where(path => !there.Contains(path)).Order(StringComparer.Ordinal)],
            Unlisted = UnlistedIn(opened),
            Broken = [.. broken.OrderBy(file => file.Path, StringComparer.Ordinal)],
            Duplicates = [.. FileHashes.EqualGroups(hashes).Select(group => (IReadOnlyList<string>)[.. group.Select(i => images[i].Path)])],
            Misnamed = misnamed,
            EndingEarly = new DepthSurvey(early).EndingEarly,
        };
    }

    /// <inheritdoc/>
    public override DisplayDocument Describe() => Table();

    private static IEnumerable<CountCheck> CountsOf(DatasetInfo info, string split, ImageDataset part) => info.Totals.TryGetValue(split, out var total)
        ? [new CountCheck(split, "all classes", total, part.Count)]
        : info.Classes.Select((name, label) => new CountCheck(split, name, info.Splits[split][name], part.CountsByClass[label]));

    /// <summary>The images of the folders whose images are named, without the named ones.</summary>
    private static List<string> UnlistedIn(OpenedDataset opened) =>
    [
        .. opened.Known.Select(path => path[..Math.Max(0, path.LastIndexOf('/'))]).Where(folder => folder.Length > 0 && Directory.Exists(Path.Combine(opened.Root, folder)))
            .Distinct(StringComparer.Ordinal).SelectMany(folder => KerasFolders.FilesOfClass(opened.Root, folder)).Distinct(StringComparer.Ordinal)
            .Where(path => !opened.Known.Contains(path)).Order(StringComparer.Ordinal),
    ];

    private static (ImageHeader Header, FileDepth? Depth) Examine(ImageDataset all, LabeledImage image, bool decode)
    {
        var (reader, path) = (new ImageFileReader(), all.FullPath(image));
        var bytes = reader.ReadBytes(path);
        var header = reader.Inspect(bytes, path);
        if (!decode)
        {
            return (header, null);
        }

        reader.Decode(bytes, header, path);
        return (header, FileDepth.Of(header, reader, path, image.Path, all.ClassNames[image.Label]));
    }

    private Table Table()
    {
        var table = new Table($"{Info.Name}: {(Ok ? "complete" : Root is null ? "not here" : "not as expected")}{(Root is null ? "" : $" ({Root})")}", TableColumn.Text("split"), TableColumn.Text("class"), TableColumn.Number("expected"), TableColumn.Number("found"), TableColumn.Text(""));
        foreach (var count in Counts)
        {
            table.Add(count.Split, count.ClassName, Text(count.Expected), Text(count.Found), count.Ok ? "" : count.Found < count.Expected ? $"{Text(count.Expected - count.Found)} missing" : $"{Text(count.Found - count.Expected)} too many");
        }

        if (Problem is not null)
        {
            return table.Note(Problem);
        }

        Name("missing, by name", Missing);
        Name("cannot be read", [.. Broken.Select(file => $"{file.Path}: {file.Reason}")]);
        Name("values end below a quarter of their 16 bits", [.. EndingEarly.Select(file => $"{file.Path} ({file.Name} used, highest value {Text(file.Highest!.Value)})")]);
        Name("equal files", [.. Duplicates.Select(group => string.Join(" = ", group))]);
        Name("there, but named nowhere", Unlisted);
        return table.Note(string.Join(
            "; ",
            DisplayedNumber.Counted(Missing.Count, "named file is missing", "named files are missing"),
            DisplayedNumber.Counted(Unlisted.Count, "is there and named nowhere", "are there and named nowhere"),
            DisplayedNumber.Counted(Broken.Count, "file cannot be read", "files cannot be read"),
            $"{DisplayedNumber.Counted(Duplicates.Count, "group", "groups")} of equal files ({Text(Duplicates.Sum(group => group.Count - 1))} redundant)",
            $"{DisplayedNumber.Counted(Misnamed, "file is of another format than its name says", "files are of another format than their names say")} (they are read by content)."));

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
