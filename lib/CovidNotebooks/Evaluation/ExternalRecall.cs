using System.Globalization;
using CovidNotebooks.Display;

namespace CovidNotebooks.Evaluation;

/// <summary>
/// How many pictures of one class from elsewhere a finished model finds: recall with Wilson's interval, by picture and, where patients are
/// known, by patient. Nothing else can be measured without pictures of the other class from the same place.
/// </summary>
public sealed class ExternalRecall : Displayed
{
    private readonly string className;
    private readonly double confidence;
    private readonly bool phantoms;

    private ExternalRecall(
        string className, Proportion images, Proportion? patients, int unreadable, double confidence, bool phantoms)
    {
        this.phantoms = phantoms;
        this.className = className;
        this.confidence = confidence;
        Images = images;
        Patients = patients;
        Unreadable = unreadable;
    }

    /// <summary>Pictures found, of those that could be read.</summary>
    public Proportion Images { get; }

    /// <summary>
    /// Wilson's interval of <see cref="Images"/>. It takes pictures for independent; with several of one patient it is too narrow.
    /// </summary>
    public Interval ImagesInterval => Wilson.Interval(Images.Successes, Images.Count, confidence);

    /// <summary>Patients of whom every picture was found; null unless the patient of each picture is known.</summary>
    public Proportion? Patients { get; }

    /// <summary>Wilson's interval of <see cref="Patients"/>.</summary>
    public Interval? PatientsInterval => Patients?.WilsonInterval(confidence);

    /// <summary>Files that could not be read.</summary>
    public int Unreadable { get; }

    /// <summary>Pictures found of all files, those that cannot be read counted as missed.</summary>
    public Proportion WithUnreadableMissed => new(Images.Successes, Images.Count + Unreadable);

    /// <summary>Counts.</summary>
    /// <param name="predictions">The model's answers; all pictures are of one class.</param>
    /// <param name="unreadable">Files of the folder that could not be read; at least 0.</param>
    /// <param name="confidence">Of the intervals; .95 by default.</param>
    /// <param name="phantoms">
    /// Whether the model has learnt from phantoms, drawn pictures: then its answers mean nothing whatever the pictures are, and the title
    /// says so.
    /// </param>
    /// <exception cref="ArgumentException">The pictures are of several classes.</exception>
    /// <exception cref="UndefinedMetricException">There is no picture.</exception>
    public static ExternalRecall Of(
        Predictions predictions, int unreadable = 0, double confidence = .95, bool phantoms = false)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        ArgumentOutOfRangeException.ThrowIfNegative(unreadable);
        if (predictions.Count == 0)
        {
            throw new UndefinedMetricException("recall", "there are 0 pictures, it needs at least 1.");
        }

        var label = predictions.Labels[0];
        if (predictions.Labels.Any(other => other != label))
        {
            throw new ArgumentException(
                "The pictures are of several classes "
                    + $"({string.Join(", ", predictions.Labels.Distinct().Select(other => predictions.ClassNames[other]))}). Recall is of "
                    + "one: evaluate each class alone, or use EvaluationReport.",
                nameof(predictions));
        }

        var patients = predictions.Items.GroupBy(item => item.Group, StringComparer.Ordinal).ToArray();
        return new ExternalRecall(
            predictions.ClassNames[label],
            new Proportion(predictions.Items.Count(item => item.IsCorrect), predictions.Count),
            predictions.Items.All(item => item.Group is not null)
                ? new Proportion(patients.Count(patient => patient.All(item => item.IsCorrect)), patients.Length)
                : null,
            unreadable,
            confidence,
            phantoms);
    }

    /// <inheritdoc/>
    public override DisplayDocument Describe() => Table();

    private Table Table()
    {
        var table = new Table(
            $"Recall of {className} in pictures from elsewhere{(phantoms ? ", by a model of PHANTOMS: worthless" : "")}",
            TableColumn.Text("counted"), TableColumn.Number("found"), TableColumn.Number(
                $"{DisplayedNumber.Fixed(confidence * 100, 0)} % interval (Wilson)"));
        table.Add("pictures", Images.ToString(), ImagesInterval.ToText());
        if (Patients is { } patients)
        {
            table.Add("patients of whom every picture was found", patients.ToString(), PatientsInterval!.Value.ToText());
            if (patients.Count < Images.Count)
            {
                table.Note("Several pictures are of one patient: the interval by picture is too narrow.");
            }
        }
        else
        {
            table.Note("The patients are not known; if some have several pictures, the interval is too narrow.");
        }

        if (Unreadable > 0)
        {
            table.Add(
                "pictures, unreadable ones counted as missed",
                WithUnreadableMissed.ToString(),
                WithUnreadableMissed.WilsonInterval(confidence)!.Value.ToText());
        }

        return table.Note(string.Create(
            CultureInfo.InvariantCulture,
            $"{Unreadable} files could not be read. All pictures are {className}: "
                + $"how many others the model would call so cannot be seen here."));
    }
}
