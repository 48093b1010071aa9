using CovidNotebooks.Evaluation;
using MathNet.Numerics.Distributions;

namespace CovidNotebooks.Training;

/// <summary>One metric over several runs.</summary>
/// <param name="Name">The metric.</param>
/// <param name="Values">Its value in each run, in the order of the seeds.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="StandardDeviation">Their standard deviation, with n - 1.</param>
/// <param name="MeanInterval">Student's t interval of the mean: what other seeds would change, not what other patients would.</param>
public sealed record RepeatedMetric(string Name, IReadOnlyList<double> Values, double Mean, double StandardDeviation, Interval MeanInterval)
{
    internal static RepeatedMetric Of(string name, double[] values, double confidence)
    {
        // Distances from the first value: values that are all the same have exactly its mean and no deviation.
        var mean = values[0] + values.Average(value => value - values[0]);
        var deviation = Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1));
        var half = StudentT.InvCDF(0, 1, values.Length - 1, (1 + confidence) / 2) * deviation / Math.Sqrt(values.Length);
        return new RepeatedMetric(name, values, mean, deviation, new Interval(mean - half, mean + half));
    }
}
