using CovidNotebooks.Display;
using CovidNotebooks.Evaluation;

namespace CovidNotebooks.Charts;

/// <summary>Estimates with their intervals, one below the other: whether runs differ by more than chance.</summary>
public static class ForestPlot
{
    /// <summary>
    /// A model's metrics between 0 and 1 with their intervals; scores of error (Brier, log loss, calibration) are left out.
    /// </summary>
    /// <param name="report">The metrics.</param>
    /// <param name="title">Whose metrics, on what.</param>
    public static Figure Of(EvaluationReport report, string title = "Metrics with their intervals")
    {
        ArgumentNullException.ThrowIfNull(report);
        var rows = report.Estimates
            .Where(estimate => estimate.Metric.Direction == MetricDirection.HigherIsBetter && IsShare(estimate.Value))
            .Select(estimate => new ForestRow(estimate.Metric.Words, estimate.Value!.Value, estimate.Interval)).ToArray();
        return Of(rows, "value (0–1)", title,
            subtitle: $"{report.Predictions.Count} images; bars: {FigureDraft.Number(100 * report.Confidence)} % intervals"
                + Few(report.Estimates));
    }

    /// <summary>
    /// One metric of several runs with its intervals, a row a run; runs in which it is not defined are named below the title.
    /// </summary>
    /// <param name="runs">Name and metrics of each run, from top to bottom.</param>
    /// <param name="metric">One of <see cref="MetricNames"/>.</param>
    /// <param name="title">What is compared; by default the metric.</param>
    /// <param name="reference">Where a vertical line stands, for example 0.5 for chance; null for none.</param>
    /// <param name="published">What was published, by the run's name; null when there is nothing.</param>
    /// <exception cref="ArgumentException">There is no run, or the metric is defined in none.</exception>
    /// <exception cref="KeyNotFoundException">There is no such metric.</exception>
    public static Figure Compare(
        IReadOnlyList<(string Name, EvaluationReport Report)> runs, string metric, string? title = null, double? reference = null,
            IReadOnlyDictionary<string, double>? published = null)
    {
        ArgumentNullException.ThrowIfNull(runs);
        var words = Metric.WordsOf(metric);
        var estimates = runs.Select(run => (run.Name, Estimate: run.Report[metric])).ToArray();
        var rows = estimates.Where(run => run.Estimate.Value is not null)
            .Select(run => new ForestRow(run.Name, run.Estimate.Value!.Value, run.Estimate.Interval)
            {
                Published = published is not null && published.TryGetValue(run.Name, out var number) ? number : null,
            }).ToArray();
        if (rows.Length == 0)
        {
            throw new ArgumentException(runs.Count == 0 ? "There is no run to draw. Give at least one."
                :
                    $"{words} is not defined in any of the runs {string.Join(", ", runs.Select(run => run.Name))}: "
                    + $"{estimates[0].Estimate.Remark}.", nameof(runs));
        }

        var confidences = runs.Select(run => FigureDraft.Number(100 * run.Report.Confidence)).Distinct(StringComparer.Ordinal);
        var without = string.Join(", ", estimates.Where(run => run.Estimate.Value is null).Select(run => run.Name));
        return Of(rows, $"{words} on the test images", title ?? $"All runs: {words}", reference,
            $"bars: {string.Join(" and ", confidences)} % intervals{Few(estimates.Select(run => run.Estimate))}"
                + (without.Length > 0 ? $"; not defined for {without}" : ""));
    }

