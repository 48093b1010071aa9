using CovidNotebooks.Display;
using CovidNotebooks.Evaluation;

namespace CovidNotebooks.Runs;

/// <summary>
/// How a run's scores became answers. <c>predictions.csv</c> holds scores only; the rule is told by the run's result <c>threshold</c>
/// (chosen after training) or else by its setting of that name, and held to the results that the run stored.
/// </summary>
/// <param name="Threshold">Positive from this score on; null where the highest score decides.</param>
/// <param name="Contradiction">Why the stored results cannot be had from the predictions by this rule, or null when they agree.</param>
public sealed record DecisionRule(double? Threshold, string? Contradiction = null)
{
    /// <summary>The result, or the setting in a record of before settings had groups, that holds a run's threshold.</summary>
    public const string Parameter = "threshold";

    /// <summary>The setting that holds it; null there: the highest score decides.</summary>
    public const string Setting = "evaluation.threshold";

    /// <summary>Stored and recomputed shares count as equal up to this difference.</summary>
    private const double Tolerance = 1e-6;

    /// <summary>The metrics that depend on the rule and are stored with a run.</summary>
    private static readonly Metric[] Held =
    [
        .. Metric.All.Where(metric => metric is { IsHeadline: true, Interval: IntervalMethod.Proportion }),
    ];

    /// <summary>The rule in words.</summary>
    public string Text => Threshold is { } threshold
        ? $"positive from a score of {DisplayedNumber.Fixed(threshold, 4)} on"
        : "the class with the highest score";

    /// <summary>
    /// The rule that gives the stored results: the stored threshold where there is one, else the highest score. Where only the other of the
    /// two gives them, that one is taken.
    /// </summary>
    /// <param name="predictions">The scores.</param>
    /// <param name="run">Its settings and results.</param>
    public static DecisionRule Of(Predictions predictions, RunRecord run)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        ArgumentNullException.ThrowIfNull(run);
        var highest = new DecisionRule(Threshold: null);
        var stored = run.Results.TryGetValue(Parameter, out var chosen) ? chosen
            : run.Parameters.GetValueOrDefault(Setting) ?? run.Parameters.GetValueOrDefault(Parameter);
        var told = predictions.ClassNames.Count == 2 && Number(stored) is { } threshold ? new DecisionRule(threshold) : highest;
        if (told.Differing(predictions, run.Results) is not { } contradiction)
        {
            return told;
        }

        return highest.Differing(predictions, run.Results) is null ? highest : told with { Contradiction = contradiction };
    }

    /// <summary>The same scores, decided by this rule.</summary>
    public Predictions Apply(Predictions predictions)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        return Threshold is { } threshold ? predictions.AtThreshold(threshold) : predictions;
    }

    private string? Differing(Predictions predictions, IReadOnlyDictionary<string, double> results)
    {
        var metrics = BinaryMetrics.Of(Apply(predictions));
        foreach (var metric in Held)
        {
            if (results.TryGetValue(metric.Name, out var stored)
                && metric.Share!(metrics) is { IsDefined: true } share
                && !(Math.Abs(share.Value - stored) <= Tolerance))
            {
                return
                    $"The run stored {metric.Name} {DisplayedNumber.Fixed(stored, 4)}; its predictions give "
                    + $"{DisplayedNumber.Fixed(share.Value, 4)} by this rule ({Text}). One of the two files was changed, or the rule is "
                    + "not among the run's settings.";
            }
        }

        return null;
    }

    private static double? Number(object? value) => value switch
    {
        double number when double.IsFinite(number) => number,
        long number => number,
        int number => number,
        _ => null,
    };
}
