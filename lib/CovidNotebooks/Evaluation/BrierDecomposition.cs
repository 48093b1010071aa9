using CovidNotebooks.Display;

namespace CovidNotebooks.Evaluation;

/// <summary>
/// Brier's score as reliability - resolution + uncertainty (Murphy 1973), with what lies within the bins (Stephenson, Coelho and Jolliffe
/// 2008), so that the parts add up exactly.
/// </summary>
/// <param name="Brier">Mean squared error of the scores.</param>
/// <param name="Reliability">Mean squared gap between the mean score of a bin and its share of positives: 0 is best.</param>
/// <param name="Resolution">How far the shares of the bins lie from the share of all: more is better.</param>
/// <param name="Uncertainty">What saying the share of all to everybody would cost.</param>
/// <param name="WithinBins">Variance of the scores within bins less twice their covariance with the outcome.</param>
public sealed record BrierDecomposition(double Brier, double Reliability, double Resolution, double Uncertainty, double WithinBins)
    : DisplayedRecord
{
    /// <summary>Takes a model's scores apart.</summary>
    /// <param name="predictions">Two classes; scores that are probabilities.</param>
    /// <param name="bins">Of equal width; 10 by default.</param>
    /// <exception cref="UndefinedMetricException">There are no images, or the scores are no probabilities.</exception>
    public static BrierDecomposition Of(Predictions predictions, int bins = 10)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        var curve = CalibrationCurve.OfPositiveClass(predictions.Labels, predictions.PositiveScores, predictions.PositiveClass, bins);
        var brier = ProbabilityMetrics.Brier(predictions.Labels, predictions.PositiveScores, predictions.PositiveClass);
        double n = predictions.Count, share = predictions.Labels.Count(label => label == predictions.PositiveClass) / n;
        var filled = curve.Bins.Where(bin => bin.Count > 0).ToArray();
        var reliability = filled.Sum(bin => bin.Count / n * Square(bin.MeanScore!.Value - bin.Fraction!.Value));
        var resolution = filled.Sum(bin => bin.Count / n * Square(bin.Fraction!.Value - share));
        var uncertainty = share * (1 - share);
        return new BrierDecomposition(brier, reliability, resolution, uncertainty, brier - (reliability - resolution + uncertainty));
    }

    /// <inheritdoc/>
    public override DisplayDocument Describe() => AsCard();

    /// <inheritdoc/>
    public override string ToString() => ToPlainText();

    private static double Square(double value) => value * value;

    internal Card AsCard() => new Card("Brier score, taken apart")
        .Add("Brier score", DisplayedNumber.Fixed(Brier, 4))
        .Add("= reliability (0 is best)", DisplayedNumber.Fixed(Reliability, 4))
        .Add("- resolution (more is better)", DisplayedNumber.Fixed(Resolution, 4))
        .Add("+ uncertainty (of the share alone)", DisplayedNumber.Fixed(Uncertainty, 4))
        .Add("+ within bins", DisplayedNumber.Fixed(WithinBins, 4));
}
