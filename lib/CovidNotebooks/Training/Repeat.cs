using System.Globalization;
using CovidNotebooks.Evaluation;

namespace CovidNotebooks.Training;

/// <summary>The same experiment with several seeds: one number of one run says little.</summary>
public static class Repeat
{
    /// <summary>Runs an experiment once a seed and summarises accuracy, sensitivity and specificity of its answers.</summary>
    /// <param name="seeds">The seeds; at least two different ones.</param>
    /// <param name="experiment">Trains with a seed and answers.</param>
    /// <param name="confidence">Confidence of the interval of each mean, between 0 and 1. Default .95.</param>
    public static RepeatedResults Over(IEnumerable<long> seeds, Func<long, Predictions> experiment, double confidence = 0.95) => Over(
        seeds,
        seed =>
        {
            var metrics = BinaryMetrics.Of(experiment(seed));
            return new Dictionary<string, double>(StringComparer.Ordinal)
            {
                [MetricNames.Accuracy] = metrics.Accuracy.Value,
                [MetricNames.Sensitivity] = metrics.Sensitivity.Value,
                [MetricNames.Specificity] = metrics.Specificity.Value,
            };
        },
        confidence);

    /// <summary>Runs an experiment once a seed and summarises its metrics.</summary>
    /// <param name="seeds">The seeds; at least two different ones.</param>
    /// <param name="experiment">Trains and evaluates with a seed and gives its metrics by name, the same names every time.</param>
    /// <param name="confidence">Confidence of the interval of each mean, between 0 and 1. Default .95.</param>
    /// <exception cref="ArgumentException">
    /// There are fewer than two seeds, a seed twice, the metrics differ between runs, or one is no finite number.
    /// </exception>
    public static RepeatedResults Over(
        IEnumerable<long> seeds, Func<long, IReadOnlyDictionary<string, double>> experiment, double confidence = 0.95)
    {
        var all = seeds.ToList();
        if (all.Count < 2 || all.Distinct().Count() != all.Count)
        {
            throw new ArgumentException($"The seeds are {string.Join(", ", all)}; a spread needs at least two, each once.", nameof(seeds));
        }

        if (!(confidence > 0) || !(confidence < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(confidence), confidence, "The confidence is between 0 and 1, for example .95.");
        }

        var runs = new List<IReadOnlyDictionary<string, double>>();
        foreach (var seed in all)
        {
            var metrics = experiment(seed);
            if (runs.Count > 0 && !metrics.Keys.ToHashSet(StringComparer.Ordinal).SetEquals(runs[0].Keys))
            {
                throw new ArgumentException(
                    $"The run with seed {seed} gave {string.Join(", ", metrics.Keys)}, the first gave "
                        + $"{string.Join(", ", runs[0].Keys)}. Give the same metrics in every run.",
                    nameof(experiment));
            }

            if (metrics.FirstOrDefault(metric => !double.IsFinite(metric.Value)) is { Key: not null } undefined)
            {
                throw new ArgumentException(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"The run with seed {seed} gave {undefined.Key} = {undefined.Value}; a mean over runs needs a finite number "
                            + $"from each. Leave the metric out, or see why it is not defined."),
                    nameof(experiment));
            }

            runs.Add(metrics);
        }

        return new RepeatedResults(
            all, [.. runs[0].Keys.Select(name => RepeatedMetric.Of(name, [.. runs.Select(run => run[name])], confidence))], confidence);
    }
}
