using System.Globalization;
using CovidNotebooks.Display;
using Microsoft.Data.Analysis;

namespace CovidNotebooks.Runs;

/// <summary>
/// Runs side by side, one row a run. <see cref="Frame"/> holds everything; what is shown are the audit of the data, the settings that
/// differ between the runs,
/// the metrics, and what is wrong with a run's files.
/// </summary>
public sealed class RunTable : Displayed
{
    private readonly IReadOnlyDictionary<string, double>[] metrics;

    private static readonly string[] Headlines =
        [Evaluation.MetricNames.Accuracy, Evaluation.MetricNames.Sensitivity, Evaluation.MetricNames.Specificity,
            Evaluation.MetricNames.RocAuc];

    private RunTable(IReadOnlyList<RunRecord> runs)
    {
        Runs = runs;
        metrics = [.. runs.Select(FinalMetrics)];
        ParameterNames = Names(runs.Select(run => run.Parameters.Keys));
        MetricNames = Names(metrics.Select(values => values.Keys));
        Frame = new DataFrame(Columns());
    }

    /// <summary>The runs, in the order in which they were given.</summary>
    public IReadOnlyList<RunRecord> Runs { get; }

    /// <summary>Names of all settings that any run has, in the order of their first appearance.</summary>
    public IReadOnlyList<string> ParameterNames { get; }

    /// <summary>Names of all metrics that any run has, in the order of their first appearance.</summary>
    public IReadOnlyList<string> MetricNames { get; }

    /// <summary>
    /// Columns <c>id</c>, <c>name</c>, <c>status</c>, <c>audit</c> (the verdict on the data), <c>started</c> (ISO 8601, UTC),
    /// <c>seconds</c>, <c>problems</c>, then
    /// <c>params.*</c> (numbers, truth values or text, as the runs have them) and <c>metrics.*</c> (numbers). A value that a run lacks is
    /// null.
    /// </summary>
    public DataFrame Frame { get; }

    /// <summary>The settings in which the runs differ; all of them for a single run.</summary>
    public IReadOnlyList<string> DifferingParameters =>
        Runs.Count < 2 ? ParameterNames : [.. ParameterNames.Where(name => Runs.Select(run =>
            DisplayedNumber.ValueText(run.Parameters.GetValueOrDefault(name))).Distinct(StringComparer.Ordinal).Count() > 1)];

    /// <summary>A setting of a run as the table shows it: short, but in full where runs that differ in it would look alike.</summary>
    /// <param name="name">One of <see cref="ParameterNames"/>.</param>
    /// <param name="run">The run's place in <see cref="Runs"/>.</param>
    public string ParameterText(string name, int run)
    {
        int Different(Func<object?, string> text) => Runs.Select(own => text(own.Parameters.GetValueOrDefault(name)))
            .Distinct(StringComparer.Ordinal).Count();
        var value = Runs[run].Parameters.GetValueOrDefault(name);
        return Different(DisplayedSetting.Text) < Different(DisplayedNumber.ValueText) ? DisplayedNumber.ValueText(value)
            : DisplayedSetting.Text(value);
    }

    /// <summary>Lines up runs.</summary>
    public static RunTable Of(IEnumerable<RunRecord> runs) => new([.. runs]);

    /// <summary>All runs of a store.</summary>
    public static RunTable Of(RunStore store) => Of(store.List());

    /// <inheritdoc/>
    public override DisplayDocument Describe() => Document();

    /// <summary>The last logged value of each metric, unless the run's results name it.</summary>
    private static Dictionary<string, double> FinalMetrics(RunRecord run)
    {
        var final = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var (name, value) in run.Metrics.SelectMany(row => row.Values).Concat(run.Results))
        {
            final[name] = value;
        }

