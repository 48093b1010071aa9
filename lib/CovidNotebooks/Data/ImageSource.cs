using CovidNotebooks.Display;

namespace CovidNotebooks.Data;

/// <summary>
/// Where an experiment's images come from: the data folder, where it holds every set that the experiment needs, or else phantoms for all
/// of them. The two are never mixed.
/// </summary>
public sealed class ImageSource
{
    private readonly string phantomFolder;
    private readonly PhantomOptions phantoms;

    private ImageSource(DataFolder folder, string phantomFolder, PhantomOptions phantoms, bool arePhantoms)
    {
        this.phantomFolder = phantomFolder;
        this.phantoms = phantoms;
        Folder = folder;
        ArePhantoms = arePhantoms;
    }

    /// <summary>The data folder that was looked in.</summary>
    public DataFolder Folder { get; }

    /// <summary>Whether phantoms are drawn, because a set that is needed was not found.</summary>
    public bool ArePhantoms { get; }

    /// <summary>
    /// Looks for sets, as the notebooks do: in the folder that was named, else that of <c>COVIDNOTEBOOKS_DATA</c>, else the project's
    /// <c>data</c>.
    /// </summary>
    /// <param name="data">The folder that was named; null for none.</param>
    /// <param name="phantomFolder">Where phantoms are kept.</param>
    /// <param name="phantoms">Which phantoms to draw where a set is missing.</param>
    /// <param name="needed">The sets; all are opened, or none.</param>
    public static ImageSource Find(string? data, string phantomFolder, PhantomOptions phantoms, params IReadOnlyList<DatasetInfo> needed)
    {
        ArgumentNullException.ThrowIfNull(phantoms);
        ArgumentNullException.ThrowIfNull(needed);
        var folder = DataFolder.Resolve(data, Environment.GetEnvironmentVariable, "..");
        return new ImageSource(folder, phantomFolder, phantoms, needed.Any(info => folder.Find(info) is null));
    }

    /// <summary>
    /// The official parts of a set, or phantoms in parts and classes of the same names: the ill in place of the ill, whole groups in each
    /// part.
    /// </summary>
    /// <param name="info">One of the sets that are needed.</param>
    /// <exception cref="DataException">The set is not laid out as expected.</exception>
    public DatasetSplit Open(DatasetInfo info)
    {
        ArgumentNullException.ThrowIfNull(info);
        if (!ArePhantoms)
        {
            return Folder.Open(info).Splits;
        }

        var drawn = Phantoms.Create(phantomFolder, phantoms);
        var (train, test) = (Named(drawn["train"], info), Named(drawn["test"], info));
        IReadOnlyList<(string Name, ImageDataset Dataset)> parts = info.Layout == DatasetLayout.ClassFolders
            && !info.Splits.ContainsKey("test") ? [("all", train)]
            : info.Splits.ContainsKey("val") && !info.OptionalSplits.Contains("val", StringComparer.Ordinal)
                ? [.. Splitter.Grouped(train, phantoms.Seed, ("train", .7), ("val", .3)).Parts, ("test", test)]
            : [("train", train), ("test", test)];
        return new DatasetSplit("Phantoms", parts);
    }

    /// <summary>
    /// What a reader must know before any number: which images these are, and, where they are phantoms, that their numbers mean nothing.
    /// </summary>
    /// <param name="sets">The parts that are used.</param>
    public Paragraph Notice(DatasetSplit sets)
    {
        ArgumentNullException.ThrowIfNull(sets);
        var counts = string.Join(", ", sets.Parts.Select(part =>
            $"{DisplayedNumber.Counted(part.Dataset.Count, "image", "images")} in {part.Name}"));
        return ArePhantoms
            ? new Paragraph(
                $"PHANTOMS: the images of patients were not found in {Folder.ChosenBy}, so this run is on synthetic pictures that the kit "
                    + $"draws ({counts}). Its numbers say nothing about any disease. data/README.md says how to get the real ones.",
                ParagraphKind.Warning)
            : new Paragraph($"{sets.Parts[0].Dataset.Info?.Title ?? sets.Parts[0].Dataset.Name}: {counts}.", ParagraphKind.Finding);
    }

    private static bool IsHealthy(string className) =>
        className.Contains("normal", StringComparison.OrdinalIgnoreCase) || className.Contains("non", StringComparison.OrdinalIgnoreCase);

    private ImageDataset Named(ImageDataset drawn, DatasetInfo info)
    {
        string[] order = [.. info.Classes.Select(name => phantoms.ClassNames[IsHealthy(name) ? 1 - phantoms.IllClass : phantoms.IllClass])];
        return drawn.WithClassOrder(order).WithClassNames(info.Classes);
    }
}
