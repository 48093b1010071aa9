using MathNet.Numerics.Distributions;

namespace CovidNotebooks.Evaluation;

/// <summary>Wilson's score interval for a proportion (Wilson 1927), without continuity correction.</summary>
public static class Wilson
{
    /// <summary>The interval for <paramref name="successes"/> of <paramref name="count"/>.</summary>
    /// <param name="successes">Between 0 and <paramref name="count"/>.</param>
    /// <param name="count">The number of trials, at least 1.</param>
    /// <param name="confidence">Between 0 and 1, both excluded; .95 gives z = 1.959963984540054.</param>
    /// <exception cref="UndefinedMetricException"><paramref name="count"/> is 0.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static Interval Interval(int successes, int count, double confidence = .95)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (successes < 0 || successes > count)
        {
            throw new ArgumentOutOfRangeException(nameof(successes), successes,
                $"Successes must be between 0 and the number of trials, {count}.");
        }

        if (count == 0)
        {
            throw new UndefinedMetricException("Wilson interval", "there are 0 trials, it needs at least 1.");
        }

        var z = Quantile(confidence);
        var proportion = (double)successes / count;
        var denominator = 1 + (z * z / count);
        var centre = (proportion + (z * z / (2 * count))) / denominator;
        var half = z * Math.Sqrt((proportion * (1 - proportion) / count) + (z * z / (4.0 * count * count))) / denominator;
        return new Interval(successes == 0 ? 0 : Math.Max(0, centre - half), successes == count ? 1 : Math.Min(1, centre + half));
    }

    /// <summary>The two-sided standard normal quantile: 1.96 for .95.</summary>
    internal static double Quantile(double confidence)
    {
        if (!(confidence > 0 && confidence < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(confidence), confidence,
                "The confidence must lie between 0 and 1, both excluded; .95 is usual.");
        }

        return Normal.InvCDF(0, 1, 0.5 + (confidence / 2));
    }
}
