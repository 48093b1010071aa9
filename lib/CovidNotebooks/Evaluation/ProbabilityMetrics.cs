using System.Globalization;

namespace CovidNotebooks.Evaluation;

/// <summary>Metrics that need probabilities, not just a ranking.</summary>
public static class ProbabilityMetrics
{
    /// <summary>Probabilities are kept this far from 0 and 1 in the log loss: the float64 epsilon, as scikit-learn 1.2 does.</summary>
    public const double LogLossEpsilon = 2.220446049250313e-16;

    /// <summary>The mean negative log-likelihood (natural logarithm).</summary>
    /// <param name="labels">True classes.</param>
    /// <param name="probabilities">Of the positive class, in the same order, in [0, 1].</param>
    /// <param name="positiveClass">1 by default; every other class is negative.</param>
    /// <exception cref="UndefinedMetricException">There are no images, or the scores are no probabilities.</exception>
    public static double LogLoss(IReadOnlyList<int> labels, IReadOnlyList<double> probabilities, int positiveClass = 1)
    {
        Check("log loss", labels, probabilities);
        var losses = new double[labels.Count];
        for (var i = 0; i < losses.Length; i++)
        {
            var clipped = Math.Clamp(probabilities[i], LogLossEpsilon, 1 - LogLossEpsilon);
            losses[i] = -Math.Log(labels[i] == positiveClass ? clipped : 1 - clipped);
        }

        return PairwiseSum.Of(losses) / losses.Length;
    }

    /// <summary>
    /// Brier's score: the mean squared difference between probability and outcome; 0 is perfect, .25 is always saying .5.
    /// </summary>
    /// <inheritdoc cref="LogLoss"/>
    public static double Brier(IReadOnlyList<int> labels, IReadOnlyList<double> probabilities, int positiveClass = 1)
    {
        Check("Brier score", labels, probabilities);
        var squares = new double[labels.Count];
        for (var i = 0; i < squares.Length; i++)
        {
            var difference = probabilities[i] - (labels[i] == positiveClass ? 1 : 0);
            squares[i] = difference * difference;
        }

        return PairwiseSum.Of(squares) / squares.Length;
    }

    internal static void Check<T>(string metric, IReadOnlyList<T> labels, IReadOnlyList<double> probabilities)
    {
        if (labels.Count != probabilities.Count)
        {
            throw new ArgumentException($"There are {labels.Count} labels and {probabilities.Count} probabilities. Give one an image.",
                nameof(probabilities));
        }

        if (labels.Count == 0)
        {
            throw new UndefinedMetricException(metric, "there are 0 images, it needs at least 1.");
        }

        for (var i = 0; i < probabilities.Count; i++)
        {
            if (!(probabilities[i] >= 0 && probabilities[i] <= 1))
            {
                throw new UndefinedMetricException(metric,
                    $"image {i} has the score {probabilities[i].ToString(CultureInfo.InvariantCulture)}, and it needs probabilities "
                        + "between 0 and 1. Apply the model's sigmoid or softmax first.");
            }
        }
    }
}
