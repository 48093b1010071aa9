using System.CommandLine;
using System.Globalization;
using CovidNotebooks.Cli.Running;
using CovidNotebooks.Display;
using CovidNotebooks.Evaluation;
using CovidNotebooks.Runs;
using Spectre.Console;
using TableColumn = Spectre.Console.TableColumn;

namespace CovidNotebooks.Cli.Commands;

/// <summary><c>kit runs</c>: the stored runs, those made here and those behind the committed notebooks: listed, shown, compared.</summary>
internal static class RunsCommand
{
    private static readonly string[] ListedMetrics = [MetricNames.Accuracy, MetricNames.Sensitivity, MetricNames.Specificity, MetricNames.RocAuc];

    public static Command Create(Checkout checkout, IAnsiConsole console, TimeProvider clock)
    {
        var list = new Command("list", "Name every run: how it stands, when it started, how long it took, its results.");
        list.SetAction(_ => List(new RunCatalogue(checkout, clock), console));

        var one = new Argument<string>("run") { Description = "The name of the run's folder, or the beginning of it." };
        var show = new Command("show", "Show one run: its settings, its results, its epochs, and what is wrong with its files.") { one };
        show.SetAction(result => Answer(console, () => Show(new RunCatalogue(checkout, clock).Find(result.GetValue(one)!), checkout, console)));

        var several = new Argument<string[]>("run") { Description = "Two runs or more, by the names of their folders or the beginnings of them.", Arity = ArgumentArity.OneOrMore };
        var compare = new Command("compare", "Put runs side by side: the settings in which they differ, their metrics, and paired tests of the first against each other one.") { several };
        compare.SetAction(result => Answer(console, () => Compare(new RunCatalogue(checkout, clock), result.GetValue(several) ?? [], console)));
        return new Command("runs", "The stored runs: list them, show one, compare several.") { list, show, compare };
    }

    private static int Answer(IAnsiConsole console, Action action)
    {
        try
        {
            action();
            return 0;
        }
        catch (RunRequestException problem)
        {
            console.MarkupLineInterpolated($"[red]{problem.Message}[/]");
            return 2;
        }
    }

    private static int List(RunCatalogue catalogue, IAnsiConsole console)
    {
        var stored = catalogue.Stores.Select(place => (place.Name, Runs: place.Store.List())).Where(place => place.Runs.Count > 0).ToList();
        foreach (var (name, runs) in stored)
        {
            var table = new Table().Border(TableBorder.Rounded).Title(Markup.Escape($"{name}: {runs.Count} {(runs.Count == 1 ? "run" : "runs")}"))
                .AddColumn(new TableColumn("run").NoWrap())
                .AddColumns("status", "started (UTC)");
            foreach (var header in ListedMetrics.Prepend("seconds"))
            {
                table.AddColumn(new TableColumn(header).RightAligned());
            }

            foreach (var run in runs)
            {
                string[] cells =
                [
                    run.Problems.Count > 0 ? run.Id + " (!)" : run.Id,
                    StatusText(run.Status),
                    run.Started?.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? DisplayedNumber.None,
                    Seconds(run),
                    .. ListedMetrics.Select(metric => run.Results.TryGetValue(metric, out var value) ? DisplayedNumber.Fixed(value) : DisplayedNumber.None),
                ];
                table.AddRow([.. cells.Select(Markup.Escape)]);
            }

            console.Write(table);
            WriteProblems(runs, console);
        }

        if (stored.Count == 0)
        {
            console.WriteLine("No run is stored yet. './kit run NOTEBOOK' makes the first, in runs/.");
        }

        return 0;
    }

