using CovidNotebooks.Display;

namespace CovidNotebooks.Data;

/// <summary>A dataset of the catalogue, found on disk: its official splits as tables of labelled images.</summary>
[TypeFormatterSource(typeof(DisplayedFormatters))]
public sealed class OpenedDataset : IDisplayed
{
    private OpenedDataset(DatasetInfo info, string root, DatasetSplit splits)
    {
        Info = info;
        Root = root;
        Splits = splits;
        All = new ImageDataset(info.Name, root, info.Classes, [.. splits.Parts.SelectMany(part => part.Dataset.Images)]);
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

    /// <summary>Reads the table of a dataset in a folder.</summary>
    /// <exception cref="DataException">A class or list is missing or empty, or a list names a file that is not there.</exception>
    public static OpenedDataset Open(DatasetInfo info, string root)
    {
        ArgumentNullException.ThrowIfNull(info);
        var grouping = Grouping.For(info, root);
        IEnumerable<(string Name, ImageDataset Dataset)> parts = info.Layout switch
        {
            DatasetLayout.SplitFolders => info.Splits.Keys
                .Where(split => Directory.Exists(Path.Combine(root, split)) || !info.OptionalSplits.Contains(split, StringComparer.Ordinal))
                .Select(split => (split, FromSplitFolder(info, root, split))),
            DatasetLayout.SplitLists => info.Splits.Keys.Select(split => (split, SplitLists.Read(info, root, split))),
            _ => [("all", ImageDataset.FromFolders(root, info.Name, info.Classes))],
        };
        return new OpenedDataset(info, Path.GetFullPath(root), new DatasetSplit(info.Name, [.. parts.Select(part => (part.Name, part.Dataset.Select(grouping.Apply)))]));
    }

    /// <inheritdoc/>
    public string ToHtml() => Splits.ToHtml();

    /// <inheritdoc/>
    public string ToPlainText() => Splits.ToPlainText();

    private static ImageDataset FromSplitFolder(DatasetInfo info, string root, string split)
    {
        var dataset = ImageDataset.FromFolders(Path.Combine(root, split), classNames: info.Classes);
        return new ImageDataset($"{info.Name} {split}", root, info.Classes, [.. dataset.Images.Select(image => image with { Path = $"{split}/{image.Path}" })]);
    }
}
