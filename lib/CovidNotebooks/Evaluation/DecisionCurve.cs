using CovidNotebooks.Display;

namespace CovidNotebooks.Evaluation;

/// <summary>One threshold of a <see cref="DecisionCurve"/>.</summary>
/// <param name="Threshold">An image is called positive from this score on; it says how many false alarms a hit is worth.</param>
/// <param name="Model">Net benefit of following the model.</param>
/// <param name="All">Of calling every image positive.</param>
public sealed record NetBenefit(double Threshold, double Model, double All)
{
    /// <summary>Whether the model is better than both calling all and calling none positive.</summary>
    public bool ModelIsBest => Model > Math.Max(0, All);
}

/// <summary>
/// Decision-curve analysis (Vickers and Elkin 2006): the net benefit TP / n - FP / n · t / (1 - t) over thresholds t, beside calling all
/// and calling none (0) positive. At
/// the share of positives of these images: elsewhere it is another. For research and teaching, never for a decision about a person.
/// </summary>
public sealed class DecisionCurve : Displayed
{
    private readonly string positiveClass;

    private DecisionCurve(IReadOnlyList<NetBenefit> points, string positiveClass)
    {
        Points = points;
        this.positiveClass = positiveClass;
    }

    /// <summary>One a threshold, in order.</summary>
    public IReadOnlyList<NetBenefit> Points { get; }

    /// <summary>Computes the curve.</summary>
    /// <param name="predictions">Scores that are probabilities; other classes than the positive count as negative.</param>
    /// <param name="thresholds">Each above 0 and below 1; .05, .10 … .95 by default.</param>
    /// <exception cref="UndefinedMetricException">There are no images, or the scores are no probabilities.</exception>
    public static DecisionCurve Of(Predictions predictions, IReadOnlyList<double>? thresholds = null)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        thresholds ??= [.. Enumerable.Range(1, 19).Select(step => step / 20.0)];
        if (thresholds.FirstOrDefault(threshold => !(threshold > 0 && threshold < 1), .5) is var wrong && wrong != .5)
        {
            throw new ArgumentOutOfRangeException(nameof(thresholds), wrong, "A threshold of a decision curve lies above 0 and below 1.");
        }

        ProbabilityMetrics.Check("net benefit", predictions.Labels, predictions.PositiveScores);
        double n = predictions.Count, positives = predictions.Labels.Count(label => label == predictions.PositiveClass);
        return new DecisionCurve(
            [.. thresholds.Order().Select(threshold =>
            {
                var odds = threshold / (1 - threshold);
                var called = predictions.Items.Where(item => item.Scores[predictions.PositiveClass] >= threshold).ToArray();
                var hits = called.Count(item => item.Label == predictions.PositiveClass);
                return new NetBenefit(threshold, (hits / n) - ((called.Length - hits) / n * odds),
                    (positives / n) - ((n - positives) / n * odds));
            })],
            predictions.ClassNames[predictions.PositiveClass]);
    }

    /// <inheritdoc/>
    public override DisplayDocument Describe() => AsTable();

    /// <summary>The curve as a table.</summary>
    public Table AsTable()
    {
        var table = new Table(
            $"Net benefit, positive class {positiveClass}", TableColumn.Number("threshold"), TableColumn.Number("model"),
                TableColumn.Number($"all are {positiveClass}"), TableColumn.Number("none is"));
        foreach (var point in Points)
        {
            table.Add(DisplayedNumber.Fixed(point.Threshold, 2), new TableCell(DisplayedNumber.Fixed(point.Model), point.ModelIsBest),
                DisplayedNumber.Fixed(point.All), DisplayedNumber.Fixed(0));
        }

        return table.Note($"The model is better than both other ways at {Points.Count(point => point.ModelIsBest)} of {Points.Count} "
            + $"thresholds, at the share of {positiveClass} of these images.");
    }
}
