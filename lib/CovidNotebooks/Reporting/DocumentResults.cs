using CovidNotebooks.Charts;
using CovidNotebooks.Display;
using CovidNotebooks.Evaluation;
using CovidNotebooks.Protocols;
using CovidNotebooks.Runs;

namespace CovidNotebooks.Reporting;

/// <summary>
/// What stored runs say about the documents: each published number beside that of the run as published, with interval and verdict, and
/// the other runs of each document with their accuracy and AUC. The tables of README.md and data/published-runs/README.md are this, written
/// as Markdown.
/// </summary>
public sealed class DocumentResults : Displayed
{
    private DocumentResults(IReadOnlyList<EvaluatedRun> runs, IReadOnlyList<DocumentComparison> compared, IReadOnlyList<string> problems)
    {
        Runs = runs;
        Compared = compared;
        Problems = problems;
    }

    /// <summary>The runs that could be evaluated, by document, in the order in which they were given.</summary>
    public IReadOnlyList<EvaluatedRun> Runs { get; }

    /// <summary>One comparison a document that has a run as published; the newest one where there are several.</summary>
    public IReadOnlyList<DocumentComparison> Compared { get; }

    /// <summary>Numbers of the documents that have no run as published.</summary>
    public IReadOnlyList<int> Missing => [.. Protocol.All.Select(protocol => protocol.Number)
        .Except(Compared.Select(item => item.Protocol.Number))];

    /// <summary>Runs that could not be evaluated or contradict themselves, one sentence each.</summary>
    public IReadOnlyList<string> Problems { get; }

    /// <summary>Evaluates runs and sets the published numbers beside theirs. A broken run is told in <see cref="Problems"/>.</summary>
    /// <param name="runs">The runs; those that came to their end and stored predictions are evaluated. Of one that is given twice (made
    /// here and published) the first counts.</param>
    /// <param name="options">How the intervals are made.</param>
    public static DocumentResults Of(IEnumerable<RunRecord> runs, EvaluationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(runs);
        var problems = new List<string>();
        var evaluated = new List<EvaluatedRun>();
        foreach (var run in runs.DistinctBy(run => run.Id, StringComparer.Ordinal)
            .Where(run => run.Status == RunStatus.Finished && MayHavePredictions(run)))
        {
            if (EvaluatedRun.Of(run, options, out var problem) is { } own)
            {
                evaluated.Add(own);
            }

            if (problem is not null)
            {
                problems.Add($"{run.Id}: {problem}");
            }
        }

        var ordered = evaluated.OrderBy(run => run.Document ?? int.MaxValue).ToArray();
        var compared = Protocol.All
            .Select(protocol => (Protocol: protocol, Run: ordered.Where(run => run.Document == protocol.Number && run.IsAsPublished)
                .MaxBy(run => run.Run.Started)))
            .Where(pair => pair.Run is not null)
            .Select(pair => new DocumentComparison(pair.Protocol, pair.Run!,
                pair.Protocol.Compare(pair.Run!.Evaluation, pair.Run.Run.Parameters)));
        return new DocumentResults(ordered, [.. compared], problems);
    }

    /// <summary>
    /// Every published number beside ours, document by document, with a verdict and its reason; numbers that are no metric of the test
    /// images too.
    /// </summary>
    public Table PublishedTable() => Problems.Aggregate(
        PublishedTable(_ => true).Note(Missing.Count > 0
            ? $"No run as published is stored for document {string.Join(", ", Missing)}: run its notebook to fill the gap." : null),
        (table, problem) => table.Note(problem));

