using System.Globalization;
using CovidNotebooks.Display;
using CovidNotebooks.Evaluation;
using CovidNotebooks.Runs;

namespace CovidNotebooks.Reporting;

/// <summary>
/// The report of one run: data, split, audit, settings, results with intervals, training, limits, and what of TRIPOD+AI, STARD-AI and
/// CLAIM 2024 it tells. Made from the run's files
/// alone; a run that is broken or has not ended gets a report too, which says what is missing.
/// </summary>
public sealed class RunReport : Displayed
{
    private readonly IReadOnlyList<DisplayBlock> sections;

    private RunReport(RunEvidence evidence)
    {
        Run = evidence.Run;
        Evaluation = evidence.Evaluation;
        Decision = evidence.Decision;
        Missing = evidence.Missing;
        Checklist = ReportingChecklist.Of(evidence);
        sections =
        [
            Summary(evidence),
            DataSection.Of(evidence),
            AuditSection.Of(evidence),
            SettingsSection.Of(evidence),
            ResultsSection.Of(evidence),
            TrainingSection.Of(evidence),
            LimitsSection.Of(evidence),
            ReportingChecklist.Section(Checklist),
        ];
    }

    /// <summary>The run.</summary>
    public RunRecord Run { get; }

    /// <summary>Its metrics with their intervals, computed from its predictions; null where these cannot be read.</summary>
    public EvaluationReport? Evaluation { get; }

    /// <summary>How its scores became answers; null without predictions.</summary>
    public DecisionRule? Decision { get; }

    /// <summary>What is missing, broken or contradictory, one sentence each; empty for a sound and finished run.</summary>
    public IReadOnlyList<string> Missing { get; }

    /// <summary>The topics of TRIPOD+AI, STARD-AI (2025) and CLAIM 2024 side by side, each with what this report tells of it.</summary>
    public IReadOnlyList<ChecklistItem> Checklist { get; }

    private string Title => $"Run report: {Run.Name}";

    /// <summary>Reports a run. Never fails because of the run's files.</summary>
    /// <param name="run">The run, as its store reads it.</param>
    /// <param name="options">How the intervals are made; null for 2,000 resamples and 95 %.</param>
    public static RunReport Of(RunRecord run, EvaluationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(run);
        return new RunReport(RunEvidence.Of(run, options));
    }

    /// <summary>The report as an HTML file of its own: no script, no network, laid out for the screen and for A4 paper.</summary>
    public string ToHtmlPage() => ReportPage.Of(Title, Describe());

    /// <inheritdoc/>
    public override DisplayDocument Describe() => new([new Heading(Title), .. sections]);

    private static Section Summary(RunEvidence evidence)
    {
        var run = evidence.Run;
        var blocks = new List<DisplayBlock> { new Paragraph(string.Join(". ", Identity(run))
            + ". For research and teaching, never for diagnosis.") };
        if (ResultsSection.Headline(evidence.Evaluation) is { } headline)
        {
            var count = evidence.Evaluation!.Predictions.Count;
            blocks.Add(
                new Paragraph(
                    $"On {DisplayedNumber.ValueText(count)} test images: {headline} "
                        + $"({DisplayedNumber.Fixed(evidence.Evaluation.Confidence * 100, 0)} % intervals)."));
        }

        blocks.AddRange(evidence.Missing.Select(sentence => new Paragraph(sentence, ParagraphKind.Warning)));
        return new Section("Summary", blocks);
    }

    private static IEnumerable<string> Identity(RunRecord run)
    {
        yield return $"Run {run.Id}, {run.Status.ToString().ToLowerInvariant()}";
        if (run.Started is { } started)
        {
            yield return "Started " + started.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) + " UTC"
                + (run.Ended is { } ended ? ", ended " + ended.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)
                    + " UTC" : ", not ended");
        }
    }
}
