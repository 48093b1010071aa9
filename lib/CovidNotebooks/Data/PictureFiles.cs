using CovidNotebooks.Data.Imaging;

namespace CovidNotebooks.Data;

/// <summary>A file or folder that was not taken.</summary>
/// <param name="Path">Relative to the folder that was read, with <c>/</c> between folders.</param>
/// <param name="Why">In a few words, the same for all that were left out for one reason.</param>
public sealed record LeftOutFile(string Path, string Why);

/// <summary>
/// Which files below a folder are pictures: those that the kit reads, by name or, without an extension, by the mark of DICOM. Hidden names
/// and what systems leave behind are no pictures, whatever they end in; linked folders are not followed.
/// </summary>
internal static class PictureFiles
{
    public const string Endings = ".png, .jpg, .jpeg, .bmp, .gif, .webp, .ppm, .pgm, .pbm, .tif, .tiff, .dcm or .dicom";
    private const string Hidden = "hidden, or left by an operating system";
    private const string Linked = "linked folders are not followed";
    private const string NoPicture = "no picture by its name";
    private const int DicomMark = 132;
    private const int MostNamed = 20;

    private static readonly HashSet<string> Extensions = new(
        [".png", ".jpg", ".jpeg", ".bmp", ".gif", ".webp", ".ppm", ".pgm", ".pbm", ".tif", ".tiff", ".dcm", ".dicom"],
        StringComparer.OrdinalIgnoreCase);

    private static readonly HashSet<string> OfSystems = new(
        ["__MACOSX", "Thumbs.db", "ehthumbs.db", "desktop.ini", "$RECYCLE.BIN", "@eaDir", "lost+found"], StringComparer.OrdinalIgnoreCase);

    /// <summary>True for names that begin with a dot, and for those that operating systems leave behind.</summary>
    public static bool IsHidden(string name) => name.StartsWith('.') || OfSystems.Contains(name);

    /// <summary>Whether a file is a picture that the kit reads, by its name or the mark of DICOM.</summary>
    public static bool IsPicture(string path) =>
        !IsHidden(Path.GetFileName(path))
            && (Extensions.Contains(Path.GetExtension(path)) || (Path.GetExtension(path).Length == 0 && HasDicomMark(path)));

    /// <summary>The visible sub-folders, sorted by code point; links to folders count, as classes may be kept elsewhere.</summary>
    /// <param name="root">The folder that paths start from.</param>
    /// <param name="folder">A folder below it, relative; empty for itself.</param>
    /// <param name="leftOut">Takes the hidden ones.</param>
    public static IReadOnlyList<string> SubFolders(string root, string folder, ICollection<LeftOutFile> leftOut)
    {
        var names = new List<string>();
        foreach (var name in Directory.EnumerateDirectories(Path.Combine(root, folder)).Select(path => Path.GetFileName(path)!))
        {
            if (IsHidden(name))
            {
                leftOut.Add(new LeftOutFile(Below(folder, name), Hidden));
            }
            else
            {
                names.Add(name);
            }
        }

        return [.. names.Order(CodePointOrder.Instance)];
    }

    /// <summary>The pictures in a folder itself, by code point, relative to the root.</summary>
    public static IReadOnlyList<string> In(string root, string folder, ICollection<LeftOutFile> leftOut)
    {
        var found = new List<string>();
        foreach (var name in Directory.EnumerateFiles(Path.Combine(root, folder)).Select(path => Path.GetFileName(path)!)
            .Order(CodePointOrder.Instance))
        {
            if (IsPicture(Path.Combine(root, folder, name)))
            {
                found.Add(Below(folder, name));
            }
            else
            {
                leftOut.Add(new LeftOutFile(Below(folder, name), IsHidden(name) ? Hidden : NoPicture));
            }
        }

        return found;
    }

    /// <summary>
    /// The pictures in a folder and in all below it, in the order of Keras: folders by path, names inside each, by code point.
    /// </summary>
    public static IReadOnlyList<string> Below(string root, string folder, ICollection<LeftOutFile> leftOut)
    {
        var folders = new List<string> { folder };
        for (var i = 0; i < folders.Count; i++)
        {
            foreach (var name in SubFolders(root, folders[i], leftOut))
            {
                var below = Below(folders[i], name);
                if (new DirectoryInfo(Path.Combine(root, below)).LinkTarget is null)
                {
                    folders.Add(below);
                }
                else
                {
                    leftOut.Add(new LeftOutFile(below, Linked));
                }
            }
        }

        return [.. folders.Order(CodePointOrder.Instance).SelectMany(each => In(root, each, leftOut))];
    }

    /// <summary>One sentence for each reason, with the first names.</summary>
    public static IReadOnlyList<string> Sentences(IEnumerable<LeftOutFile> leftOut) =>
    [
        .. leftOut.GroupBy(file => file.Why, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => $"Left out ({group.Key}): {Named([.. group.Select(file => file.Path)], MostNamed)}."),
    ];

    /// <summary>The first names of a list, and how many more there are.</summary>
    public static string Named(IReadOnlyList<string> names, int most = 5) => names.Count <= most
        ? string.Join(", ", names)
        : $"{string.Join(", ", names.Take(most))} and {names.Count - most} more";

    private static string Below(string folder, string name) => folder.Length == 0 ? name : $"{folder}/{name}";

    private static bool HasDicomMark(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            Span<byte> begin = stackalloc byte[DicomMark];
            return stream.ReadAtLeast(begin, DicomMark, throwOnEndOfStream: false) == DicomMark && DicomStructure.IsDicom(begin);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return false; // A picture that cannot be opened has no name that says it is one.
        }
    }
}
