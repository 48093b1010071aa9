using System.Globalization;
using CovidNotebooks.Display;
using CovidNotebooks.Evaluation;
using CovidNotebooks.Runs.Sweeps;

namespace CovidNotebooks.Charts;

/// <summary>A sweep at a glance: an axis for each setting that was varied and for a result, a line for each experiment.</summary>
public static class ParallelCoordinatesChart
{
    private const double ManyTimes = 50; // Values that span more than this stand on a logarithmic axis.

    /// <summary>The finished items of a sweep.</summary>
    /// <param name="sweep">At least one item has finished.</param>
    /// <param name="result">The result that colours the lines; by default accuracy, else the first that there is.</param>
    /// <param name="title">What the chart shows.</param>
    /// <exception cref="ArgumentException">
    /// No item has finished, or none has that result; the message names those that there are.
    /// </exception>
    public static Figure Of(SweepTable sweep, string? result = null, string title = "Settings and what came of them")
    {
        ArgumentNullException.ThrowIfNull(sweep);
        var shown = result ?? (
            sweep.ResultNames.Contains(MetricNames.Accuracy, StringComparer.Ordinal) ? MetricNames.Accuracy
            : sweep.ResultNames.FirstOrDefault());
        var done = sweep.Outcomes.Where(outcome =>
            outcome.Status == SweepStatus.Finished
                && shown is not null
                && outcome.Results.TryGetValue(shown, out var value)
                && double.IsFinite(value)).ToList();
        if (shown is null || done.Count == 0)
        {
            throw new ArgumentException(
                $"No finished item of the sweep has the result {shown ?? "of any name"}. {sweep.StatusSentence()} Its results: "
                    + $"{string.Join(", ", sweep.ResultNames)}.",
                nameof(result));
        }

        var values = done.Select(outcome => outcome.Results[shown]).ToArray();
        object[] axes =
        [
            .. sweep.DifferingSettings.Select(
                name => Axis(name, [.. done.Select(outcome => outcome.Item.Settings.GetValueOrDefault(name))])),
            .. done.Select(outcome => outcome.Item.Seed).Distinct().Count() > 1
                ? [Axis("seed", [.. done.Select(outcome => (object?)outcome.Item.Seed)])]
                : Array.Empty<object>(),
            new { label = PlotlyText.Plain(Metric.WordsOf(shown)), values },
        ];
        return new FigureDraft(
            title, $"{DisplayedNumber.Counted(done.Count, "experiment", "experiments")}, a line each; colour: {Metric.WordsOf(shown)}", 340)
            .Margins(left: 70, right: 70, bottom: 30)
            .Add("parcoords", Metric.WordsOf(shown), new()
            {
                ["dimensions"] = axes,
                ["line"] = new { color = values, colorscale = "Viridis", showscale = true, colorbar = new { thickness = 12 } },
                ["domain"] = new { x = new[] { 0.0, 1.0 }, y = new[] { 0.0, .86 } },
            })
            .Build();
    }

    /// <summary>Numbers on an axis, logarithmic where they span much; anything else as words at equal distances.</summary>
    private static object Axis(string name, object?[] values)
    {
        var label = PlotlyText.Plain(name);
        if (values.All(value => value is int or long or double or float or decimal))
        {
            var numbers = values.Select(value => Convert.ToDouble(value, CultureInfo.InvariantCulture)).ToArray();
            if (!(numbers.Min() > 0 && numbers.Max() / numbers.Min() > ManyTimes))
            {
                return new { label, values = numbers };
            }

            var ticks = numbers.Distinct().Order().ToArray();
            return new
            {
                label = label + " (log)",
                values = Array.ConvertAll(numbers, Math.Log10),
                tickvals = Array.ConvertAll(ticks, Math.Log10),
                ticktext = Array.ConvertAll(ticks, DisplayedNumber.Short),
            };
        }

        var words = values.Select(DisplayedNumber.ValueText).ToArray();
        var known = words.Distinct(StringComparer.Ordinal).ToList();
        return new
        {
            label,
            values = words.Select(word => (double)known.IndexOf(word)).ToArray(),
            tickvals = known.Select((_, i) => (double)i).ToArray(),
            ticktext = known.Select(PlotlyText.Plain).ToArray(),
        };
    }
}
