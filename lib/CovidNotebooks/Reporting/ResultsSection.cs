using CovidNotebooks.Display;
using CovidNotebooks.Evaluation;
using CovidNotebooks.Runs;

namespace CovidNotebooks.Reporting;

/// <summary>The results of a run, each with its interval.</summary>
internal static class ResultsSection
{
    public static Section Of(RunEvidence evidence)
    {
        if (evidence.Evaluation is not { } evaluation)
        {
            return new Section("Results", WithoutPredictions(evidence));
        }

        var predictions = evaluation.Predictions;
        List<DisplayBlock> blocks =
        [
            new Paragraph($"Answers: {evidence.Decision!.Text}. The intervals say how far a number could move by chance with these images; "
                + "they say nothing about other hospitals or times."),
            Metrics(evaluation).InColumns(2),
            Matrix(predictions.Confusion),
        ];
        if (evidence.Protocol is { } protocol && protocol.ClassNames.SequenceEqual(predictions.ClassNames, StringComparer.Ordinal)
            && !evidence.IsOfPhantoms)
        {
            blocks.Add(Beside(protocol.Compare(evaluation, evidence.Run.Parameters)));
        }

        blocks.Add(TestSetPower.Of(predictions).AsCard());
        if (evidence.HasSubgroups)
        {
            blocks.Add(SubgroupMetrics.BySource(predictions)!.AsTable());
        }

        if (predictions.ClassNames.Count == 2 && predictions.PositiveScores.All(score => score is >= 0 and <= 1))
        {
            blocks.Add(BrierDecomposition.Of(predictions).AsCard());
            blocks.Add(DecisionCurve.Of(predictions).AsTable().InColumns(2));
        }

        var others = Stored(evidence).Where(pair => evaluation.Estimates.All(estimate => !string.Equals(estimate.Name, pair.Key,
            StringComparison.Ordinal))).ToArray();
        if (others.Length > 0)
        {
            blocks.Add(new Paragraph("Also stored, without an interval: "
                + string.Join(", ", others.Select(pair => $"{pair.Key} {DisplayedNumber.Short(pair.Value)}")) + "."));
        }

        return new Section("Results", blocks);
    }

    /// <summary>The metrics that a reader looks for first, in a line.</summary>
    public static string? Headline(EvaluationReport? evaluation) => evaluation is null ? null : string.Join("; ", evaluation.Estimates
        .Where(estimate => estimate.Metric.IsHeadline)
        .Select(estimate => estimate.Value is { } value
        ? $"{estimate.Metric.Words} {DisplayedNumber.Fixed(value)} {estimate.Interval?.ToText() ?? "(no interval)"}"
        : $"{estimate.Metric.Words} {estimate.Remark}"));

    /// <summary>The stored results without those of the audit, which have their own section.</summary>
    private static IEnumerable<KeyValuePair<string, double>> Stored(RunEvidence evidence) =>
        evidence.Run.Results.Where(pair => !pair.Key.StartsWith(RunDocument.AuditPrefix, StringComparison.Ordinal));

    private static List<DisplayBlock> WithoutPredictions(RunEvidence evidence)
    {
        if (!Stored(evidence).Any())
        {
            return [new Paragraph("The run stored no predictions and no results: it was not evaluated.", ParagraphKind.Warning)];
        }

        var table = new Table("Stored results, without intervals", TableColumn.Text("metric"), TableColumn.Number("value"));
        foreach (var (name, value) in Stored(evidence))
        {
            table.Add(name, DisplayedNumber.Short(value));
        }

        return [new Paragraph("The predictions cannot be read, so no interval can be computed. "
            + "A number without its interval must not be compared with anything.", ParagraphKind.Warning), table.InColumns(2)];
    }

    private static Table Metrics(EvaluationReport evaluation)
    {
        var usual = evaluation.Estimates.Where(estimate => estimate.Interval is not null).CountBy(estimate => estimate.Remark)
            .OrderByDescending(pair => pair.Value).Select(pair => pair.Key).FirstOrDefault();
        var table = new Table(
            $"Metrics; positive class {evaluation.Predictions.ClassNames[evaluation.Predictions.PositiveClass]}"
                + (usual is null ? "" : $"; intervals by {usual} where nothing else is said"),
            TableColumn.Text("metric"),
            TableColumn.Number("value"),
            TableColumn.Number($"{DisplayedNumber.Fixed(evaluation.Confidence * 100, 0)} % interval"),
            TableColumn.Number("n"),
            TableColumn.Number("groups"),
            TableColumn.Text(""));
        foreach (var estimate in evaluation.Estimates)
        {
            table.Add(
                estimate.Metric.Words,
                estimate.Value is { } value ? DisplayedNumber.Fixed(value) : DisplayedNumber.None,
                estimate.Interval?.ToText() ?? DisplayedNumber.None,
                DisplayedNumber.ValueText(estimate.Count),
                estimate.GroupsText,
                string.Equals(estimate.Remark, usual, StringComparison.Ordinal) ? "" : estimate.Remark);
        }

        return evaluation.FewGroupsNote is { } few ? table.Note(few) : table;
    }

    private static Table Matrix(ConfusionMatrix matrix)
    {
        var table = new Table("Confusion matrix: rows are the truth, columns the answers",
            [TableColumn.Text("truth"), .. matrix.ClassNames.Select(TableColumn.Number), TableColumn.Number("images")]);
        for (var truth = 0; truth < matrix.Size; truth++)
        {
            var row = truth;
            table.Add(
            [
                matrix.ClassNames[row],
                .. Enumerable.Range(0, matrix.Size).Select(answer => matrix.RowPercentage(row, answer) is { } share
                    ? new TableCell($"{DisplayedNumber.ValueText(matrix[row, answer])} ({DisplayedNumber.Fixed(share, 1)} %)",
                        Strong: row == answer)
                    : DisplayedNumber.ValueText(matrix[row, answer])),
                DisplayedNumber.ValueText(matrix.RowTotal(row)),
            ]);
        }

        return table;
    }

    private static Table Beside(PublishedComparison comparison)
    {
        var table = new Table(comparison.Title, TableColumn.Text("metric"), TableColumn.Number("published"), TableColumn.Number("ours"),
            TableColumn.Text("verdict"));
        foreach (var result in comparison.Results)
        {
            table.Add(
                result.Metric,
                DisplayedNumber.Fixed(result.Published, result.Decimals),
                result.Ours?.Value is { } value ? $"{DisplayedNumber.Fixed(value)} {result.Ours.Interval?.ToText() ?? "(no interval)"}"
                    : DisplayedNumber.None,
                result.VerdictText);
        }

        return table;
    }
}
