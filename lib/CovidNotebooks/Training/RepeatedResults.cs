using System.Globalization;
using CovidNotebooks.Display;

namespace CovidNotebooks.Training;

/// <summary>The metrics of an experiment over several seeds.</summary>
public sealed class RepeatedResults : Displayed
{
    internal RepeatedResults(IReadOnlyList<long> seeds, IReadOnlyList<RepeatedMetric> metrics, double confidence)
    {
        Seeds = seeds;
        Metrics = metrics;
        Confidence = confidence;
    }

    /// <summary>The seeds, in the order of the runs.</summary>
    public IReadOnlyList<long> Seeds { get; }

    /// <summary>The metrics, in the order in which the first run gave them.</summary>
    public IReadOnlyList<RepeatedMetric> Metrics { get; }

    /// <summary>Confidence of the intervals.</summary>
    public double Confidence { get; }

    /// <summary>As results of a run: of each metric the mean, the lowest and the highest value.</summary>
    public IReadOnlyDictionary<string, double> ToResults() => Metrics.SelectMany(metric => new[]
    {
        ($"{metric.Name}.mean", metric.Mean), ($"{metric.Name}.lowest", metric.Values.Min()), (
            $"{metric.Name}.highest", metric.Values.Max()),
    }).ToDictionary(pair => pair.Item1, pair => pair.Item2, StringComparer.Ordinal);

    /// <summary>A metric by its name.</summary>
    /// <exception cref="KeyNotFoundException">There is no such metric.</exception>
    public RepeatedMetric this[string name] => Metrics.FirstOrDefault(metric => string.Equals(metric.Name, name, StringComparison.Ordinal))
        ?? throw new KeyNotFoundException($"No metric '{name}'; there are {string.Join(", ", Metrics.Select(metric => metric.Name))}.");

    /// <inheritdoc/>
    public override DisplayDocument Describe() => AsTable();

    private Table AsTable()
    {
        var percent = (Confidence * 100).ToString("0.#", CultureInfo.InvariantCulture);
        var table = new Table(
            $"{Seeds.Count} seeds: {string.Join(", ", Seeds)}",
            TableColumn.Text("metric"),
            TableColumn.Number("mean"),
            TableColumn.Number("standard deviation"),
            TableColumn.Text($"{percent} % interval of the mean"),
            TableColumn.Text("runs"));
        foreach (var metric in Metrics)
        {
            table.Add(
                metric.Name,
                DisplayedNumber.Fixed(metric.Mean, 4),
                DisplayedNumber.Fixed(metric.StandardDeviation, 4),
                metric.MeanInterval.ToText(4),
                string.Join(", ", metric.Values.Select(value => DisplayedNumber.Fixed(value, 4))));
        }

        return table.Note("The interval says what other seeds would change; other patients are not in it.");
    }
}
