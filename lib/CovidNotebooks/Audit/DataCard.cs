using System.Globalization;
using CovidNotebooks.Data;
using CovidNotebooks.Data.Imaging;
using CovidNotebooks.Display;

namespace CovidNotebooks.Audit;

/// <summary>
/// What a dataset's files are: counts, sizes, formats, colour modes by class, files that cannot be read, licence and origin.
/// </summary>
/// <remarks>
/// Differences between the classes in anything but anatomy are shortcuts that a model can learn; the card puts them side by side.
/// </remarks>
public sealed class DataCard : Displayed
{
    private readonly ImageDataset dataset;
    private readonly DatasetInfo? info;
    private readonly IReadOnlyList<ScannedFile> files;

    private DataCard(ImageDataset dataset, DatasetInfo? info, IReadOnlyList<ScannedFile> files)
    {
        Depths = DepthSurvey.Of(dataset, files);
        this.dataset = dataset;
        this.info = info;
        this.files = files;
        BadFiles =
        [
            .. files.Select((file, i) => (dataset.Images[i].Path, file.Problem?.Found!)).Where(file => file.Item2 is not null)
            .OrderBy(file => file.Path, StringComparer.Ordinal),
        ];
    }

    /// <summary>Files that cannot be read, with what is wrong.</summary>
    public IReadOnlyList<(string Path, string Reason)> BadFiles { get; }

    /// <summary>How deep the files are, and how much of that they use.</summary>
    public DepthSurvey Depths { get; }

    /// <summary>
    /// Reads every file once, see <see cref="FileScanner"/>; audit and probes of the same images then open none of them again.
    /// </summary>
    /// <param name="dataset">The images.</param>
    /// <param name="info">What the catalogue says, for licence, origin and notes; null for what the data set itself knows.</param>
    /// <param name="limits">What a file may cost at most; null for the default.</param>
    public static DataCard Of(ImageDataset dataset, DatasetInfo? info = null, ImageLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        return new DataCard(dataset, info ?? dataset.Info, FileScanner.For(limits).Scan(dataset, ScanDepth.Pictures));
    }

    /// <inheritdoc/>
    public override DisplayDocument Describe() => new DisplayDocument(Table())
        .Fold("Origin, licence, citation, and what is known to be wrong with these images", Origin());

    private Table Table()
    {
        var classes = Enumerable.Range(0, dataset.ClassNames.Count).ToArray();
        var table = new Table(
            $"Data card: {info?.Title ?? dataset.Name}",
            [TableColumn.Text(""), .. dataset.ClassNames.Select(TableColumn.Number), TableColumn.Number("all")]);
        void Row(string name, Func<IReadOnlyList<int>, string> value) =>
            table.Add([name, .. classes.Select(label => (TableCell)value(Indices(label))), value(Indices(null))]);

        Row("images", indices => Text(indices.Count));
        Row("groups", indices => Distinct(indices, image => image.Group));
        Row("sources", indices => Distinct(indices, image => image.Source));
        Row("width, pixels (min / median / max)", indices => Spread(indices, header => header.Width));
        Row("height, pixels (min / median / max)", indices => Spread(indices, header => header.Height));
        Row("formats", indices => Shares(Headers(indices), FormatText));
        Row("colour modes", indices => Shares(Headers(indices), header => header.Mode));
        Row("bits used and stored", indices => Shares(indices.Select(index => files[index].Depth), file => file.Name));
        Row("cannot be read", indices => Text(indices.Count(index => files[index].Problem is not null)));
        foreach (var (path, reason) in BadFiles.Take(20))
        {
            table.Note($"Cannot be read: {path}: {reason}");
        }

        foreach (var sentence in new[] { Depths.EarlySentence(20), Depths.ClassFlag }.OfType<string>().Concat(dataset.Notes))
        {
            table.Note(sentence);
        }

        return table;
    }

    private DisplayDocument Origin() =>
        info is null ? new DisplayDocument()
        : new BulletList(
            [
                $"Origin: {info.Origin}. {info.Url}",
                $"Licence: {info.Licence}",
                $"Cite: {info.Citation}",
                .. info.Notes.Select(note => $"Note: {note}"),
            ]);

    private IEnumerable<ImageHeader?> Headers(IEnumerable<int> indices) => indices.Select(index => files[index].Header);

    private List<int> Indices(int? label) =>
    [
        .. Enumerable.Range(0, dataset.Count).Where(index => label is null || dataset.Images[index].Label == label),
    ];

    private string Distinct(IReadOnlyList<int> indices, Func<LabeledImage, string?> key)
    {
        var known = indices.Select(index => key(dataset.Images[index])).OfType<string>().Distinct(StringComparer.Ordinal).Count();
        var unknown = indices.Count(index => key(dataset.Images[index]) is null);
        return known == 0 ? "unknown" : unknown == 0 ? Text(known) : $"{Text(known)} known, {Text(unknown)} images unknown";
    }

    private string Spread(IReadOnlyList<int> indices, Func<ImageHeader, int> value)
    {
        var sorted = Headers(indices).OfType<ImageHeader>().Select(value).Order().ToArray();
        return sorted.Length == 0 ? "-" : sorted[0] == sorted[^1] ? $"all {sorted[0]}" : $"{sorted[0]} / {Median(sorted)} / {sorted[^1]}";
    }

    /// <summary>The middle value, or the mean of the two middle ones, which may end in a half.</summary>
    private static string Median(int[] sorted) =>
        ((sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2.0).ToString("0.#", CultureInfo.InvariantCulture);

    private static string FormatText(ImageHeader header) =>
        header.Format.ToString().ToUpperInvariant()
            + (header is { Format: ImageFileFormat.Jpeg, IsProgressive: true } ? " progressive" : "");

    private static string Shares<T>(IEnumerable<T?> items, Func<T, string> value)
        where T : class
    {
        var groups = items.OfType<T>().CountBy(value)
            .OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).ToArray();
        return groups.Length == 1 ? $"all {groups[0].Key}" : string.Join(", ", groups.Select(pair => $"{pair.Key} {Text(pair.Value)}"));
    }

    private static string Text(int count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
