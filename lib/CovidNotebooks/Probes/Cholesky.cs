namespace CovidNotebooks.Probes;

/// <summary>Solves A x = b for a symmetric positive definite A.</summary>
internal static class Cholesky
{
    /// <param name="lower">The lower triangle of A, row by row; overwritten by its factor.</param>
    /// <param name="right">b; kept.</param>
    public static double[] Solve(double[][] lower, double[] right)
    {
        for (var i = 0; i < lower.Length; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var sum = lower[i][j];
                for (var k = 0; k < j; k++)
                {
                    sum -= lower[i][k] * lower[j][k];
                }

                lower[i][j] = i == j
                    ? sum > 0 ? Math.Sqrt(sum) : throw new ArithmeticException($"The matrix is not positive definite: pivot {i} is {sum}.")
                    : sum / lower[j][j];
            }
        }

        var solution = (double[])right.Clone();
        for (var i = 0; i < solution.Length; i++)
        {
            for (var k = 0; k < i; k++)
            {
                solution[i] -= lower[i][k] * solution[k];
            }

            solution[i] /= lower[i][i];
        }

        for (var i = solution.Length - 1; i >= 0; i--)
        {
            for (var k = i + 1; k < solution.Length; k++)
            {
                solution[i] -= lower[k][i] * solution[k];
            }

            solution[i] /= lower[i][i];
        }

        return solution;
    }
}
