using System.Globalization;
using CovidNotebooks.Display;
using CovidNotebooks.Evaluation;
using CovidNotebooks.Runs;

namespace CovidNotebooks.Reporting;

/// <summary>A stored run with its metrics, computed again from its predictions.</summary>
/// <param name="Run">The run.</param>
/// <param name="Evaluation">Its metrics with their intervals, decided by the run's own rule (<see cref="DecisionRule"/>).</param>
public sealed record EvaluatedRun(RunRecord Run, EvaluationReport Evaluation)
{
    /// <summary>What a run as the document describes it calls itself in its setting <c>variant</c>.</summary>
    public const string AsPublished = "as published";

    /// <summary>The document that it belongs to, by its setting <c>document</c>; null for another experiment.</summary>
    public int? Document => Run.Parameters.GetValueOrDefault("document") is long number ? (int)number : null;

    /// <summary>
    /// Which experiment of the document it is, by its setting <c>variant</c>; where it has none, its name (<c>05-as-published</c> counts
    /// as published).
    /// </summary>
    public string Variant => Run.Parameters.GetValueOrDefault("variant") is { } variant ? DisplayedNumber.ValueText(variant)
        : string.Equals(Run.Name, string.Create(CultureInfo.InvariantCulture, $"{Document:00}-as-published"), StringComparison.Ordinal)
            ? AsPublished
        : Run.Name;

    /// <summary>Whether it is the experiment as published, which the document's numbers are set against.</summary>
    public bool IsAsPublished => string.Equals(Variant, AsPublished, StringComparison.OrdinalIgnoreCase);

    /// <summary>A short name for charts and tables: document and variant; the run's name where it has no variant.</summary>
    public string ShortName => Document is { } number && (IsAsPublished || Run.Parameters.ContainsKey("variant")) ? $"{number}, {Variant}"
        : Run.Name;

    /// <summary>Evaluates a stored run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="options">How the intervals are made.</param>
    /// <param name="problem">Why it cannot be evaluated or must not be believed, a sentence; null when all is well.</param>
    /// <returns>The run, or null where its predictions cannot be read.</returns>
    public static EvaluatedRun? Of(RunRecord run, EvaluationOptions? options, out string? problem)
    {
        ArgumentNullException.ThrowIfNull(run);
        try
        {
            var scores = run.LoadPredictions();
            var rule = DecisionRule.Of(scores, run);
            problem = rule.Contradiction;
            return new EvaluatedRun(run, EvaluationReport.Of(rule.Apply(scores), options));
        }
        catch (Exception error) when (
            error is IOException or InvalidDataException or UnauthorizedAccessException or UndefinedMetricException)
        {
            problem = error.Message;
            return null;
        }
    }
}