        return final;
    }

    private static string[] Names(IEnumerable<IEnumerable<string>> names) =>
        [.. names.SelectMany(own => own).Distinct(StringComparer.Ordinal)];

    private IEnumerable<DataFrameColumn> Columns()
    {
        yield return new StringDataFrameColumn("id", Runs.Select(run => run.Id));
        yield return new StringDataFrameColumn("name", Runs.Select(run => run.Name));
        yield return new StringDataFrameColumn("status", Runs.Select(run => StatusText(run.Status)));
        yield return new StringDataFrameColumn("audit", Runs.Select(run => run.AuditVerdict));
        yield return new StringDataFrameColumn("started", Runs.Select(run => run.Started is { } started
            ? started.UtcDateTime.ToString("s", CultureInfo.InvariantCulture) + "Z" : null));
        yield return new DoubleDataFrameColumn("seconds", Runs.Select(run => (run.Ended - run.Started)?.TotalSeconds));
        yield return new StringDataFrameColumn("problems", Runs.Select(run => string.Join(" ", run.Problems)));
        foreach (var name in ParameterNames)
        {
            yield return ParameterColumn("params." + name, [.. Runs.Select(run => run.Parameters.GetValueOrDefault(name))]);
        }

        foreach (var name in MetricNames)
        {
            yield return new DoubleDataFrameColumn("metrics." + name,
                metrics.Select(values => values.TryGetValue(name, out var value) ? value : (double?)null));
        }
    }

    internal static DataFrameColumn ParameterColumn(string name, object?[] values)
    {
        if (values.All(value => value is null or long))
        {
            return new Int64DataFrameColumn(name, values.Select(value => value as long?));
        }

        if (values.All(value => value is null or long or double))
        {
            return new DoubleDataFrameColumn(name, values.Select(value => value is null ? null
                : (double?)Convert.ToDouble(value, CultureInfo.InvariantCulture)));
        }

        return values.All(value => value is null or bool)
            ? new BooleanDataFrameColumn(name, values.Select(value => value as bool?))
            : new StringDataFrameColumn(name, values.Select(value => value is null ? null : DisplayedNumber.ValueText(value)));
    }

    private static string StatusText(RunStatus status) => status.ToString().ToLowerInvariant();

    private DisplayDocument Document()
    {
        // The audit column says in short what the audit's numbers say at length.
        var results = MetricNames.Where(name => !name.StartsWith(RunDocument.AuditPrefix, StringComparison.Ordinal)
            && name is not RunDocument.FitMetric).ToList();
        var headlines = Headlines.Where(results.Contains).ToList();
        var rows = Enumerable.Range(0, Runs.Count).ToList();
        var table = Table.Of(
            $"{Runs.Count} runs",
            rows,
            [
                ("run", row => Runs[row].Problems.Count > 0 ? Runs[row].Id + " (!)" : Runs[row].Id),
                    ("status", row => StatusText(Runs[row].Status)), ("audit", row => Runs[row].AuditVerdict),
                ("seconds", row => Runs[row].Ended - Runs[row].Started is { } time
                    ? new TableCell(DisplayedNumber.Fixed(time.TotalSeconds, 1)) : null),
                .. headlines.Select(name => ("metrics." + name, (Func<int, object?>)(row => Result(row, name)))),
            ]);
        foreach (var run in Runs)
        {
            foreach (var problem in run.Problems)
            {
                table.Note($"(!) {run.Id}: {problem}");
            }
        }

        var document = new DisplayDocument(table);
        if (DifferingParameters is { Count: > 0 } parameters)
        {
            var settings = Sideways(parameters, "setting", "params.", (name, row) => ParameterText(name, row));
            document.Fold(Runs.Count > 1 ? "Settings in which they differ" : "Settings", parameters.Count < ParameterNames.Count
                ? settings.Note(
                    "Settings that all runs share are not shown: "
                        + $"{string.Join(", ", ParameterNames.Except(parameters, StringComparer.Ordinal))}.")
                : settings);
        }

        return results.Count > headlines.Count
            ? document.Fold("All results", Sideways(results, "result", "metrics.", (name, row) => Result(row, name).Text))
            : document;
    }

    private TableCell Result(int row, string name) => metrics[row].TryGetValue(name, out var value) ? DisplayedNumber.Short(value)
        : DisplayedNumber.None;

    /// <summary>A row a name, a column a run: there are more names than runs.</summary>
    private Table Sideways(IEnumerable<string> names, string header, string prefix, Func<string, int, string> text)
    {
        var table = new Table(null, [TableColumn.Text(header), .. Runs.Select(run => TableColumn.Number(run.Name))]);
        foreach (var name in names)
        {
            table.Add([prefix + name, .. Enumerable.Range(0, Runs.Count).Select(row => (TableCell)text(name, row))]);
        }

        return table;
    }
}
