using CovidNotebooks.Display;
using MathNet.Numerics;

namespace CovidNotebooks.Evaluation;

/// <summary>Fisher's exact test: have the rows and the columns of a 2 × 2 table anything to do with each other?</summary>
/// <remarks>R. A. Fisher, J. R. Stat. Soc. 85 (1922) 87–94; two-sided as scipy.stats.fisher_exact and R have it: tables with these
/// margins that are at most as likely are added up.</remarks>
/// <param name="PValue">Between 0 and 1.</param>
/// <param name="OddsRatio">Of the counts as they are (scipy's): infinite or NaN where a count is 0.</param>
public sealed record FisherExactTest(double PValue, double OddsRatio)
{
    /// <summary>How much larger than the observed table's a probability may be to count as equal: scipy's tolerance.</summary>
    private const double Tolerance = 1e-7;

    /// <summary>Tests a confusion matrix: have the answers anything to do with the truth?</summary>
    /// <param name="matrix">Two classes.</param>
    /// <exception cref="ArgumentException">There are not two classes.</exception>
    public static FisherExactTest Of(ConfusionMatrix matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        if (matrix.Size != 2)
        {
            throw new ArgumentException(
                $"Fisher's test is of a 2 × 2 table; the matrix has {matrix.Size} classes ({string.Join(", ", matrix.ClassNames)}).",
                nameof(matrix));
        }

        var (row, column, total) = (matrix.RowTotal(0), matrix.ColumnTotal(0), matrix.Total);
        var (lowest, highest) = (Math.Max(0, row + column - total), Math.Min(row, column));
        double Log(int a) => SpecialFunctions.BinomialLn(row, a)
            + SpecialFunctions.BinomialLn(total - row, column - a) - SpecialFunctions.BinomialLn(total, column);
        var observed = Log(matrix[0, 0]) + Math.Log(1 + Tolerance);
        var sum = Enumerable.Range(lowest, highest - lowest + 1).Select(Log).Where(log => log <= observed).Sum(Math.Exp);
        return new FisherExactTest(Math.Min(1, sum), (double)matrix[0, 0] * matrix[1, 1] / ((double)matrix[0, 1] * matrix[1, 0]));
    }

    /// <inheritdoc/>
    public override string ToString() => $"p {DisplayedNumber.PValue(PValue)}";
}
