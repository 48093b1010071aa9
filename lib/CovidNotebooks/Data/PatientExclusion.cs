using System.Globalization;
using CovidNotebooks.Display;

namespace CovidNotebooks.Data;

/// <summary>
/// Images of chest_xray that may be trained on although another experiment is tested on files of the same collection: every image is left
/// out whose number in the file name (<see cref="Grouping.ChestXrayNumber"/>) occurs there. It shows itself as a card with the counts.
/// </summary>
[TypeFormatterSource(typeof(DisplayedFormatters))]
public sealed class PatientExclusion : IDisplayed
{
    private readonly ImageDataset source;

    private PatientExclusion(ImageDataset source, ImageDataset kept, IReadOnlyList<PatientExclusionReason> reasons)
    {
        this.source = source;
        Kept = kept;
        Reasons = reasons;
    }

    /// <summary>The images that remain.</summary>
    public ImageDataset Kept { get; }

    /// <summary>How many images were left out for which reason; an image with two reasons counts for the first.</summary>
    public IReadOnlyList<PatientExclusionReason> Reasons { get; }

    /// <summary>Leaves out every image that may show a patient of the targets.</summary>
    /// <param name="source">Images with chest_xray's file names.</param>
    /// <param name="targets">
    /// The images of the other experiments, each with the reason to print; those of other collections have no number and exclude nothing.
    /// </param>
    /// <exception cref="DataException">
    /// An image of the source has no number in its name, so that nothing can be said about its patient; or nothing remains.
    /// </exception>
    public static PatientExclusion Of(ImageDataset source, params IReadOnlyList<(string Reason, ImageDataset Images)> targets)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(targets);
        var kept = source;
        var reasons = new List<PatientExclusionReason>();
        foreach (var (reason, images) in targets)
        {
            var numbers = images.Images.Select(image => Grouping.ChestXrayNumber(image.Path)).OfType<string>()
                .ToHashSet(StringComparer.Ordinal);
            var before = kept.Count;
            kept = kept.Where(image => !numbers.Contains(Number(image)));
            reasons.Add(new PatientExclusionReason(reason, images.Count, numbers.Count, before - kept.Count));
        }

        if (kept.Count == 0)
        {
            throw new DataException(
                $"No image of {source.Name} remains: all {source.Count} may show patients of "
                    + $"{string.Join("; ", targets.Select(target => target.Reason))}. Use another source.");
        }

        RequireNobodyLeft(kept, targets);
        return new PatientExclusion(source, kept, reasons);
    }

    /// <inheritdoc/>
    public string ToHtml() => AsTable().ToHtml();

    /// <inheritdoc/>
    public string ToPlainText() => AsTable().ToPlainText();

    /// <inheritdoc/>
    public override string ToString() => ToPlainText();

    /// <summary>Checks the result by another key than the one that made it: the patient and the whole file name.</summary>
    private static void RequireNobodyLeft(ImageDataset kept, IReadOnlyList<(string Reason, ImageDataset Images)> targets)
    {
        var patients = new HashSet<string>(StringComparer.Ordinal);
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var image in targets.SelectMany(target => target.Images.Images))
        {
            names.Add(Path.GetFileNameWithoutExtension(image.Path));
            if (Grouping.ChestXrayPatient(image.Path) is { } patient)
            {
                patients.Add(patient);
            }
        }

        var left = kept.Images.FirstOrDefault(
            image =>
                patients.Contains(Grouping.ChestXrayPatient(image.Path) ?? string.Empty)
                    || names.Contains(Path.GetFileNameWithoutExtension(image.Path)));
        if (left is not null)
        {
            throw new DataException(
                $"'{left.Path}' shows a patient of the targets and was not left out: the rule for file names does not fit these names.");
        }
    }

    private static string Number(LabeledImage image) => Grouping.ChestXrayNumber(image.Path)
        ?? throw new DataException(
            $"'{image.Path}' has no number of chest_xray in its name (person12_virus_34, IM-0115-0001), so nobody can say whose "
                + "picture it is. Train on files with their original names.");

    private HtmlTable AsTable()
    {
        var table = new HtmlTable(
            string.Create(CultureInfo.InvariantCulture, $"{source.Name}: {Kept.Count:N0} of {source.Count:N0} images remain"),
            TableColumn.Text("left out, because the number in the file name occurs in"),
            TableColumn.Number("its images"),
            TableColumn.Number("numbers"),
            TableColumn.Number("left out here"));
        foreach (var reason in Reasons)
        {
            table.Add(reason.Reason, Count(reason.TargetImages), Count(reason.TargetNumbers), Count(reason.LeftOut));
        }

        return table
            .Note($"Remaining: {string.Join(", ", Kept.ClassNames.Select((name, label) => $"{name} {Count(Kept.CountsByClass[label])}"))}.")
            .Note("Checked: no patient (number and type) and no file name of these sets remains.");
    }

    private static string Count(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}

/// <summary>Why images were left out.</summary>
/// <param name="Reason">The set whose patients must not be trained on.</param>
/// <param name="TargetImages">Its images.</param>
/// <param name="TargetNumbers">Different numbers in their names.</param>
/// <param name="LeftOut">Images left out for it.</param>
public sealed record PatientExclusionReason(string Reason, int TargetImages, int TargetNumbers, int LeftOut);