    /// <summary>A row a document: its printed accuracy beside that of the run as published.</summary>
    public Table SummaryTable()
    {
        var table = new Table(
            "Accuracy of each document and of its rerun",
            TableColumn.Text("document"),
            TableColumn.Text("title"),
            TableColumn.Number("printed"),
            TableColumn.Number("ours"),
            TableColumn.Number("95 % interval"),
            TableColumn.Number("images"),
            TableColumn.Text("verdict"));
        foreach (var protocol in Protocol.All)
        {
            var compared = Compared.FirstOrDefault(item => item.Protocol.Number == protocol.Number);
            var result = compared?.Comparison.Results.FirstOrDefault(item => item.Ours?.Name == MetricNames.Accuracy);
            table.Add(
                DisplayedNumber.ValueText(protocol.Number),
                (protocol.Title.English ?? protocol.Title.Words).Split(';')[0],
                result is null ? DisplayedNumber.None : DisplayedNumber.Fixed(result.Published, result.Decimals),
                Value(result?.Ours),
                Interval(result?.Ours),
                DisplayedNumber.ValueText(compared?.Run.Evaluation.Predictions.Count),
                result?.ShortVerdict ?? "no run as published is stored");
        }

        return table;
    }

    /// <summary>The runs that are not the documents' own experiments: corrected, repeated, on other images.</summary>
    public Table OthersTable()
    {
        var table = new Table(
            "The other runs",
            TableColumn.Text("document"),
            TableColumn.Text("run"),
            TableColumn.Number("images"),
            TableColumn.Number("accuracy"),
            TableColumn.Number("95 % interval"),
            TableColumn.Number("AUC"),
            TableColumn.Number("95 % interval"));
        foreach (var run in Runs.Except(Compared.Select(item => item.Run)))
        {
            var (accuracy, auc) = (run.Evaluation[MetricNames.Accuracy], run.Evaluation[MetricNames.RocAuc]);
            table.Add(
                DisplayedNumber.ValueText(run.Document),
                run.Document is null ? run.Run.Name : run.Variant,
                DisplayedNumber.ValueText(run.Evaluation.Predictions.Count),
                Value(accuracy),
                Interval(accuracy),
                Value(auc),
                Interval(auc));
        }

        return table;
    }

    /// <summary>Every pair of runs that answered about the same images, by paired tests.</summary>
    public DisplayDocument PairsTable()
    {
        var pairs = Runs.GroupBy(run => (run.Evaluation.Predictions.TestSetHash, run.Evaluation.Predictions.PositiveClass))
            .SelectMany(same =>
            same.SelectMany((run, i) => same.Skip(i + 1).Select(other =>
                PairedComparison.Of(run.ShortName, run.Evaluation.Predictions, other.ShortName, other.Evaluation.Predictions)))).ToList();
        var table = Table.Of(
            "Pairs of runs on the same images",
            pairs,
            ("first", pair => pair.NameA),
            ("second", pair => pair.NameB),
            ("images", pair => pair.Count),
            ("only first right", pair => pair.Errors.OnlyARight),
            ("only second right", pair => pair.Errors.OnlyBRight),
            ("p", pair => DisplayedNumber.PValue(pair.Errors.PValue)),
            ("test of the errors", pair => pair.Errors.MethodText),
            ("smallest difference seen", pair => pair.Power.SmallestDifference),
            ("AUC, first − second", pair => pair.Ranking is { } ranking
                ? $"{DisplayedNumber.Signed(ranking.Difference)} {ranking.Interval()}" : null),
            ("p of the AUCs", pair => pair.Ranking is { } ranking ? DisplayedNumber.PValue(ranking.PValue) : null),
            ("test of the AUCs", pair => pair.Ranking?.Method))
            .Note("The smallest difference seen: of the accuracies, with 80 % power, where two models differ on as many images as these.");
        return pairs.Count == 0
            ? new Paragraph("No two of these runs answered about the same images.")
            : new DisplayDocument()
                .Say(
                    $"In {pairs.Count(pair => pair.Errors.PValue < .05)} of {DisplayedNumber.Counted(pairs.Count, "pair", "pairs")} "
                    + "of runs one errs on more images than chance would have it (p < .05).",
                    ParagraphKind.Finding)
                .Fold("All pairs", table);
    }

