using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;

namespace CovidNotebooks.Audit;

/// <summary>
/// Logistic regression for two classes with an L2 penalty on the weights, not on the intercept: the minimum of
/// ½|w|² + C Σ log(1 + exp(−yᵢ(w·xᵢ + b))) with y = ±1, as scikit-learn's <c>LogisticRegression(C)</c> defines it.
/// </summary>
/// <remarks>
/// Fitted by Newton's method with step halving from zero, in doubles and in the order of the rows: the same rows give the same bits. The
/// penalty keeps the weights finite when the classes are fully separated. Features are taken as they are; scale them with
/// <see cref="StandardScaler"/> first, otherwise the penalty weighs units against each other.
/// </remarks>
public sealed class LogisticRegression
{
    private const int MaxIterations = 200;
    private const double Tolerance = 1e-10;
    private const double InterceptGuard = 1e-10;
    private readonly double[] weights;

    private LogisticRegression(double[] parameters, int iterations)
    {
        weights = parameters[..^1];
        Intercept = parameters[^1];
        Iterations = iterations;
    }

    /// <summary>One weight a feature.</summary>
    public IReadOnlyList<double> Weights => weights;

    /// <summary>The log-odds of class 1 where all features are 0.</summary>
    public double Intercept { get; }

    /// <summary>Newton steps until the minimum.</summary>
    public int Iterations { get; }

    /// <summary>Finds the minimum.</summary>
    /// <param name="rows">One row of finite features an example, all of one length.</param>
    /// <param name="labels">0 or 1, in the order of the rows; both must occur.</param>
    /// <param name="inverseRegularization">C, above 0; 1 by default. The smaller, the stronger the penalty.</param>
    /// <exception cref="ArgumentException">
    /// Rows and labels do not fit together, a feature is not finite, or only one class occurs.
    /// </exception>
    public static LogisticRegression Fit(IReadOnlyList<double[]> rows, IReadOnlyList<int> labels, double inverseRegularization = 1)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(labels);
        if (!(inverseRegularization > 0 && double.IsFinite(inverseRegularization)))
        {
            throw new ArgumentOutOfRangeException(
                nameof(inverseRegularization), inverseRegularization, "C must be a finite number above 0; 1 is usual.");
        }

        FeatureRows.Check(rows);
        FeatureRows.CheckLabels(rows, labels);
        var loss = new LogisticLoss(rows, labels, inverseRegularization);
        Vector<double> parameters = new DenseVector(rows[0].Length + 1);
        var value = loss.Value(parameters);
        for (var iteration = 1; iteration <= MaxIterations; iteration++)
        {
            var (gradient, hessian) = loss.Derivatives(parameters);
            hessian[hessian.RowCount - 1, hessian.ColumnCount - 1] += InterceptGuard;
            var step = hessian.Cholesky().Solve(gradient);
            var decrease = gradient.DotProduct(step);
            if (decrease <= Tolerance * (1 + value))
            {
                return new LogisticRegression((parameters - step).ToArray(), iteration);
            }

            var length = 1.0;
            var next = parameters - step;
            while (!(loss.Value(next) is var nextValue && nextValue <= value - (1e-4 * length * decrease)) && length > 1e-12)
            {
                length /= 2;
                next = parameters - (length * step);
            }

            parameters = next;
            value = loss.Value(next);
        }

        throw new InvalidOperationException(
            $"Logistic regression did not reach its minimum in {MaxIterations} steps: {rows.Count} rows of {rows[0].Length} features, "
                + $"C = {inverseRegularization}. Scale the features with StandardScaler, or make C smaller.");
    }

    /// <summary>The log-odds of class 1: w·x + b.</summary>
    /// <param name="row">As many features as there are weights.</param>
    /// <exception cref="ArgumentException">There are more or fewer.</exception>
    public double Decision(ReadOnlySpan<double> row)
    {
        if (row.Length != weights.Length)
        {
            throw new ArgumentException($"The row has {row.Length} features, the model was fitted with {weights.Length}.", nameof(row));
        }

        return Intercept + TensorPrimitives.Dot(weights, row);
    }

    /// <summary>The probability of class 1.</summary>
    /// <inheritdoc cref="Decision"/>
    public double Probability(ReadOnlySpan<double> row) => LogisticLoss.Sigmoid(Decision(row));
}