    /// <summary>A document's numbers against ours: those between 0 and 1 for which we have a value.</summary>
    /// <param name="comparison">The numbers.</param>
    /// <param name="title">What is compared; by default the comparison's own title.</param>
    /// <exception cref="ArgumentException">No number of the document can be set against one of ours.</exception>
    public static Figure Of(PublishedComparison comparison, string? title = null)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        var rows = comparison.Results.Where(result => IsShare(result.Ours?.Value) && IsShare(result.Published))
            .Select(result => new ForestRow(Metric.WordsOf(result.Metric), result.Ours!.Value!.Value, result.Ours.Interval)
            {
                Published = result.Published,
            }).ToArray();
        return Of(rows, "value (0–1)", title ?? comparison.Title, subtitle: "squares: ours, with 95 % intervals");
    }

    /// <summary>
    /// What a document's own counts allow (Wilson's intervals), each above what our report has: how far two numbers can be apart by
    /// chance.
    /// </summary>
    /// <param name="document">The document's counts.</param>
    /// <param name="ours">Our report, of the same positive class.</param>
    /// <param name="name">What our run is called.</param>
    /// <param name="title">What is compared.</param>
    /// <param name="reference">Where a vertical line stands, for example 0.5 for a coin; null for none.</param>
    public static Figure Of(BinaryMetrics document, EvaluationReport ours, string name = "this run",
        string title = "Published and reproduced", double? reference = null)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(ours);
        (string Metric, Proportion Published)[] shares =
        [
            (MetricNames.Accuracy, document.Accuracy), (MetricNames.Sensitivity, document.Sensitivity),
            (MetricNames.Specificity, document.Specificity), (MetricNames.Precision, document.Precision),
        ];
        return Of([.. shares.SelectMany(share => new[]
        {
            new ForestRow($"{share.Metric}: document", share.Published.Value, share.Published.WilsonInterval()),
            new ForestRow($"{share.Metric}: {name}", ours[share.Metric].Value ?? double.NaN, ours[share.Metric].Interval),
        }).Where(row => double.IsFinite(row.Value))], "value (0–1)", title, reference,
            "document: Wilson's intervals of its counts; ours: see the report");
    }

    /// <summary>Experiments that were repeated over seeds: the mean of each metric, and the lowest and the highest run.</summary>
    /// <param name="title">What was repeated.</param>
    /// <param name="experiments">Name and results of each.</param>
    public static Figure Ranges(string title, params IReadOnlyList<(string Name, Training.RepeatedResults Results)> experiments)
    {
        ArgumentNullException.ThrowIfNull(experiments);
        return Of(
            [.. experiments.SelectMany(item => item.Results.Metrics.Select(metric =>
                new ForestRow($"{item.Name}: {metric.Name}", metric.Mean, new Interval(metric.Values.Min(), metric.Values.Max()))))],
            "value (0–1)", title, subtitle: "squares: means; bars: lowest and highest run");
    }

    /// <summary>A point and an interval a row, the numbers beside it, published values as hollow diamonds.</summary>
    /// <param name="rows">From top to bottom; at least one.</param>
    /// <param name="measure">What is estimated, with its unit, for example <c>accuracy (fraction of images)</c>.</param>
    /// <param name="title">What is compared.</param>
    /// <param name="reference">Where a vertical line stands, for example 0.5 for chance; null for none.</param>
    /// <param name="subtitle">Which intervals these are.</param>
    /// <exception cref="ArgumentException">There is no row.</exception>
    public static Figure Of(IReadOnlyList<ForestRow> rows, string measure, string title = "Comparison", double? reference = null,
        string subtitle = "bars: 95 % intervals")
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.Count == 0)
        {
            throw new ArgumentException("There is no row to draw. Give one row a run.", nameof(rows));
        }

        var names = rows.Select(row => PlotlyText.Plain(PlotlyText.Shortened(row.Name, 34))).ToArray();
        var places = Enumerable.Range(0, rows.Count).ToArray();
        var draft = new FigureDraft(title, rows.Any(row => row.Published is not null) ? $"{subtitle}; hollow diamonds: published values"
            : subtitle, Math.Max(90, 30 * rows.Count))
            .Margins(left: 24 + (7 * names.Max(name => name.Length)), right: 150)
            .Add("scatter", "estimate", new()
            {
                ["mode"] = "markers",
                ["x"] = RocChart.Rounded(rows.Select(row => row.Value)),
                ["y"] = places,
                ["error_x"] = new
                {
                    type = "data",
                    symmetric = false,
                    array = RocChart.Rounded(rows.Select(row => row.Interval is { } interval ? interval.High - row.Value : 0)),
                    arrayminus = RocChart.Rounded(rows.Select(row => row.Interval is { } interval ? row.Value - interval.Low : 0)),
                    color = ChartColors.Blue,
                    thickness = 2,
                    width = 5,
                },
                ["marker"] = new { color = ChartColors.Blue, size = 10, symbol = "square" },
                ["customdata"] = rows.Select(Numbers).ToArray(),
                ["hovertemplate"] = "%{customdata}<extra></extra>",
            });
        if (rows.Any(row => row.Published is not null))
        {
            draft.Add("scatter", "published", new()
            {
                ["mode"] = "markers",
                ["x"] = rows.Select(row => row.Published).ToArray(),
                ["y"] = places,
                ["marker"] = new { color = ChartColors.Vermilion, size = 12, symbol = "diamond-open", line = new { width = 2 } },
                ["hovertemplate"] = "published %{x:.3f}<extra></extra>",
            });
        }

        foreach (var place in places)
        {
            draft.Note("paper", 1.0, "y", place, Numbers(rows[place]), new() { ["xanchor"] = "left", ["xshift"] = 8 });
        }

        if (reference is { } line)
        {
            draft.VerticalLine("", line, ChartColors.Grey, "dot");
        }

        return draft
            .Axis("xaxis", measure, new() { ["nticks"] = 8 })
            .Axis("yaxis", null, new()
            {
                ["range"] = new[] { rows.Count - 0.5, -0.5 },
                ["tickmode"] = "array",
                ["tickvals"] = places,
                ["ticktext"] = names,
                ["tickcolor"] = "rgba(0,0,0,0)",
                ["showline"] = false,
            })
            .Build();
    }

    private static string Few(IEnumerable<MetricEstimate> estimates) =>
        estimates.Any(estimate => estimate is { Interval: not null, IsOfFewGroups: true })
            ? $", some from fewer than {MetricEstimate.FewGroups} groups"
            : "";

    private static bool IsShare(double? value) => value is >= 0 and <= 1;

    private static string Numbers(ForestRow row) =>
        $"{DisplayedNumber.Fixed(row.Value)} {row.Interval?.ToText() ?? "(no interval)"}";
}
