using CovidNotebooks.Display;

namespace CovidNotebooks.Data;

/// <summary>A dataset of the catalogue, found on disk: its official splits as tables of labelled images.</summary>
public sealed class OpenedDataset : Displayed
{
    private OpenedDataset(DatasetInfo info, string root, DatasetSplit splits, IReadOnlyList<string> missing, IReadOnlySet<string> known)
    {
        Missing = missing;
        Known = known;
        Info = info;
        Root = root;
        Splits = splits;
        All = new ImageDataset(info.Name, root, info.Classes, [.. splits.Parts.SelectMany(part => part.Dataset.Images)])
        {
            Collection = info.Name,
        };
    }

    /// <summary>What the catalogue says.</summary>
    public DatasetInfo Info { get; }

    /// <summary>Its folder.</summary>
    public string Root { get; }

    /// <summary>The official splits; a dataset without any has the one part <c>all</c>.</summary>
    public DatasetSplit Splits { get; }

    /// <summary>All images of all splits.</summary>
    public ImageDataset All { get; }

    /// <summary>The training images.</summary>
    /// <exception cref="DataException">The dataset has no such split.</exception>
    public ImageDataset Train => Splits["train"];

    /// <summary>The test images.</summary>
    /// <exception cref="DataException">The dataset has no such split.</exception>
    public ImageDataset Test => Splits["test"];

    /// <summary>The validation images, or null when the copy has none.</summary>
    public ImageDataset? Validation => Splits.Find("val");

    /// <summary>Paths that the official lists name and that are not there.</summary>
    internal IReadOnlyList<string> Missing { get; }

    /// <summary>Paths that lists or tables of the set name, there or not; empty where nothing names them.</summary>
    internal IReadOnlySet<string> Known { get; }

    /// <summary>Reads the table of a dataset in a folder.</summary>
    /// <exception cref="DataException">A class or list is missing or empty, or a list names a file that is not there.</exception>
    public static OpenedDataset Open(DatasetInfo info, string root)
    {
        var opened = Examine(info, root);
        return opened.Missing.Count == 0 ? opened : throw SplitLists.Error(opened.Root, opened.Missing);
    }

    /// <summary>
    /// The same, except that listed files that are not there are told in <see cref="Missing"/> instead of being an error.
    /// </summary>
    /// <exception cref="DataException">A class or list is missing or empty.</exception>
    internal static OpenedDataset Examine(DatasetInfo info, string root)
    {
        ArgumentNullException.ThrowIfNull(info);
        var grouping = Grouping.For(info, root);
        var missing = new List<string>();
        IEnumerable<(string Name, ImageDataset Dataset)> parts = info.Layout switch
        {
            DatasetLayout.SplitFolders => info.Splits.Keys
                .Where(split => Directory.Exists(Path.Combine(root, split)) || !info.OptionalSplits.Contains(split, StringComparer.Ordinal))
                .Select(split => (split, FromSplitFolder(info, root, split))),
            DatasetLayout.SplitLists => info.Splits.Keys.Select(split => (split, Listed(split))),
            _ => [("all", ImageDataset.FromFolders(root, info.Name, info.Classes))],
        };
        (string Name, ImageDataset Dataset)[] read = [.. parts];
        var notes = grouping.Compare([.. read.SelectMany(part => part.Dataset.Images)]);
        var splits = new DatasetSplit(
            info.Name, [.. read.Select(part => (part.Name, part.Dataset.Select(grouping.Apply).From(info.Name)))], notes)
        {
            Rule = new ShippedSplit(),
        };
        var known = info.Layout == DatasetLayout.SplitLists
            ? splits.Parts.SelectMany(part => part.Dataset.Images.Select(image => image.Path)).Concat(missing)
            : grouping.KnownPaths;
        return new OpenedDataset(info, Path.GetFullPath(root), splits, missing, known.ToHashSet(StringComparer.Ordinal));

        ImageDataset Listed(string split)
        {
            var (dataset, absent) = SplitLists.Read(info, root, split);
            missing.AddRange(absent);
            return dataset;
        }
    }

    /// <inheritdoc/>
    public override DisplayDocument Describe() => Splits.Describe();

    private static ImageDataset FromSplitFolder(DatasetInfo info, string root, string split)
    {
        var dataset = ImageDataset.FromFolders(Path.Combine(root, split), classNames: info.Classes);
        return new ImageDataset(
            $"{info.Name} {split}", root, info.Classes, [.. dataset.Images.Select(image => image with { Path = $"{split}/{image.Path}" })]);
    }
}
