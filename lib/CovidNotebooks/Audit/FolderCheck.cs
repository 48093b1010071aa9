using System.Globalization;
using CovidNotebooks.Data;
using CovidNotebooks.Display;

namespace CovidNotebooks.Audit;

/// <summary>
/// What <c>kit data check</c> finds in a folder of somebody's own pictures, of which no catalogue says how many there should be.
/// </summary>
public sealed class FolderCheck : Displayed
{
    private const int Named = 20;

    private FolderCheck(OpenedFolder folder) => Folder = folder;

    /// <summary>What was taken for what, and what was left out.</summary>
    public OpenedFolder Folder { get; }

    /// <summary>Files that cannot be read, with what is wrong.</summary>
    public IReadOnlyList<(string Path, string Reason)> Broken { get; private init; } = [];

    /// <summary>Groups of files with equal bytes.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Duplicates { get; private init; } = [];

    /// <summary>
    /// The groups of equal files that lie in more than one part, or in more than one class: a result on such a set is partly memory, or a
    /// label is wrong.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<string>> Crossing { get; private init; } = [];

    /// <summary>How deep the pictures' samples are; empty where nothing was decoded.</summary>
    public DepthSurvey Depths { get; private init; } = new([]);

    /// <summary>True when every picture can be read.</summary>
    public bool Ok => Broken.Count == 0;

    /// <summary>Checks a folder.</summary>
    /// <param name="folder">The folder, of any layout that <see cref="ImageDataset.Open"/> knows.</param>
    /// <param name="decode">
    /// Decode every picture; otherwise only headers and ends of files are looked at, and no depth is known. Default true.
    /// </param>
    /// <param name="progress">Told the share of files that are done, 0 to 1.</param>
    /// <param name="cancellation">Ends the check.</param>
    /// <exception cref="DataException">There is no such folder, or its layout is not known.</exception>
    public static FolderCheck Run(
        string folder, bool decode = true, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        var opened = ImageDataset.Open(folder);
        (string Part, LabeledImage Image)[] pictures =
            [.. opened.Split.Parts.SelectMany(part => part.Dataset.Images.Select(image => (part.Name, image)))];
        var all = opened.All.With(opened.All.Name, [.. pictures.Select(picture => picture.Image)]);
        var files = FileScanner.Shared.Scan(all, decode ? ScanDepth.Pictures : ScanDepth.Headers, progress, cancellation);
        var equal = FileScanner.EqualGroups(files);
        return new FolderCheck(opened)
        {
            Broken =
            [
                .. pictures.Zip(files).Where(pair => pair.Second.Problem is not null)
                    .Select(pair => (pair.First.Image.Path, pair.Second.Problem!.Found)),
            ],
            Duplicates = [.. equal.Select(Paths)],
            Crossing =
            [
                .. equal.Where(group => group.Select(i => (pictures[i].Part, pictures[i].Image.Label)).Distinct().Count() > 1)
                .Select(Paths),
            ],
            Depths = DepthSurvey.Of(all, files),
        };

        IReadOnlyList<string> Paths(int[] group) => [.. group.Select(i => pictures[i].Image.Path)];
    }

    /// <inheritdoc/>
    public override DisplayDocument Describe()
    {
        string[] found =
        [
            .. Listed("cannot be read", [.. Broken.Select(file => $"{file.Path}: {file.Reason}")]),
            .. Listed("equal files in two parts or classes", [.. Crossing.Select(Line)]),
            .. Listed("equal files", [.. Duplicates.Where(group => !Crossing.Contains(group)).Select(Line)]),
            .. DepthSentences().Select(sentence => "depth: " + sentence),
        ];
        return Folder.Describe()
            .Say(
                Ok ? "Every picture can be read." : $"{DisplayedNumber.Counted(Broken.Count, "picture", "pictures")} cannot be read.",
                Ok ? ParagraphKind.Finding : ParagraphKind.Warning)
            .Add(found.Length > 0 ? new BulletList(found) : null);
    }

    /// <summary>Each depth of more than 8 bits with its files; a sentence more where a depth tells the class.</summary>
    private IEnumerable<string> DepthSentences()
    {
        foreach (var depth in Depths.Files.Where(file => file.StoredBits > 8).GroupBy(file => file.Name, StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var early = depth.Any(file => file.EndsEarly)
                ? ", whose values end below a quarter of the range: dark where they are read by the full range" : "";
            var names = string.Join(", ", depth.Take(5).Select(file => file.Path)) + (depth.Count() > 5 ? ", …" : "");
            yield return $"{depth.Key} in {DisplayedNumber.Counted(depth.Count(), "file", "files")}{early}: {names}";
        }

        if (Depths.ClassFlag is { } flag)
        {
            yield return flag;
        }
    }

    private static string Line(IReadOnlyList<string> group) => string.Join(" = ", group);

    private static IEnumerable<string> Listed(string what, IReadOnlyList<string> items)
    {
        var more = items.Count > Named ? [string.Create(CultureInfo.InvariantCulture, $"{what}: and {items.Count - Named:N0} more")]
            : Array.Empty<string>();
        return items.Take(Named).Select(item => $"{what}: {item}").Concat(more);
    }
}
