using CovidNotebooks.Display;
using CovidNotebooks.Evaluation;

namespace CovidNotebooks.Runs;

/// <summary>
/// Two runs: the settings in which they differ, their metrics, and, where both answered about the same images, whether the difference is
/// more than chance, each run with its own threshold.
/// </summary>
public sealed class RunComparison : Displayed
{
    private RunComparison(RunTable table, PairedComparison? paired, string? notPairedBecause)
    {
        Table = table;
        Paired = paired;
        NotPairedBecause = notPairedBecause;
    }

    /// <summary>The two runs side by side.</summary>
    public RunTable Table { get; }

    /// <summary>The paired tests; null where they cannot be made.</summary>
    public PairedComparison? Paired { get; }

    /// <summary>Why there are no paired tests, or null.</summary>
    public string? NotPairedBecause { get; }

    /// <summary>Compares two runs. Never fails because of a run's files: what hinders the paired tests is told.</summary>
    public static RunComparison Of(RunRecord a, RunRecord b)
    {
        var table = RunTable.Of([a, b]);
        try
        {
            var (first, second) = (Decided(a), Decided(b));
            var hindrance = PairedComparison.Hindrance(a.Id, first, b.Id, second);
            return new RunComparison(table, hindrance is null ? PairedComparison.Of(a.Id, first, b.Id, second) : null, hindrance);
        }
        catch (Exception error) when (error is ArgumentException or IOException or InvalidDataException or UnauthorizedAccessException)
        {
            return new RunComparison(table, null, error.Message);
        }
    }

    /// <inheritdoc/>
    public override DisplayDocument Describe() =>
        Table.Describe().Add(Paired?.Describe() ?? new Paragraph($"No paired tests: {NotPairedBecause}"));

    /// <summary>The answers as the run gave them: with its own threshold.</summary>
    private static Predictions Decided(RunRecord run)
    {
        var scores = run.LoadPredictions();
        return DecisionRule.Of(scores, run).Apply(scores);
    }
}