    private static void Show(RunRecord run, Checkout checkout, IAnsiConsole console)
    {
        console.WriteLine(run.ToPlainText());
        console.WriteLine($"folder: {Path.GetRelativePath(checkout.Root, run.Folder)}{(run.Files.Count > 0 ? $" ({string.Join(", ", run.Files.Keys.Order(StringComparer.Ordinal))})" : "")}");
        if (run.Metrics.Count == 0)
        {
            return;
        }

        var names = run.Metrics.SelectMany(row => row.Values.Keys).Distinct(StringComparer.Ordinal).ToList();
        var table = new Table().Border(TableBorder.Rounded).Title("logged metrics").AddColumn(new TableColumn("step").RightAligned());
        names.ForEach(name => table.AddColumn(new TableColumn(Markup.Escape(name)).RightAligned()));
        foreach (var row in run.Metrics)
        {
            table.AddRow([row.Step.ToString(CultureInfo.InvariantCulture), .. names.Select(name => row.Values.TryGetValue(name, out var value) ? Short(value) : DisplayedNumber.None)]);
        }

        console.Write(table);
    }

    private static void Compare(RunCatalogue catalogue, IReadOnlyList<string> ids, IAnsiConsole console)
    {
        var runs = ids.Select(catalogue.Find).DistinctBy(run => run.Id, StringComparer.Ordinal).ToList();
        if (runs.Count < 2)
        {
            throw new RunRequestException($"Only one run was named, {runs[0].Id}. Name two different runs to compare; './kit runs list' names them all.");
        }

        var lined = RunTable.Of(runs);
        console.Write(SideBySide(lined));
        if (lined.ParameterNames.Except(lined.DifferingParameters, StringComparer.Ordinal).ToList() is { Count: > 0 } shared)
        {
            console.WriteLine($"Settings that all these runs share are not shown: {string.Join(", ", shared)}.");
        }

        WriteProblems(runs, console);
        foreach (var other in runs.Skip(1))
        {
            var comparison = RunComparison.Of(runs[0], other);
            console.WriteLine();
            console.WriteLine(comparison.Paired?.ToPlainText() ?? $"No paired tests of {runs[0].Id} and {other.Id}: {comparison.NotPairedBecause}");
        }
    }

    /// <summary>A column a run: a terminal is higher than it is wide.</summary>
    private static Table SideBySide(RunTable lined)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumn("");
        foreach (var run in lined.Runs)
        {
            table.AddColumn(new TableColumn(Markup.Escape(run.Id)).RightAligned());
        }

        Row("status", i => StatusText(lined.Runs[i].Status));
        Row("seconds", i => Seconds(lined.Runs[i]));
        foreach (var name in lined.DifferingParameters)
        {
            Row("params." + name, i => DisplayedNumber.ValueText(lined.Runs[i].Parameters.GetValueOrDefault(name)));
        }

        foreach (var name in lined.MetricNames)
        {
            Row("metrics." + name, i => lined.Frame["metrics." + name][i] is double value ? Short(value) : DisplayedNumber.None);
        }

        return table;

        void Row(string name, Func<int, string> value) =>
            table.AddRow([Markup.Escape(name), .. Enumerable.Range(0, lined.Runs.Count).Select(i => Markup.Escape(value(i)))]);
    }

    private static void WriteProblems(IEnumerable<RunRecord> runs, IAnsiConsole console)
    {
        foreach (var (run, problem) in runs.SelectMany(run => run.Problems.Select(problem => (run, problem))))
        {
            console.MarkupLineInterpolated($"[yellow](!)[/] {run.Id}: {problem}");
        }
    }

    private static string StatusText(RunStatus status) => status.ToString().ToLowerInvariant();

    private static string Seconds(RunRecord run) => (run.Ended - run.Started) is { } time ? DisplayedNumber.Fixed(time.TotalSeconds, 1) : DisplayedNumber.None;

    /// <summary>Four decimals, or as many digits as a small learning rate needs.</summary>
    private static string Short(double value) => value != 0 && Math.Abs(value) < .001 ? value.ToString("G4", CultureInfo.InvariantCulture) : DisplayedNumber.Fixed(value, 4);
}