    /// <summary>
    /// One metric of all runs with its intervals; where a run may be compared with its document, the published number is a hollow
    /// diamond.
    /// </summary>
    /// <param name="metric">One of <see cref="MetricNames"/>.</param>
    /// <returns>A figure, or a sentence where the metric is defined in no run.</returns>
    public IDisplayed Forest(string metric)
    {
        (string, EvaluationReport)[] defined = [.. Runs.Where(run => run.Evaluation[metric].Value is not null)
            .Select(run => (run.ShortName, run.Evaluation))];
        var published = Compared.SelectMany(item => item.Comparison.Results.Select(result => (item.Run.ShortName, Result: result)))
            .Where(item => string.Equals(item.Result.Ours?.Name, metric, StringComparison.Ordinal)
                && item.Result.Verdict != ComparisonVerdict.NotComparable)
            .DistinctBy(item => item.ShortName, StringComparer.Ordinal)
            .ToDictionary(item => item.ShortName, item => item.Result.Published, StringComparer.Ordinal);
        return defined.Length > 0 ? ForestPlot.Compare(defined, metric, published: published)
            : new Paragraph($"{Metric.WordsOf(metric)}: defined in no run.");
    }

    /// <summary>The trainings of each document in one chart; of a run with several trainings the first.</summary>
    public IEnumerable<Figure> LearningCurves() =>
        from document in Runs.GroupBy(run => run.Document)
        let trainings = document.Select(run => (run.ShortName, History: RunHistory.Of(run.Run))).Where(item => item.History is not null)
            .Select(item => (item.ShortName, item.History!)).ToList()
        where trainings.Count > 0
        select TrainingCurves.Compare(trainings, document.Key is null ? "Trainings of no document"
            : $"Trainings of document {document.Key}");

    /// <inheritdoc/>
    public override DisplayDocument Describe() => Both(PublishedTable());

    /// <summary><see cref="SummaryTable"/> as Markdown.</summary>
    public string ToSummaryMarkdown() => Markdown(SummaryTable());

    /// <summary>The two tables as Markdown: of the published numbers those that are a metric of the test images.</summary>
    public override string ToMarkdown() => string.Join('\n', Both(PublishedTable(result => result.Ours is not null)).Blocks.OfType<Table>()
        .Select(Markdown));

    private static string Markdown(Table table) => table.Part(null, table.Rows).ToMarkdown();

    /// <summary>Some runs, such as those of repeats, store results only; one that lost its predictions is told.</summary>
    private static bool MayHavePredictions(RunRecord run) => run.HasPredictions || run.Problems.Count > 0;

    private static string Value(MetricEstimate? estimate) => estimate?.Value is { } value ? DisplayedNumber.Fixed(value)
        : DisplayedNumber.None;

    private static string Interval(MetricEstimate? estimate) => estimate?.Interval?.ToText() ?? DisplayedNumber.None;

    private DisplayDocument Both(Table published)
    {
        var document = new DisplayDocument(published);
        return OthersTable() is { Rows.Count: > 0 } others ? document.Add(others) : document;
    }

    private Table PublishedTable(Func<PublishedResult, bool> isShown)
    {
        var table = new Table(
            "Published numbers beside ours",
            TableColumn.Text("document"),
            TableColumn.Text("number"),
            TableColumn.Number("published"),
            TableColumn.Number("ours"),
            TableColumn.Number("95 % interval"),
            TableColumn.Number("images"),
            TableColumn.Text("verdict"));
        foreach (var protocol in Protocol.All)
        {
            if (Compared.FirstOrDefault(item => item.Protocol.Number == protocol.Number) is not { } comparison)
            {
                table.Add(DisplayedNumber.ValueText(protocol.Number), DisplayedNumber.None, DisplayedNumber.None, DisplayedNumber.None,
                    DisplayedNumber.None, DisplayedNumber.None, "no run as published is stored");
                continue;
            }

            string? before = null;
            foreach (var result in comparison.Comparison.Results.Where(isShown))
            {
                var verdict = result.VerdictText;
                table.Add(
                    DisplayedNumber.ValueText(protocol.Number),
                    result.Metric,
                    DisplayedNumber.Fixed(result.Published, result.Decimals),
                    Value(result.Ours),
                    Interval(result.Ours),
                    DisplayedNumber.ValueText(comparison.Run.Evaluation.Predictions.Count),
                    string.Equals(verdict, before, StringComparison.Ordinal) && result.Verdict == ComparisonVerdict.NotComparable
                        ? "not comparable, as above" : verdict);
                before = verdict;
            }
        }

        return table;
    }
}
