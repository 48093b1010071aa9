using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;

namespace CovidNotebooks.Audit;

/// <summary>The penalised loss of a logistic regression; the intercept is the last parameter and is not penalised.</summary>
internal sealed class LogisticLoss
{
    private readonly Matrix<double> rows;
    private readonly Vector<double> labels;
    private readonly Vector<double> penalised;
    private readonly double weight;

    /// <param name="rows">One row of features an example.</param>
    /// <param name="labels">0 or 1.</param>
    /// <param name="inverseRegularization">C, the weight of the examples against the penalty.</param>
    public LogisticLoss(IReadOnlyList<double[]> rows, IReadOnlyList<int> labels, double inverseRegularization)
    {
        var features = rows[0].Length;
        this.rows = DenseMatrix.Create(rows.Count, features + 1, (row, column) => column == features ? 1 : rows[row][column]);
        this.labels = DenseVector.Create(labels.Count, i => labels[i]);
        penalised = DenseVector.Create(features + 1, i => i == features ? 0 : 1);
        weight = inverseRegularization;
    }

    public static double Sigmoid(double value)
    {
        var small = Math.Exp(-Math.Abs(value));
        return value >= 0 ? 1 / (1 + small) : small / (1 + small);
    }

    /// <summary>log(1 + exp(value)) without overflow.</summary>
    public static double SoftPlus(double value) => Math.Max(value, 0) + double.LogP1(Math.Exp(-Math.Abs(value)));

    public double Value(Vector<double> parameters)
    {
        var decisions = rows * parameters;
        var losses = decisions.Map2((decision, label) => SoftPlus(label == 1 ? -decision : decision), labels, Zeros.Include);
        return (penalised.PointwiseMultiply(parameters).DotProduct(parameters) / 2) + (weight * losses.Sum());
    }

    /// <summary>The gradient, and the matrix of second derivatives.</summary>
    public (Vector<double> Gradient, Matrix<double> Hessian) Derivatives(Vector<double> parameters)
    {
        var probabilities = (rows * parameters).Map(Sigmoid, Zeros.Include);
        var gradient = (weight * rows.TransposeThisAndMultiply(probabilities - labels)) + penalised.PointwiseMultiply(parameters);

        // Rows times the root of their curvature, so that the product with itself is symmetric to the last bit, as Cholesky wants it.
        var curved = rows.Clone();
        var roots = probabilities.Map(probability => Math.Sqrt(weight * probability * (1 - probability)), Zeros.Include);
        for (var row = 0; row < curved.RowCount; row++)
        {
            curved.SetRow(row, curved.Row(row) * roots[row]);
        }

        return (gradient, curved.TransposeThisAndMultiply(curved) + DenseMatrix.OfDiagonalVector(penalised));
    }
}
