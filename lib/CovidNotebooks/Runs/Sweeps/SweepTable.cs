using System.Globalization;
using CovidNotebooks.Display;
using Microsoft.Data.Analysis;

namespace CovidNotebooks.Runs.Sweeps;

/// <summary>
/// The items of a sweep with their results: one row an item in <see cref="Frame"/>; shown are means and spreads over the seeds.
/// </summary>
public sealed class SweepTable : Displayed
{
    private const int MostShown = 6;

    private SweepTable(IReadOnlyList<SweepOutcome> outcomes)
    {
        Outcomes = outcomes;
        SettingNames = [.. outcomes.SelectMany(outcome => outcome.Item.Settings.Keys).Distinct(StringComparer.Ordinal)];
        DifferingSettings = outcomes.Count < 2 ? SettingNames : [.. SettingNames.Where(name =>
            outcomes.Select(outcome => Text(outcome, name)).Distinct(StringComparer.Ordinal).Count() > 1)];
        ResultNames = [.. outcomes.SelectMany(outcome => outcome.Results.Keys).Distinct(StringComparer.Ordinal)];
        Frame = new DataFrame(Columns());
    }

    /// <summary>Every item as it stands, in the sweep's order.</summary>
    public IReadOnlyList<SweepOutcome> Outcomes { get; }

    /// <summary>Names of all settings.</summary>
    public IReadOnlyList<string> SettingNames { get; }

    /// <summary>Names of the settings in which items differ: what is swept over.</summary>
    public IReadOnlyList<string> DifferingSettings { get; }

    /// <summary>Names of all results that any item has, in the order of their first appearance.</summary>
    public IReadOnlyList<string> ResultNames { get; }

    /// <summary>
    /// Columns <c>key</c>, <c>status</c>, <c>seed</c>, <c>seconds</c>, <c>reason</c>, then <c>params.*</c> (numbers, truth values or text)
    /// and <c>metrics.*</c> (numbers). A value that an item lacks is null.
    /// </summary>
    public DataFrame Frame { get; }

    /// <summary>Whether every item has finished.</summary>
    public bool IsComplete => Outcomes.All(outcome => outcome.Status == SweepStatus.Finished);

    /// <summary>The items of a sweep as a folder holds them.</summary>
    /// <param name="folder">The sweep's folder.</param>
    /// <param name="items">Its items.</param>
    public static SweepTable Of(SweepFolder folder, IEnumerable<SweepItem> items)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return new([.. items.Select(folder.Read)]);
    }

    /// <summary>How many items there are, and how they stand: <c>12 items: 9 finished, 2 waiting, 1 failed</c>.</summary>
    public string StatusSentence() => $"{DisplayedNumber.Counted(Outcomes.Count, "item", "items")}: {string.Join(", ", Outcomes
        .GroupBy(outcome => outcome.Status).OrderByDescending(own => own.Key == SweepStatus.Finished).ThenBy(own => own.Key)
        .Select(own => string.Create(CultureInfo.InvariantCulture, $"{own.Count()} {own.Key.ToString().ToLowerInvariant()}")))}.";

    /// <inheritdoc/>
    public override DisplayDocument Describe()
    {
        var results = Shown();
        string[] headers = [.. DifferingSettings, "items", .. results.Select(name => name + " (mean ± sd)")];
        var table = new Table(
            "Results over the seeds",
            [.. headers.Select((header, i) => i < DifferingSettings.Count ? TableColumn.Text(header) : TableColumn.Number(header))]);
        foreach (var same in Outcomes.GroupBy(
            outcome => string.Join('\n', DifferingSettings.Select(name => Text(outcome, name))), StringComparer.Ordinal))
        {
            var done = same.Where(outcome => outcome.Status == SweepStatus.Finished).ToList();
            table.Add([
                .. DifferingSettings.Select(name => (TableCell)Text(same.First(), name)),
                string.Create(CultureInfo.InvariantCulture, $"{done.Count}/{same.Count()}"),
                .. results.Select(name =>
                    (TableCell)Spread(
                        [.. done.Where(outcome => outcome.Results.ContainsKey(name)).Select(outcome => outcome.Results[name])])),
            ]);
        }

        return new DisplayDocument()
            .Say(StatusSentence(), ParagraphKind.Finding)
            .Add(
                table.Note(
                    "A spread over seeds says what chance of the training does; "
                        + "the best of many settings looks better than it is on other images."))
            .Add(
                Outcomes.Where(outcome => outcome.Reason is not null).Select(outcome => $"{outcome.Item.ToText()}: {outcome.Reason}")
                    .ToList() is { Count: > 0 } reasons
                    ? new BulletList(reasons)
                    : null);
    }

    /// <summary>The headline metrics where there are any, else the first results.</summary>
    private List<string> Shown()
    {
        var headlines = ResultNames.Where(name => Evaluation.Metric.Find(name.Split(' ', '.')[^1])?.IsHeadline == true).ToList();
        return [.. (headlines.Count > 0 ? headlines : ResultNames).Take(MostShown)];
    }

    private static string Spread(double[] values)
    {
        if (values.Length == 0)
        {
            return DisplayedNumber.None;
        }

        var mean = values.Average();
        return values.Length == 1 ? DisplayedNumber.Short(mean)
            :
                $"{DisplayedNumber.Short(mean)} ± "
                + $"{DisplayedNumber.Short(Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1)))}";
    }

    private static string Text(SweepOutcome outcome, string name) =>
        outcome.Item.Settings.TryGetValue(name, out var value) ? DisplayedNumber.ValueText(value) : DisplayedNumber.None;

    private IEnumerable<DataFrameColumn> Columns()
    {
        yield return new StringDataFrameColumn("key", Outcomes.Select(outcome => outcome.Item.Key));
        yield return new StringDataFrameColumn("status", Outcomes.Select(outcome => outcome.Status.ToString().ToLowerInvariant()));
        yield return new Int64DataFrameColumn("seed", Outcomes.Select(outcome => outcome.Item.Seed));
        yield return new DoubleDataFrameColumn("seconds", Outcomes.Select(outcome => outcome.Seconds));
        yield return new StringDataFrameColumn("reason", Outcomes.Select(outcome => outcome.Reason));
        foreach (var name in SettingNames)
        {
            yield return RunTable.ParameterColumn(
                "params." + name, [.. Outcomes.Select(outcome => Whole(outcome.Item.Settings.GetValueOrDefault(name)))]);
        }

        foreach (var name in ResultNames)
        {
            yield return new DoubleDataFrameColumn(
                "metrics." + name, Outcomes.Select(outcome => outcome.Results.TryGetValue(name, out var value) ? value : (double?)null));
        }
    }

    /// <summary>Whole numbers of any type as a run's record has them.</summary>
    private static object? Whole(object? value) =>
        value is int or short or byte or uint ? Convert.ToInt64(value, CultureInfo.InvariantCulture)
        : value is float single ? (double)single
        : value;
}
