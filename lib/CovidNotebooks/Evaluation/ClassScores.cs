namespace CovidNotebooks.Evaluation;

/// <summary>A row of a classification report.</summary>
/// <param name="Precision">Share of those given the class that have it; 0 where none was given it.</param>
/// <param name="Recall">Share of those of the class that were given it; 0 where there is none.</param>
/// <param name="F1">Harmonic mean of the two; 0 where both are 0.</param>
/// <param name="Support">Images whose true class it is.</param>
public sealed record ClassScores(double Precision, double Recall, double F1, int Support)
{
    /// <summary>F1 in the order of operations that scikit-learn uses, so that halves round alike.</summary>
    internal static double HarmonicMean(double precision, double recall)
    {
        var sum = precision + recall;
        return 2 * precision * recall / (sum == 0 ? 1 : sum);
    }
}
