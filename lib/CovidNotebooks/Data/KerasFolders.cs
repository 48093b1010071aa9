namespace CovidNotebooks.Data;

/// <summary>
/// The rules by which Keras' <c>flow_from_directory</c> (keras_preprocessing 1.1.2) turns a folder into classes and files.
/// </summary>
/// <remarks>
/// Classes are the sub-folders, sorted by code point. A class's files are those of the folder and of every folder below it, folders sorted
/// by path, names sorted by code point inside each, with an extension out of png, jpg, jpeg, bmp, ppm, tif, tiff in any case. Linked
/// folders below a class folder are not followed.
/// </remarks>
public static class KerasFolders
{
    private static readonly HashSet<string> Extensions = new(["png", "jpg", "jpeg", "bmp", "ppm", "tif", "tiff"], StringComparer.Ordinal);

    /// <summary>The class names: the sub-folders of <paramref name="root"/> sorted by code point.</summary>
    public static IReadOnlyList<string> ClassNames(string root) =>
        [.. Directory.EnumerateDirectories(root).Select(folder => Path.GetFileName(folder)!).Order(CodePointOrder.Instance)];

    /// <summary>The files of one class in Keras' order, relative to <paramref name="root"/>, with <c>/</c> between folders.</summary>
    public static IReadOnlyList<string> FilesOfClass(string root, string className)
    {
        var folders = new List<string> { className };
        for (var i = 0; i < folders.Count; i++)
        {
            var parent = folders[i];
            folders.AddRange(new DirectoryInfo(Path.Combine(root, parent)).EnumerateDirectories()
                .Where(folder => folder.LinkTarget is null)
                .Select(folder => $"{parent}/{folder.Name}"));
        }

        return
        [
            .. folders.Order(CodePointOrder.Instance).SelectMany(folder =>
                Directory.EnumerateFiles(Path.Combine(root, folder))
                    .Select(file => Path.GetFileName(file)!)
                    .Where(HasImageExtension)
                    .Order(CodePointOrder.Instance)
                    .Select(name => $"{folder}/{name}")),
        ];
    }

    /// <summary>
    /// Less than 0 where Keras lists the first of two files of one class before the second: by folder, then by name, each by code point.
    /// </summary>
    internal static int Compare(string path, string other)
    {
        var (slash, otherSlash) = (path.LastIndexOf('/') + 1, other.LastIndexOf('/') + 1);
        var byFolder = CodePointOrder.Instance.Compare(path[..Math.Max(0, slash - 1)], other[..Math.Max(0, otherSlash - 1)]);
        return byFolder != 0 ? byFolder : CodePointOrder.Instance.Compare(path[slash..], other[otherSlash..]);
    }

    /// <summary>True for the file names that Keras takes for images.</summary>
    public static bool HasImageExtension(string fileName)
    {
        // Leading dots belong to the name, as in Python's splitext: ".png" has no extension.
        var stem = fileName.AsSpan().TrimStart('.');
        var dot = stem.LastIndexOf('.');
        return dot >= 0 && Extensions.Contains(stem[(dot + 1)..].ToString().ToLowerInvariant());
    }

    /// <summary>
    /// The half-open range of a class's sorted files that belongs to a subset of Keras' <c>validation_split</c>:
    /// validation gets the first <c>(int)(split × count)</c> files, training the rest.
    /// </summary>
    /// <param name="count">Files of the class.</param>
    /// <param name="validationSplit">
    /// The fraction, strictly between 0 and 1. The product is cut, not rounded: .29 of 100 files is 28.
    /// </param>
    /// <param name="validation">True for the validation subset, false for the training subset.</param>
    /// <exception cref="ArgumentOutOfRangeException">The fraction is not strictly between 0 and 1.</exception>
    public static Range SubsetRange(int count, double validationSplit, bool validation)
    {
        if (!(validationSplit > 0 && validationSplit < 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(validationSplit), validationSplit, "A validation split is a fraction strictly between 0 and 1, for example 0.2.");
        }

        var cut = (int)(validationSplit * count);
        return validation ? ..cut : cut..count;
    }
}
