using System.Globalization;
using CovidNotebooks.Data;
using CovidNotebooks.Display;

namespace CovidNotebooks.Audit;

/// <summary>What <c>kit data check</c> finds in a folder of somebody's own pictures, of which no catalogue says how many there should be.</summary>
public sealed class FolderCheck : Displayed
{
    private const int Named = 20;

    private readonly IReadOnlyList<string> depthNotes;

    private FolderCheck(FolderLayout layout, IReadOnlyList<string> depthNotes)
    {
        Layout = layout;
        this.depthNotes = depthNotes;
    }

    /// <summary>What lies in the folder, by its names.</summary>
    public FolderLayout Layout { get; }

    /// <summary>Files that cannot be read, with what is wrong.</summary>
    public IReadOnlyList<(string Path, string Reason)> Broken { get; private init; } = [];

    /// <summary>Groups of files with equal bytes.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Duplicates { get; private init; } = [];

    /// <summary>The groups of equal files that lie in more than one part, or in more than one class: a result on such a set is partly memory, or a label is wrong.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Crossing { get; private init; } = [];

    /// <summary>How deep the pictures' samples are; empty where nothing was decoded.</summary>
    public DepthSurvey Depths { get; private init; } = new([]);

    /// <summary>True when every picture can be read and every part has every class.</summary>
    public bool Ok => Broken.Count == 0 && Layout.Problems.Count == 0;

    /// <summary>Checks a folder.</summary>
    /// <param name="folder">The folder: class folders, or parts (train, val, test) with class folders.</param>
    /// <param name="decode">Decode every picture; otherwise only headers and ends of files are looked at, and no depth is known. Default true.</param>
    /// <param name="progress">Told the share of files that are done, 0 to 1.</param>
    /// <param name="cancellation">Ends the check.</param>
    /// <exception cref="DataException">There is no such folder, or no picture in a class folder of it.</exception>
    public static FolderCheck Run(string folder, bool decode = true, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        var layout = FolderLayout.Of(folder);
        (string Part, string ClassName, string Path)[] pictures = [.. layout.Classes.SelectMany(item => item.Pictures.Select(path => (item.Part, item.ClassName, path)))];
        var files = FileScanner.Shared.Scan(
            [.. pictures.Select(picture => Path.Combine(layout.Root, picture.Path))], decode ? ScanDepth.Pictures : ScanDepth.Headers, progress, cancellation);
        var equal = FileScanner.EqualGroups(files);
        var depths = new DepthSurvey(pictures.Zip(files).Select(pair => pair.Second.Depth is { } depth ? depth with { Path = pair.First.Path, ClassName = pair.First.ClassName } : null).OfType<FileDepth>());
        return new FolderCheck(layout, [.. DepthSentences(depths)])
        {
            Broken = [.. pictures.Zip(files, (picture, file) => (picture.Path, file.Problem?.Found!)).Where(file => file.Item2 is not null)],
            Duplicates = [.. equal.Select(Paths)],
            Crossing = [.. equal.Where(group => group.Select(i => (pictures[i].Part, pictures[i].ClassName)).Distinct().Count() > 1).Select(Paths)],
            Depths = depths,
        };

        IReadOnlyList<string> Paths(int[] group) => [.. group.Select(i => pictures[i].Path)];
    }

    /// <inheritdoc/>
    public override DisplayDocument Describe()
    {
        var table = Table.Of(
            $"{Path.GetFileName(Path.TrimEndingDirectorySeparator(Layout.Root))}: {(Ok ? "every picture can be read" : "not as expected")} ({Layout.Root})",
            Layout.Classes,
            ("part", item => item.Part),
            ("class", item => item.ClassName),
            ("pictures", item => item.Pictures.Count),
            ("cannot be read", item => Broken.Count(file => item.Pictures.Contains(file.Path, StringComparer.Ordinal))));
        Name(table, "not as expected", Layout.Problems);
        Name(table, "cannot be read", [.. Broken.Select(file => $"{file.Path}: {file.Reason}")]);
        Name(table, "equal files in two parts or classes", [.. Crossing.Select(Line)]);
        Name(table, "equal files", [.. Duplicates.Where(group => !Crossing.Contains(group)).Select(Line)]);
        Name(table, "depth", depthNotes);
        Name(table, "hidden, left out", Layout.Hidden);
        Name(table, "no picture by its name or place, left out", Layout.Others);
        return new DisplayDocument(table.Note(string.Join(
            "; ",
            DisplayedNumber.Counted(Layout.Classes.Sum(item => item.Pictures.Count), "picture", "pictures"),
            DisplayedNumber.Counted(Broken.Count, "cannot be read", "cannot be read"),
            DisplayedNumber.Counted(Duplicates.Count, "group of equal files", "groups of equal files"),
            DisplayedNumber.Counted(Layout.Hidden.Count, "hidden file left out", "hidden files left out"),
            DisplayedNumber.Counted(Layout.Others.Count, "other file left out.", "other files left out."))));
    }

    /// <summary>Each depth of more than 8 bits with its files; a sentence more where a depth tells the class.</summary>
    private static IEnumerable<string> DepthSentences(DepthSurvey survey)
    {
        foreach (var depth in survey.Files.Where(file => file.StoredBits > 8).GroupBy(file => file.Name, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var early = depth.Any(file => file.EndsEarly) ? ", whose values end below a quarter of the range: dark where they are read by the full range" : "";
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{depth.Key} in {DisplayedNumber.Counted(depth.Count(), "file", "files")}{early}: {string.Join(", ", depth.Take(5).Select(file => file.Path))}{(depth.Count() > 5 ? ", …" : "")}");
        }

        if (survey.ClassFlag is { } flag)
        {
            yield return flag;
        }
    }

    private static string Line(IReadOnlyList<string> group) => string.Join(" = ", group);

    private static void Name(Table table, string what, IReadOnlyList<string> items)
    {
        foreach (var item in items.Take(Named))
        {
            table.Note($"{what}: {item}");
        }

        if (items.Count > Named)
        {
            table.Note(string.Create(CultureInfo.InvariantCulture, $"{what}: and {items.Count - Named:N0} more"));
        }
    }
}
