using System.Globalization;
using CovidNotebooks.Data;
using CovidNotebooks.Display;
using CovidNotebooks.Evaluation;
using CovidNotebooks.Protocols;
using CovidNotebooks.Runs;

namespace CovidNotebooks.Reporting;

/// <summary>What a run's files tell, with what was computed from them: the material of a report.</summary>
internal sealed record RunEvidence
{
    public required RunRecord Run { get; init; }

    /// <summary>The answers, decided by <see cref="Decision"/>; null where they cannot be read.</summary>
    public Predictions? Predictions { get; init; }

    public DecisionRule? Decision { get; init; }

    /// <summary>The metrics with their intervals; null without predictions.</summary>
    public EvaluationReport? Evaluation { get; init; }

    /// <summary>The document that the run reproduces; null for another experiment.</summary>
    public Protocol? Protocol { get; init; }

    /// <summary>What the catalogue says about the data; null for a set that it does not know.</summary>
    public DatasetInfo? Dataset { get; init; }

    /// <summary>What is missing, broken or contradictory, one sentence each.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];

    /// <summary>Whether the images are of several sources, so that there are metrics by source.</summary>
    public bool HasSubgroups =>
        Predictions?.Items.Select(item => item.Source).OfType<string>().Distinct(StringComparer.Ordinal).Count() > 1;

    /// <summary>Whether the run was made on drawn pictures.</summary>
    public bool IsOfPhantoms => RecordedFact.Data.TextOf(Run.Parameters)?.Contains("phantom", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>Whether the images that were watched during training are those that the results are computed on.</summary>
    public bool ValidatedOnTestImages => RecordedFact.EvaluatedImages.TextOf(Run.Parameters) is { } evaluated
        ? string.Equals(RecordedFact.ValidationImages.TextOf(Run.Parameters), evaluated, StringComparison.Ordinal)
        : RecordedFact.ValidationImages.TextOf(Run.Parameters)?.Contains("test", StringComparison.OrdinalIgnoreCase) == true;

    public static RunEvidence Of(RunRecord run, EvaluationOptions? options)
    {
        var missing = new List<string>();
        if (StatusText(run) is { } status)
        {
            missing.Add(status);
        }

        missing.AddRange(run.Problems);
        var (predictions, decision, evaluation) = Evaluate(run, options, missing);
        return new RunEvidence
        {
            Run = run,
            Predictions = predictions,
            Decision = decision,
            Evaluation = evaluation,
            Protocol = ProtocolOf(run.Parameters.GetValueOrDefault("document")),
            Dataset = DatasetOf(RecordedFact.Data.Of(run.Parameters)),
            Missing = [.. missing.Distinct(StringComparer.Ordinal)],
        };
    }

    /// <summary>A setting as text; null where the run does not have it.</summary>
    public string? Setting(string name) => Run.Parameters.GetValueOrDefault(name) is { } value ? DisplayedNumber.ValueText(value) : null;

    private static (Predictions? Predictions, DecisionRule? Decision, EvaluationReport? Evaluation) Evaluate(RunRecord run,
        EvaluationOptions? options, List<string> missing)
    {
        try
        {
            var scores = run.LoadPredictions();
            var decision = DecisionRule.Of(scores, run);
            if (decision.Contradiction is { } contradiction)
            {
                missing.Add(contradiction);
            }

            var predictions = decision.Apply(scores);
            return (predictions, decision, EvaluationReport.Of(predictions, options));
        }
        catch (Exception error) when (
            error is IOException or InvalidDataException or UnauthorizedAccessException or UndefinedMetricException)
        {
            missing.Add("No interval can be given: " + error.Message);
            return default;
        }
    }

    private static string? StatusText(RunRecord run) => run.Status switch
    {
        RunStatus.Finished => null,
        RunStatus.Running => "The run has not ended: everything below is what it has stored so far.",
        RunStatus.Dead => "The run never ended: its process is gone. Everything below is what it had stored.",
        RunStatus.Failed => $"The run failed: {run.Reason ?? "its record gives no reason."}",
        _ => "The run's record cannot be read; settings and results are unknown.",
    };

    private static Protocol? ProtocolOf(object? document) => Convert.ToString(document, CultureInfo.InvariantCulture) switch
    {
        "1" => new Document1(),
        "2" => new Document2(),
        "3" => new Document3(),
        "4" => new Document4(),
        "5" => new Document5(),
        _ => null,
    };

    private static DatasetInfo? DatasetOf(object? name) => name is string text
        ? Datasets.All.FirstOrDefault(info => string.Equals(info.Name, text,
            StringComparison.OrdinalIgnoreCase) || info.Folders.Contains(text, StringComparer.OrdinalIgnoreCase))
        : null;
}
