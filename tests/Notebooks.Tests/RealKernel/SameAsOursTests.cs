using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CovidNotebooks.Kernel.Files;
using CovidNotebooks.Kernel.Headless;
using Xunit.Abstractions;

namespace Tests.Notebooks.RealKernel;

/// <summary>
/// Every notebook puts out the same in .NET Interactive as in <c>kit run</c>: kinds of output, charts, texts; times and random ids apart.
/// </summary>
[Collection(RealKernelCollection.Name)]
public sealed partial class SameAsOursTests(ITestOutputHelper output) : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("real-kernel-test-");
    private readonly Dictionary<string, string> set = new(StringComparer.Ordinal);

    public static TheoryData<string> Notebooks => NotebookRecipe.Committed;

    public void Dispose() => folder.Delete(recursive: true);

    [RealKernelTheory]
    [MemberData(nameof(Notebooks))]
    public Task Every_cell_puts_out_the_same_as_in_our_kernel(string name) => Compare(name);

    [RealKernelFact]
    public Task So_it_does_for_ones_own_pictures_of_two_classes()
    {
        set["phantomClasses"] = "2";
        return Compare("07-your-own-pictures.ipynb");
    }

    private async Task Compare(string name)
    {
        Skip.If(RealKernelProcess.WhyNot is not null, RealKernelProcess.WhyNot);
        var ours = await Ours(name);
        var real = Real(name);

        Assert.Equal(ours.Count, real.Count);
        var differences = ours.Zip(real, (one, other) => (one.Source, Differs: Difference(one.Outputs, other)))
            .Where(cell => cell.Differs is not null)
            .Select(cell => $"--- {cell.Source.Split('\n')[0]}\n{cell.Differs}").ToList();
        Assert.True(differences.Count == 0, string.Join('\n', differences));
        var charts = real.SelectMany(cell => cell).Select(shown => shown.Plotly).OfType<JsonObject>().ToList();
        Assert.NotEmpty(charts);
        Assert.All(charts, chart => Assert.NotEmpty(chart["data"]!.AsArray()));
        output.WriteLine($"{name}: {real.Count} cells, {charts.Count} charts");
    }

    [Theory]
    [InlineData("20261129-204539-05-as-published 1.25 s", "<time>-05-as-published <seconds>")]
    [InlineData("took 12 seconds, 3 epochs", "took <seconds>, 3 epochs")]
    [InlineData("id=c-0f8fad5b-d9cb-469f-a165-70867728950e;", "id=c-<id>;")]
    [InlineData("sensitivity 0.943", "sensitivity 0.943")]
    [InlineData("metrics.training_seconds  5.5427  –  6.0026", "metrics.training_seconds <seconds>")]
    [InlineData("  seconds since it began  50.9", " seconds since it began <seconds>")]
    [
        InlineData(
            "epoch    loss  seconds\n-----  ------  -------\n    1  0.8663     29.4\nEnded",
            "epoch loss seconds\n- - -\n 1 0.8663 <seconds>\nEnded"),
    ]
    [InlineData("/tmp/a/ours/runs/x.png  1", "/tmp/a/<kernel>/runs/x.png 1")]
    public void Only_times_random_ids_and_the_kernels_folders_are_masked(string text, string masked) => Assert.Equal(masked, Masked(text));

    private static string? Difference(IReadOnlyList<CellOutput> ours, IReadOnlyList<CellOutput> real)
    {
        var shapes = (string.Join('\n', ours.Select(shown => shown.Shape)), string.Join('\n', real.Select(shown => shown.Shape)));
        if (shapes.Item1 != shapes.Item2)
        {
            return $"ours:\n{shapes.Item1}\nreal:\n{shapes.Item2}";
        }

        foreach (var (one, other) in ours.Zip(real))
        {
            var (text, otherText) = (Masked(one.Text ?? ""), Masked(other.Text ?? ""));
            if (text != otherText)
            {
                return $"ours:\n{text}\nreal:\n{otherText}";
            }

            if (Masked(one.Plotly?.ToJsonString() ?? "") != Masked(other.Plotly?.ToJsonString() ?? ""))
            {
                return $"charts differ:\n{one.Plotly?.ToJsonString()}\n{other.Plotly?.ToJsonString()}";
            }

            if (string.IsNullOrEmpty(one.Html) != string.IsNullOrEmpty(other.Html))
            {
                return "one of them has an empty text/html";
            }
        }

        return null;
    }

    private static string Masked(string text)
    {
        var masked = Ids().Replace(Times().Replace(WithoutSeconds(text), "<time>"), "<id>");
        masked = Durations().Replace(Kernels().Replace(masked, "/<kernel>/runs/"), "<seconds>");
        return Spaces().Replace(masked, match => match.Value[..1]);
    }

    /// <summary>
    /// Masks the columns of a table whose heading ends in "seconds", and the numbers of a card whose names speak of seconds.
    /// </summary>
    private static string WithoutSeconds(string text)
    {
        var lines = text.Split('\n');
        (int Start, int Length)[] columns = [];
        for (var i = 0; i < lines.Length; i++)
        {
            if (i > 0 && Rule().IsMatch(lines[i]))
            {
                columns =
                [
                    .. Dashes().Matches(lines[i])
                    .Where(
                        column =>
                            Cell(lines[i - 1], column.Index, column.Length).TrimEnd()
                                .EndsWith("seconds", StringComparison.Ordinal)).Select(column => (column.Index, column.Length)),
                ];
            }
            else
            {
                foreach (
                    var (start, length) in columns.Reverse()
                        .Where(
                            column =>
                                column.Start
                                    + column.Length <= lines[i].Length
                                        && double.TryParse(
                                            Cell(lines[i], column.Start, column.Length), CultureInfo.InvariantCulture, out _)))
                {
                    lines[i] = lines[i][..start] + "<seconds>" + lines[i][(start + length)..];
                }

                lines[i] = SecondsOfCard().Replace(lines[i], "${name} <seconds>");
            }
        }

        return string.Join('\n', lines);

        static string Cell(string line, int start, int length) => line.PadRight(start + length).Substring(start, length);
    }

    private async Task<List<(string Source, IReadOnlyList<CellOutput> Outputs)>> Ours(string name)
    {
        var notebook = CommittedNotebook.Read(name);
        var result = await NotebookRunner.RunAsync(
            new HeadlessOptions
            {
                NotebookPath = notebook.Path,
                OutputPath = Path.Combine(folder.FullName, name),
                Parameters = Parameters(notebook, "ours"),
                DrawCharts = false,
            },
            new RunObserver());
        Assert.True(
            result.Status == RunStatus.Succeeded,
            $"{result.Status} in {result.FailedCell?.Title}: {string.Join('\n', result.Error?.Traceback ?? [])}");
        output.WriteLine($"{name}: our kernel {result.Duration.TotalSeconds:F1} s");
        return
        [
            .. new CommittedNotebook(result.OutputPath).CodeCells.Select(cell => (CommittedNotebook.Source(cell), CellOutput.Of(cell))),
        ];
    }

    private List<IReadOnlyList<CellOutput>> Real(string name)
    {
        var committed = CommittedNotebook.Read(name);
        var notebook = NotebookFile.Read(committed.Path);
        ParameterInjection.Apply(notebook, Parameters(committed, "real"));
        using var kernel = RealKernelProcess.Start(Path.GetDirectoryName(committed.Path)!);
        var started = TimeProvider.System.GetTimestamp();
        var cells = new List<IReadOnlyList<CellOutput>>();
        foreach (var cell in notebook.Cells.Where(cell => cell.Kind == CellKind.Code))
        {
            var (outputs, error) = kernel.Run(cell.Source);
            Assert.True(error is null, $"{name}, {cell.Id}: {error}");
            cells.Add(outputs);
        }

        output.WriteLine($"{name}: .NET Interactive {TimeProvider.System.GetElapsedTime(started).TotalSeconds:F1} s");
        return cells;
    }

    private Dictionary<string, string> Parameters(CommittedNotebook notebook, string kernel)
    {
        var here = folder.CreateSubdirectory(kernel).FullName;
        var parameters = new Dictionary<string, string>(
            notebook.PhantomProfile!, StringComparer.Ordinal)
        { ["runs"] = Path.Combine(here, "runs") };
        if (NotebookRecipe.Of(Path.GetFileName(notebook.Path)).ReproducesADocument)
        {
            parameters["data"] = here;
        }

        foreach (var (parameter, value) in set)
        {
            parameters[parameter] = value;
        }

        return parameters;
    }

    [GeneratedRegex(@"^-+( +-+)*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Rule();

    /// <summary>Each kernel has a folder of its own for runs.</summary>
    [GeneratedRegex("/(ours|real)/runs/", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Kernels();

    [GeneratedRegex("-+", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Dashes();

    /// <summary>The width of a column follows its longest number.</summary>
    [GeneratedRegex("  +|--+", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Spaces();

    [GeneratedRegex(@"^(?<name>.*?seconds\b.*?)( {2,}[\d.,–]+)+$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex SecondsOfCard();

    [
        GeneratedRegex(
            @"\b\d{8}-\d{6}\b|\b\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d)?", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000),
    ]
    private static partial Regex Times();

    [GeneratedRegex("[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Ids();

    [GeneratedRegex(@"\b\d+([.,]\d+)? (s|ms|min|minutes|seconds)\b", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Durations();
}
