using System.Globalization;
using CovidNotebooks.Data;
using CovidNotebooks.Data.Imaging;
using CovidNotebooks.Display;

namespace CovidNotebooks.Audit;

/// <summary>
/// Whether a folder of pictures is external to a model's data: which of them are copies of images that the model was trained on or chosen
/// by, which are among its test images, which come twice, and which cannot be read.
/// </summary>
/// <remarks>
/// A copy is a picture whose grey levels correlate by .975 or more with a known one when the two are laid over each other, at most 28 %
/// trimmed at a side. Mirrored, turned and heavily annotated copies, and other pictures of the same patients, are not found.
/// </remarks>
public sealed class ExternalCheck : Displayed
{
    private static readonly string[] PartsThatDecide = ["train", "val"];
    private readonly ImageDataset external;

    private ExternalCheck(ImageDataset external, IReadOnlyList<ExternalImage> items)
    {
        this.external = external;
        Items = items;
    }

    /// <summary>Every picture of the folder, in its order.</summary>
    public IReadOnlyList<ExternalImage> Items { get; }

    /// <summary>Why the folder must not be evaluated as external data, in words; null when nothing speaks against it.</summary>
    public string? Refusal
    {
        get
        {
            var seen = Of(ExternalStatus.Seen);
            if (seen.Count > 0)
            {
                return string.Create(
                    CultureInfo.InvariantCulture,
                    $"Refused: {seen.Count} of the folder's {Items.Count} pictures are copies of images that the model was trained on "
                        + $"or chosen by, for example {seen[0].Image.Path} = {seen[0].Copy}. Recall on them measures memory, and a folder "
                        + $"that shares them is no other source. Take a collection that shares none.");
            }

            return Of(ExternalStatus.New).Count == 0
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"Refused: none of the folder's {Items.Count} pictures is new ({Of(ExternalStatus.HeldOut).Count} are among the "
                        + $"test images, {Of(ExternalStatus.Unreadable).Count} cannot be read). Take a collection that the model's data "
                        + $"does not hold.")
                : null;
        }
    }

    /// <summary>The pictures of one status.</summary>
    public IReadOnlyList<ExternalImage> Of(ExternalStatus status) => [.. Items.Where(item => item.Status == status)];

    /// <summary>The pictures of one status as a dataset, to be loaded and predicted.</summary>
    public ImageDataset Dataset(ExternalStatus status)
    {
        var kept = Of(status).Select(item => item.Image.Path).ToHashSet(StringComparer.Ordinal);
        return external.Where(image => kept.Contains(image.Path));
    }

    /// <summary>The new pictures, when the folder may be evaluated.</summary>
    /// <exception cref="DataException"><see cref="Refusal"/> says why not.</exception>
    public ImageDataset RequireExternal() => Refusal is { } refusal ? throw new DataException(refusal) : Dataset(ExternalStatus.New);

    /// <summary>Compares a folder's pictures with a model's data.</summary>
    /// <param name="external">The folder's pictures, see <see cref="ExternalFolder"/>.</param>
    /// <param name="known">
    /// All data of the model; the parts <c>train</c> and <c>val</c> are those that it was trained on and chosen by.
    /// </param>
    public static ExternalCheck Of(ImageDataset external, DatasetSplit known)
    {
        ArgumentNullException.ThrowIfNull(external);
        ArgumentNullException.ThrowIfNull(known);
        var images = known.Parts.SelectMany(part => part.Dataset.Images.Select(image => (
            File: part.Dataset.FullPath(image), Audited: new AuditedImage(
                part.Name, image.Path, part.Dataset.ClassNames[image.Label])))).ToArray();
        var search = new CopySearch(FileScanner.Shared.Scan([.. images.Select(image => image.File)], ScanDepth.Details));
        var files = FileScanner.Shared.Scan(external, ScanDepth.Details);
        var items = new ExternalImage[external.Count];
        Parallel.For(0, external.Count, i => items[i] = files[i] switch
        {
            { Problem: { } problem } =>
                new ExternalImage(external.Images[i], ExternalStatus.Unreadable, Copy: null, Correlation: null, problem.Found),
            { Detail: { } picture } when search.Best(picture) is { } best =>
                Compared(external.Images[i], images[best.Index].Audited, best.Correlation),
            _ => new ExternalImage(external.Images[i], ExternalStatus.New, Copy: null, Correlation: null, Problem: null),
        });
        var pictures = files.Select(file => file.Detail).ToArray();
        return new ExternalCheck(external, WithRepetitions(external, items, pictures));
    }

    /// <inheritdoc/>
    public override DisplayDocument Describe() => Table();

    private static ExternalImage Compared(LabeledImage image, AuditedImage nearest, double correlation)
    {
        var status = correlation < CopySearch.Threshold ? ExternalStatus.New
            : PartsThatDecide.Contains(nearest.Split, StringComparer.Ordinal) ? ExternalStatus.Seen
            : ExternalStatus.HeldOut;
        return new ExternalImage(image, status, status == ExternalStatus.New ? null : nearest, correlation, Problem: null);
    }

    private static ExternalImage[] WithRepetitions(ImageDataset external, ExternalImage[] items, PixelImage?[] pictures)
    {
        var readable = Enumerable.Range(0, items.Length).Where(i => pictures[i] is not null).ToArray();
        var repeated = CopySearch.Repetitions([.. readable.Select(i => pictures[i]!)]);
        foreach (var (index, first, correlation) in repeated.Select(pair => (readable[pair.Index], readable[pair.First], pair.Correlation))
            .Where(pair => items[pair.Item1].Status == ExternalStatus.New))
        {
            var copy = new AuditedImage("external", external.Images[first].Path, external.ClassNames[external.Images[first].Label]);
            items[index] = items[index] with { Status = ExternalStatus.Repeated, Copy = copy, Correlation = correlation };
        }

        return items;
    }

    private Table Table()
    {
        var table = new Table(
            string.Create(CultureInfo.InvariantCulture, $"Is the folder external? {Items.Count:N0} pictures"),
            TableColumn.Text("what"), TableColumn.Number("pictures"), TableColumn.Text("for example"));
        foreach (var (status, words) in new[]
        {
            (ExternalStatus.Seen, "copies of images that the model was trained on or chosen by"),
            (ExternalStatus.HeldOut, "copies of test images"),
            (ExternalStatus.Repeated, "the same picture twice in the folder"),
            (ExternalStatus.Unreadable, "files that cannot be read"),
            (ExternalStatus.New, "new: no copy found"),
        })
        {
            var found = Of(status);
            table.Add(
                new TableCell(words), found.Count.ToString("N0", CultureInfo.InvariantCulture), found.Count == 0 ? "" : Example(found[0]));
        }

        return table.Note(
            Refusal ??
                "Nothing speaks against the folder, as far as this search can tell: mirrored, turned and annotated copies and other "
                + "pictures of the same patients are not found.");
    }

    private static string Example(ExternalImage item) => item switch
    {
        { Problem: { } problem } => $"{item.Image.Path}: {problem}",
        { Copy: { } copy, Correlation: { } correlation } =>
            string.Create(CultureInfo.InvariantCulture, $"{item.Image.Path} = {copy}, r = {correlation:F3}"),
        _ => item.Image.Path,
    };
}
