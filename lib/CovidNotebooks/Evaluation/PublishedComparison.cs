using CovidNotebooks.Display;

namespace CovidNotebooks.Evaluation;

/// <summary>How a published number stands to ours.</summary>
public enum ComparisonVerdict
{
    /// <summary>The published number lies inside our interval.</summary>
    Inside,

    /// <summary>It lies outside.</summary>
    Outside,

    /// <summary>The two are not the same thing, or one of them is missing.</summary>
    NotComparable,
}

/// <summary>A published number beside ours.</summary>
/// <param name="Metric">What it is called.</param>
/// <param name="Published">As printed.</param>
/// <param name="Decimals">Decimals that were printed: .81 stands for anything from .805 to .815.</param>
/// <param name="Ours">Our value with its interval; null where we have none.</param>
/// <param name="Hindrance">Why the two cannot be compared, or null when they can.</param>
/// <param name="Remark">What is different without keeping the two from being compared, or null.</param>
public sealed record PublishedResult(
    string Metric, double Published, int Decimals, MetricEstimate? Ours, string? Hindrance = null, string? Remark = null)
{
    /// <summary>How the published number stands to ours, its rounding granted.</summary>
    public ComparisonVerdict Verdict
    {
        get
        {
            if (Hindrance is not null || Ours?.Interval is not { } interval)
            {
                return ComparisonVerdict.NotComparable;
            }

            var rounding = 0.5 * Math.Pow(10, -Decimals);
            return Published + rounding >= interval.Low && Published - rounding <= interval.High ? ComparisonVerdict.Inside
                : ComparisonVerdict.Outside;
        }
    }

    /// <summary>The verdict in words, with its reason.</summary>
    public string VerdictText => Verdict switch
    {
        ComparisonVerdict.Inside => "inside the interval" + Remarked,
        ComparisonVerdict.Outside =>
            (Published < Ours!.Interval!.Value.Low ? "outside: ours is higher" : "outside: ours is lower") + Remarked,
        _ =>
            "not comparable: "
                + (
                    Hindrance ?? (
                        Ours is null ? "we have no such number"
                        : Ours.Value is null ? Ours.Remark
                        : $"ours has {MissingInterval(Ours.Remark)}")),
    };

    /// <summary>The verdict in some words: of what hinders a comparison only what comes first.</summary>
    public string ShortVerdict => Verdict != ComparisonVerdict.NotComparable || Hindrance is null ? VerdictText
        : $"not comparable: {Hindrance.Split([':', ';'], 2)[0]}";

    private string Remarked => Remark is null ? "" : $" ({Remark})";

    /// <summary>An estimate without an interval says why in its remark.</summary>
    private static string MissingInterval(string remark) => remark.StartsWith("no interval", StringComparison.Ordinal) ? remark
        : "no interval";
}

/// <summary>A document's numbers beside ours, one row a metric, each with a verdict.</summary>
/// <param name="title">What is compared.</param>
/// <param name="results">One row a metric.</param>
public sealed class PublishedComparison(string title, IReadOnlyList<PublishedResult> results) : Displayed
{
    /// <summary>What is compared.</summary>
    public string Title { get; } = title;

    /// <summary>One row a metric.</summary>
    public IReadOnlyList<PublishedResult> Results { get; } = [.. results];

    /// <inheritdoc/>
    public override DisplayDocument Describe() => AsTable();

    private Table AsTable()
    {
        var table = new Table(Title, TableColumn.Text("metric"), TableColumn.Number("published"), TableColumn.Number("ours"),
            TableColumn.Number("our interval"), TableColumn.Number("n"), TableColumn.Text("verdict"));
        foreach (var result in Results)
        {
            table.Add(
                result.Metric,
                DisplayedNumber.Fixed(result.Published, result.Decimals),
                result.Ours?.Value is { } value ? DisplayedNumber.Fixed(value) : DisplayedNumber.None,
                result.Ours?.Interval?.ToText() ?? DisplayedNumber.None,
                result.Ours is null ? DisplayedNumber.None : DisplayedNumber.ValueText(result.Ours.Count),
                result.VerdictText);
        }

        return table;
    }
}
