using System.CommandLine;
using System.Globalization;
using CovidNotebooks.Cli.Running;
using CovidNotebooks.Display;
using CovidNotebooks.Evaluation;
using CovidNotebooks.Runs;
using Spectre.Console;
using Table = Spectre.Console.Table;
using TableColumn = Spectre.Console.TableColumn;

namespace CovidNotebooks.Cli.Commands;

/// <summary>
/// <c>kit runs</c>: the stored runs, those made here and those behind the committed notebooks: listed, shown, compared, reported.
/// </summary>
internal static class RunsCommand
{
    /// <summary>Few and short: the table fits 80 columns.</summary>
    private static readonly IReadOnlyList<Metric> Listed = [.. Metric.All.Where(metric => metric.IsHeadline)];

    /// <summary>How a run is named, in the help of every verb that takes one.</summary>
    internal const string OneRun = "The name of the run's folder, its name without the date, or the beginning of either.";

    private const int Wide = 80;

    public static Command Create(Checkout checkout, IAnsiConsole console, TimeProvider clock)
    {
        var list = new Command(
            "list", "Name every run, with its status and its results: accuracy, sensitivity, specificity, area under the ROC curve.");
        list.SetAction(_ => List(new RunCatalogue(checkout, clock), console));

        var one = new Argument<string>("run") { Description = OneRun };
        var show = new Command("show", "Show one run: its settings, its results, its epochs, and what is wrong with its files.") { one };
        show.SetAction(
            result => Answer(console, () => Show(new RunCatalogue(checkout, clock).Find(result.GetValue(one)!), checkout, console)));

        var several = new Argument<string[]>("run")
        {
            Description = "Two runs or more, by the names of their folders, their names without the date, or the beginnings of either.",
            HelpName = "RUN RUN ...",
            Arity = ArgumentArity.OneOrMore,
        };
        var compare = new Command(
            "compare",
            "Put runs side by side: the settings in which they differ, their metrics, "
                + "and paired tests of the first against each other one.")
        {
            several,
        };
        compare.SetAction(
            result => Answer(console, () => Compare(new RunCatalogue(checkout, clock), result.GetValue(several) ?? [], console)));
        var report = RunsReportCommand.Create(checkout, console, clock);
        var results = RunsResultsCommand.Create(checkout, console, clock);
        var clean = RunsCleanCommand.Create(checkout, console, clock);
        return new Command(
            "runs",
            "The stored runs: list them, show one, compare several, write a report of one, set them beside the documents, remove "
                + "dead ones.")
        {
            list, show, compare, report, results, clean,
        };
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

    /// <summary>Two lines a run, so that a terminal of 80 columns shows the whole name and every number.</summary>
    private static int List(RunCatalogue catalogue, IAnsiConsole console)
    {
        var output = console.Profile.Out.Writer;
        var stored = catalogue.Stores.Select(place => (place.Name, Runs: place.Store.List())).Where(place => place.Runs.Count > 0).ToList();
        foreach (var (name, runs) in stored)
        {
            output.WriteLine($"{name}: {runs.Count} {(runs.Count == 1 ? "run" : "runs")}");
            output.WriteLine(Columns("", Listed.Select(metric => metric.ShortWords)));
            foreach (var run in runs)
            {
                output.WriteLine(run.Id);
                output.WriteLine(Columns(
                    $"    {StatusText(run.Status)}, {run.AuditVerdict}{(run.Problems.Count > 0 ? " (!)" : "")}",
                    Listed.Select(
                        metric =>
                            run.Results.TryGetValue(metric.Name, out var value) ? DisplayedNumber.Fixed(value) : DisplayedNumber.None)));
            }

            WriteProblems(runs, console);
            output.WriteLine();
        }

        if (stored.Count == 0)
        {
            output.WriteLine("No run is stored yet. './kit run NOTEBOOK' makes the first, in runs/.");
        }

        return 0;
    }

    private static string Columns(string first, IEnumerable<string> numbers) =>
        first.PadRight(48) + string.Concat(numbers.Select(number => number.PadLeft(8)));

    private static void Show(RunRecord run, Checkout checkout, IAnsiConsole console)
    {
        var output = console.Profile.Out.Writer;
        foreach (var line in run.ToPlainText().Split('\n'))
        {
            Wrap(line, output);
        }

        Wrap($"Folder: {Path.GetRelativePath(checkout.Root, run.Folder)}", output);
        var names = run.Metrics.SelectMany(row => row.Values.Keys).Distinct(StringComparer.Ordinal).ToList();
        string Cell(MetricRow row, string name) =>
            row.Values.TryGetValue(name, out var value) ? DisplayedNumber.Short(value) : DisplayedNumber.None;
        foreach (var part in Narrow(names, name => run.Metrics.Max(row => Cell(row, name).Length)))
        {
            output.WriteLine();
            output.WriteLine("step" + string.Concat(part.Select(column => column.Name.PadLeft(column.Width))));
            foreach (var row in run.Metrics)
            {
                output.WriteLine(
                    row.Step.ToString(CultureInfo.InvariantCulture).PadLeft(4)
                        + string.Concat(part.Select(column => Cell(row, column.Name).PadLeft(column.Width))));
            }
        }
    }

    /// <summary>A line in 80 columns, broken at spaces, what follows further in; a word is never broken.</summary>
    private static void Wrap(string line, TextWriter output)
    {
        var indent = new string(' ', line.Length - line.TrimStart().Length + 4);
        while (line.Length > Wide && line.LastIndexOf(' ', Wide) is var at && at > indent.Length)
        {
            output.WriteLine(line[..at].TrimEnd());
            line = indent + line[at..].TrimStart();
        }

        output.WriteLine(line);
    }

    /// <summary>Columns in as many tables below each other as 80 columns of a terminal take.</summary>
    private static List<List<(string Name, int Width)>> Narrow(IEnumerable<string> names, Func<string, int> widest)
    {
        List<List<(string Name, int Width)>> tables = [];
        foreach (var column in names.Select(name => (Name: name, Width: Math.Max(name.Length, widest(name)) + 2)))
        {
            if (tables.Count == 0 || 4 + tables[^1].Sum(own => own.Width) + column.Width > Wide)
            {
                tables.Add([]);
            }

            tables[^1].Add(column);
        }

        return tables;
    }

    private static void Compare(RunCatalogue catalogue, IReadOnlyList<string> ids, IAnsiConsole console)
    {
        var runs = ids.Select(catalogue.Find).DistinctBy(run => run.Id, StringComparer.Ordinal).ToList();
        if (runs.Count < 2)
        {
            throw new RunRequestException(
                $"Only one run was named, {runs[0].Id}. Name two different runs to compare; './kit runs list' names them all.");
        }

        for (var i = 0; i < runs.Count; i++)
        {
            console.Profile.Out.Writer.WriteLine($"{Letter(i)}: {runs[i].Id}");
        }

        var lined = RunTable.Of(runs);
        console.Write(SideBySide(lined));
        if (lined.ParameterNames.Except(lined.DifferingParameters, StringComparer.Ordinal).ToList() is { Count: > 0 } shared)
        {
            console.WriteLine($"Settings that all these runs share are not shown: {string.Join(", ", shared)}.");
        }

        WriteProblems(runs, console);
        for (var i = 1; i < runs.Count; i++)
        {
            WritePaired(RunComparison.Of(runs[0], runs[i]), Letter(0), Letter(i), console);
        }
    }

    /// <summary>A column a run: a terminal is higher than it is wide.</summary>
    private static Table SideBySide(RunTable lined)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumn(new TableColumn("").NoWrap());
        for (var i = 0; i < lined.Runs.Count; i++)
        {
            table.AddColumn(new TableColumn(Letter(i)).RightAligned());
        }

        Row("status", i => StatusText(lined.Runs[i].Status));
        Row("audit", i => lined.Runs[i].AuditVerdict);
        foreach (var name in lined.DifferingParameters)
        {
            Row("params." + name, i => lined.ParameterText(name, i));
        }

        foreach (var name in lined.MetricNames)
        {
            Row(
                "metrics." + name,
                i => lined.Frame["metrics." + name][i] is double value ? DisplayedNumber.Short(value) : DisplayedNumber.None);
        }

        return table;

        void Row(string name, Func<int, string> value) =>
            table.AddRow([Markup.Escape(name), .. Enumerable.Range(0, lined.Runs.Count).Select(i => Markup.Escape(value(i)))]);
    }

