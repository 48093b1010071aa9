using CovidNotebooks.Display;
using MathNet.Numerics.RootFinding;

namespace CovidNotebooks.Evaluation;

/// <summary>
/// Temperature scaling (Guo, Pleiss, Sun and Weinberger, ICML 2017): logits are divided by one number, chosen on validation images so that
/// their log loss is least. It changes
/// how sure a model is, not what it answers. Scores of a softmax are turned back into logits by their logarithm.
/// </summary>
public sealed class TemperatureScaling
{
    private const double Coolest = .01;
    private const double Hottest = 100;

    private TemperatureScaling(double temperature, int images, double before, double after)
    {
        Temperature = temperature;
        Images = images;
        LogLossBefore = before;
        LogLossAfter = after;
    }

    /// <summary>Above 1 where the model was too sure.</summary>
    public double Temperature { get; }

    /// <summary>Validation images that it was chosen on.</summary>
    public int Images { get; }

    /// <summary>Of the validation images with the model's own scores.</summary>
    public double LogLossBefore { get; }

    /// <summary>Of the validation images with the scaled scores.</summary>
    public double LogLossAfter { get; }

    /// <summary>Chooses the temperature.</summary>
    /// <param name="validation">
    /// Answers about validation images, never those that results are reported for; scores that are probabilities and sum to 1.
    /// </param>
    /// <exception cref="UndefinedMetricException">
    /// There are no images, the scores are no probabilities, or the answers are all right or the like, so that no temperature between .01
    /// and 100 is best.
    /// </exception>
    public static TemperatureScaling Of(Predictions validation)
    {
        ArgumentNullException.ThrowIfNull(validation);
        if (validation.Count == 0)
        {
            throw new UndefinedMetricException("temperature", "there are 0 images, it needs at least 1.");
        }

        var logits = validation.Items.Select(item => LogitsOf(item.Scores)).ToArray();
        var labels = validation.Labels;

        // The log loss is convex in the inverse temperature: its slope has one zero.
        double Slope(double inverse) => logits.Select((own, i) => Scaled(own, inverse).Zip(own, (score, logit) => score * logit)
            .Sum() - own[labels[i]]).Average();
        double low = 1 / Hottest, high = 1 / Coolest;
        if (!(Slope(low) < 0 && Slope(high) > 0))
        {
            throw new UndefinedMetricException("temperature",
                $"the log loss of these {validation.Count} images has no minimum between the temperatures {Coolest} and {Hottest}: all "
                    + "answers are right, or the scores do not tell the classes apart. It needs more validation images.");
        }

        var inverse = Brent.FindRoot(Slope, low, high, 1e-10, 200);
        double Loss(double own) => logits.Select((row, i) =>
            -Math.Log(Math.Max(Scaled(row, own)[labels[i]], ProbabilityMetrics.LogLossEpsilon))).Average();
        return new TemperatureScaling(1 / inverse, validation.Count, Loss(1), Loss(inverse));
    }

    /// <summary>
    /// Chooses the temperature on validation answers and shows raw beside scaled calibration on test answers; a sentence with the reason
    /// where none can be chosen.
    /// </summary>
    /// <param name="validation">Answers about validation images, never those that results are reported for.</param>
    /// <param name="test">The same model's answers about test images.</param>
    /// <param name="options">The seed of the redrawn labels.</param>
    public static DisplayDocument Report(Predictions validation, Predictions test, EvaluationOptions? options = null)
    {
        try
        {
            return new DisplayDocument(Of(validation).Beside(test, options));
        }
        catch (UndefinedMetricException undefined)
        {
            return new DisplayDocument().Say("No temperature: " + undefined.Missing, ParagraphKind.Note);
        }
    }

    /// <summary>The same answers with scaled scores; decisions stay as they were.</summary>
    /// <exception cref="UndefinedMetricException">The scores are no probabilities that sum to 1.</exception>
    public Predictions Apply(Predictions predictions)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        return new Predictions(
            predictions.ClassNames,
            [.. predictions.Items.Select(item => item with { Scores = Scaled(LogitsOf(item.Scores), 1 / Temperature),
                Decision = item.PredictedLabel })],
            predictions.PositiveClass);
    }

    /// <summary>Raw beside scaled calibration on test images.</summary>
    /// <param name="test">Answers about test images with the model's own scores.</param>
    /// <param name="options">The seed of the redrawn labels.</param>
    public Table Beside(Predictions test, EvaluationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(test);
        var (raw, scaled) = (EvaluationReport.Of(test, options), EvaluationReport.Of(Apply(test), options));
        var table = new Table(
            $"Calibration on {test.Count} test images, temperature {DisplayedNumber.Fixed(Temperature)} from {Images} validation images",
            TableColumn.Text("metric"), TableColumn.Number("raw"), TableColumn.Number("scaled"));
        foreach (var (before, after) in raw.Estimates.Zip(scaled.Estimates)
            .Where(pair => pair.First.Metric.Direction == MetricDirection.LowerIsBetter))
        {
            table.Add(before.Metric.Words, Text(before), Text(after));
        }

        return table.Note($"Log loss of the validation images: {DisplayedNumber.Fixed(LogLossBefore)} raw, "
            + $"{DisplayedNumber.Fixed(LogLossAfter)} scaled. Answers, and with them accuracy, stay as they were.");
    }

    private static string Text(MetricEstimate estimate) =>
        (estimate.Value is { } value ? DisplayedNumber.Fixed(value) : DisplayedNumber.None)
            + (estimate.Interval is { } interval ? " " + interval.ToText() : "");

    private static double[] LogitsOf(IReadOnlyList<double> scores) =>
        scores.All(score => score is >= 0 and <= 1) && Math.Abs(scores.Sum() - 1) < 1e-3
            ? [.. scores.Select(score => Math.Log(Math.Max(score, ProbabilityMetrics.LogLossEpsilon)))]
            : throw new UndefinedMetricException("temperature",
            "the scores are no probabilities that sum to 1. Apply the model's softmax first; two sigmoids have no common temperature.");

    private static double[] Scaled(double[] logits, double inverse)
    {
        var most = logits.Max();
        var powers = Array.ConvertAll(logits, logit => Math.Exp((logit - most) * inverse));
        var sum = powers.Sum();
        return Array.ConvertAll(powers, power => power / sum);
    }
}
