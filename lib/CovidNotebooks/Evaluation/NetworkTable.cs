using CovidNotebooks.Display;

namespace CovidNotebooks.Evaluation;

/// <summary>Networks, trainings or thresholds side by side, one a row, each number with its interval.</summary>
public sealed class NetworkTable : Displayed
{
    private readonly string caption;
    private readonly IReadOnlyList<(string Name, EvaluationReport Report)> networks;

    private NetworkTable(string caption, IReadOnlyList<(string Name, EvaluationReport Report)> networks)
    {
        this.caption = caption;
        this.networks = networks;
    }

    /// <summary>Lines up evaluations.</summary>
    /// <param name="caption">What is compared, on which images.</param>
    /// <param name="networks">Name and evaluation of each, from top to bottom; at least one.</param>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static NetworkTable Of(string caption, params IReadOnlyList<(string Name, EvaluationReport Report)> networks)
    {
        ArgumentNullException.ThrowIfNull(networks);
        return networks.Count > 0
            ? new NetworkTable(caption, networks)
            : throw new ArgumentException("There is nothing to line up. Give at least one evaluation.", nameof(networks));
    }

    /// <inheritdoc/>
    public override DisplayDocument Describe()
    {
        var sentences = networks.Where(network => IsConstant(network.Report.Predictions))
            .Select(network => $"{network.Name} gives every image the same score.");
        var positive = networks[0].Report.Predictions.ClassNames[networks[0].Report.Predictions.PositiveClass];
        var table = Table.Of(
            caption,
            networks,
            [
                ("", network => network.Name), ("images", network => network.Report.Predictions.Count),
                .. new[] { MetricNames.Accuracy, MetricNames.Sensitivity, MetricNames.Specificity, MetricNames.RocAuc }
                    .Select(name => (name, (Func<(string Name, EvaluationReport Report), object?>)(network => network.Report[name]))),
                ($"called {positive}", network => network.Report.Predictions.CalledPositive),
            ]);
        return sentences.Aggregate(new DisplayDocument(), (document, sentence) => document.Say(sentence, ParagraphKind.Finding)).Add(table);
    }

    private static bool IsConstant(Predictions predictions) => predictions.PositiveScores.Max() - predictions.PositiveScores.Min() < 1e-4;
}
