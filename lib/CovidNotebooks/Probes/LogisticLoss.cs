namespace CovidNotebooks.Probes;

/// <summary>The penalised loss of a logistic regression; the intercept is the last parameter and is not penalised.</summary>
internal sealed class LogisticLoss(IReadOnlyList<double[]> rows, IReadOnlyList<int> labels, double inverseRegularization)
{
    public static double Sigmoid(double value)
    {
        var small = Math.Exp(-Math.Abs(value));
        return value >= 0 ? 1 / (1 + small) : small / (1 + small);
    }

    /// <summary>log(1 + exp(value)) without overflow.</summary>
    public static double SoftPlus(double value) => Math.Max(value, 0) + double.LogP1(Math.Exp(-Math.Abs(value)));

    public double Value(double[] parameters)
    {
        var penalty = 0.0;
        for (var i = 0; i < parameters.Length - 1; i++)
        {
            penalty += parameters[i] * parameters[i];
        }

        var sum = 0.0;
        for (var i = 0; i < rows.Count; i++)
        {
            var decision = Decision(parameters, rows[i]);
            sum += SoftPlus(labels[i] == 1 ? -decision : decision);
        }

        return (penalty / 2) + (inverseRegularization * sum);
    }

    /// <summary>The gradient, and the lower triangle of the matrix of second derivatives.</summary>
    public (double[] Gradient, double[][] Hessian) Derivatives(double[] parameters)
    {
        var features = parameters.Length - 1;
        var gradient = new double[parameters.Length];
        var hessian = new double[parameters.Length][];
        for (var j = 0; j <= features; j++)
        {
            hessian[j] = new double[j + 1];
        }

        for (var i = 0; i < rows.Count; i++)
        {
            var row = rows[i];
            var probability = Sigmoid(Decision(parameters, row));
            var residual = probability - labels[i];
            var curvature = probability * (1 - probability);
            for (var j = 0; j <= features; j++)
            {
                var value = j == features ? 1 : row[j];
                gradient[j] += residual * value;
                var weighted = curvature * value;
                var line = hessian[j];
                for (var k = 0; k < Math.Min(line.Length, features); k++)
                {
                    line[k] += weighted * row[k];
                }
            }

            hessian[features][features] += curvature;
        }

        for (var j = 0; j <= features; j++)
        {
            var penalised = j < features;
            gradient[j] = (inverseRegularization * gradient[j]) + (penalised ? parameters[j] : 0);
            for (var k = 0; k <= j; k++)
            {
                hessian[j][k] *= inverseRegularization;
            }

            hessian[j][j] += penalised ? 1 : 0;
        }

        return (gradient, hessian);
    }

    private static double Decision(double[] parameters, double[] row)
    {
        var sum = parameters[^1];
        for (var i = 0; i < row.Length; i++)
        {
            sum += parameters[i] * row[i];
        }

        return sum;
    }
}
