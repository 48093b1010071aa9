using CovidNotebooks.Display;

namespace CovidNotebooks.Evaluation;

/// <summary>
/// The metrics of parts of the test images, such as those of one source: whether a model that does well on all does so on each.
/// </summary>
public sealed class SubgroupMetrics : Displayed
{
    private const string Unknown = "not known";
    private readonly string column;

    private SubgroupMetrics(string column, IReadOnlyList<KeyValuePair<string, EvaluationReport>> subgroups)
    {
        this.column = column;
        Subgroups = subgroups;
    }

    /// <summary>Each subgroup with its metrics, the largest first.</summary>
    public IReadOnlyList<KeyValuePair<string, EvaluationReport>> Subgroups { get; }

    /// <summary>By where the images came from (<see cref="Prediction.Source"/>); null where no image has a source.</summary>
    public static SubgroupMetrics? BySource(Predictions predictions, EvaluationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        return predictions.Items.All(item => item.Source is null) ? null : Of(predictions, "source", item => item.Source, options);
    }

    /// <summary>By any column of the data.</summary>
    /// <param name="predictions">A model's answers.</param>
    /// <param name="column">What the column is called.</param>
    /// <param name="valueOf">Its value for an image; null or blank counts as not known, a subgroup of its own.</param>
    /// <param name="options">How the intervals are made.</param>
    public static SubgroupMetrics Of(Predictions predictions, string column, Func<Prediction, string?> valueOf,
        EvaluationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        return new SubgroupMetrics(column, [.. predictions.Items
            .GroupBy(item => string.IsNullOrWhiteSpace(valueOf(item)) ? Unknown : valueOf(item)!.Trim(), StringComparer.Ordinal)
            .OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => KeyValuePair.Create(group.Key,
            EvaluationReport.Of(new Predictions(predictions.ClassNames, [.. group], predictions.PositiveClass), options)))]);
    }

    /// <inheritdoc/>
    public override DisplayDocument Describe() => AsTable();

    /// <summary>A row a subgroup, a column a headline metric.</summary>
    public Table AsTable()
    {
        var metrics = Subgroups.Count > 0 ? Subgroups[0].Value.Estimates.Where(estimate => estimate.Metric.IsHeadline)
            .Select(estimate => estimate.Metric).ToArray() : [];
        var table = new Table(
            $"Metrics by {column}", [TableColumn.Text(column), TableColumn.Number("images"), TableColumn.Number("groups"),
                .. metrics.Select(metric => TableColumn.Number(metric.ShortWords))]);
        foreach (var (name, report) in Subgroups)
        {
            table.Add([name, DisplayedNumber.ValueText(report.Predictions.Count), report.Estimates[0].GroupsText,
                .. metrics.Select(metric => (TableCell)Text(report[metric.Name]))]);
        }

        return table.Note("Each interval is of its subgroup alone. Subgroups with few groups say little, and differences between many "
            + "subgroups come up by chance.");
    }

    private static string Text(MetricEstimate estimate) =>
        estimate.Value is { } value ? $"{DisplayedNumber.Fixed(value, 2)} {estimate.Interval?.ToText(2) ?? "(no interval)"}"
            : DisplayedNumber.None;
}