    private static void WritePaired(RunComparison comparison, string a, string b, IAnsiConsole console)
    {
        console.WriteLine();
        if (comparison.Paired is not { } paired)
        {
            console.WriteLine($"No paired tests of {a} and {b}: {comparison.NotPairedBecause}");
            return;
        }

        var table = new Table().Border(TableBorder.Rounded).Title($"{a} and {b} on the same {paired.Count} images")
            .AddColumn("question").AddColumn("found").AddColumn(new TableColumn("p").RightAligned().NoWrap());
        foreach (var (question, found, p) in paired.Rows(a, b))
        {
            table.AddRow([.. new[] { question, found, p is { } value ? Probability(value) : DisplayedNumber.None }.Select(Markup.Escape)]);
        }

        console.Write(table);
        foreach (var note in paired.Notes())
        {
            console.WriteLine(note);
        }

        console.WriteLine(paired.Power.ToPlainText());
    }

    private static void WriteProblems(IEnumerable<RunRecord> runs, IAnsiConsole console)
    {
        foreach (var (run, problem) in runs.SelectMany(run => run.Problems.Select(problem => (run, problem))))
        {
            console.Profile.Out.Writer.WriteLine($"(!) {run.Id}: {problem}");
        }
    }

    private static string StatusText(RunStatus status) => status.ToString().ToLowerInvariant();

    private static string Letter(int run) => run < 26 ? ((char)('A' + run)).ToString() : $"run {run + 1}";

    private static string Probability(double p) => p < .0001 ? "< 0.0001" : DisplayedNumber.Fixed(p, 4);
}
