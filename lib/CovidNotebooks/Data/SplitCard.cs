using System.Globalization;
using CovidNotebooks.Display;

namespace CovidNotebooks.Data;

/// <summary>How a dataset was cut: images per part and class, groups per part, and images or groups that are in two parts.</summary>
public sealed class SplitCard : Displayed
{
    private readonly string title;
    private readonly IReadOnlyList<(string Name, ImageDataset Dataset)> parts;

    /// <summary>Counts the parts.</summary>
    /// <param name="title">What was split, and how.</param>
    /// <param name="parts">The parts by name; all have the same classes.</param>
    /// <param name="notes">
    /// Sentences about the groups, for example of a table of patients that does not fit; shown below the counts.
    /// </param>
    public SplitCard(string title, IReadOnlyList<(string Name, ImageDataset Dataset)> parts, IReadOnlyList<string>? notes = null)
    {
        ArgumentNullException.ThrowIfNull(parts);
        Notes = notes ?? [];
        this.title = title;
        this.parts = parts;
        SharedImages = Shared(image => image.Path);
        SharedGroups = Shared(image => image.Group);
    }

    /// <summary>Paths that are in more than one part, each with those parts.</summary>
    public IReadOnlyList<(string Name, IReadOnlyList<string> Parts)> SharedImages { get; }

    /// <summary>Groups (patients) that are in more than one part, each with those parts.</summary>
    public IReadOnlyList<(string Name, IReadOnlyList<string> Parts)> SharedGroups { get; }

    /// <summary>Images whose group is unknown: whether they share a patient with another part cannot be told.</summary>
    public int GroupsUnknown => parts.Sum(part => part.Dataset.Images.Count(image => image.Group is null));

    /// <summary>Sentences about the groups, for example of a table of patients that does not fit.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>True when no image and no known group is in two parts.</summary>
    public bool IsDisjoint => SharedImages.Count == 0 && SharedGroups.Count == 0;

    /// <inheritdoc/>
    public override DisplayDocument Describe() => Table();

    private Table Table()
    {
        var classes = parts[0].Dataset.ClassNames;
        var table = new Table(
            title,
            [TableColumn.Text("split"), .. classes.Select(TableColumn.Number), TableColumn.Number("total"), TableColumn.Number("groups")]);
        foreach (var (name, dataset) in parts)
        {
            table.Add(
                [
                    name,
                    .. dataset.CountsByClass.Select(count => (TableCell)$"{Text(count)} ({Share(count, dataset.Count)})"),
                    Text(dataset.Count),
                    dataset.GroupCount == 0 ? "unknown" : Text(dataset.GroupCount),
                ]);
        }

        if (parts.Count > 1)
        {
            table.Note(
                SharedImages.Count == 0 ? "No file is in two splits."
                : $"{DisplayedNumber.Counted(SharedImages.Count, "file is", "files are")} in two splits: {Examples(SharedImages)}");
            var shared = $"{DisplayedNumber.Counted(SharedGroups.Count, "group is", "groups are")} in two splits: {Examples(SharedGroups)}";
            table.Note(parts.All(part => part.Dataset.GroupCount == 0)
                ? "Groups are not known, so nothing can be said about groups in two splits."
                : SharedGroups.Count == 0 ? "No known group is in two splits." : shared);
        }

        if (GroupsUnknown > 0 && parts.Any(part => part.Dataset.GroupCount > 0))
        {
            table.Note(
                string.Create(
                    CultureInfo.InvariantCulture, $"Groups unknown for {DisplayedNumber.Counted(GroupsUnknown, "image", "images")}."));
        }

        foreach (var note in Notes)
        {
            table.Note(note);
        }

        return table;
    }

    private List<(string Name, IReadOnlyList<string> Parts)> Shared(Func<LabeledImage, string?> key) =>
    [
        .. parts.SelectMany(
            part => part.Dataset.Images.Select(key).OfType<string>().Distinct(StringComparer.Ordinal).Select(name => (name, part.Name)))
            .GroupBy(pair => pair.name, pair => pair.Name, StringComparer.Ordinal)
            .Where(pair => pair.Count() > 1)
            .Select(pair => (pair.Key, (IReadOnlyList<string>)[.. pair])),
    ];

    private static string Examples(IReadOnlyList<(string Name, IReadOnlyList<string> Parts)> shared) =>
        string.Join("; ", shared.Take(3).Select(item => $"{item.Name} ({string.Join(", ", item.Parts)})")) + (shared.Count > 3 ? " …" : "");

    private static string Text(int count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string Share(int count, int total) =>
        total == 0 ? "-" : (count / (double)total).ToString("P0", CultureInfo.InvariantCulture);
}
