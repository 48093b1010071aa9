using CovidNotebooks.Evaluation;

namespace Tests.Evaluation;

public class FisherExactTestTests
{
    /// <summary>
    /// The first: the lady who tastes tea, 34/70 by hand (Fisher 1935); the second: the example of scipy.stats.fisher_exact; the others
    /// by binomial coefficients in exact fractions.
    /// </summary>
    [Theory]
    [InlineData(3, 1, 1, 3, 0.48571428571428571)]
    [InlineData(8, 2, 1, 5, 0.034965034965034965)]
    [InlineData(35, 34, 45, 34, 0.5095121564392965)]
    [InlineData(10, 0, 0, 10, 1.0825088224469026e-05)]
    public void Gives_the_known_p_values(int a, int b, int c, int d, double expected) =>
        Assert.Equal(expected, FisherExactTest.Of(ConfusionMatrix.Of(new[,] { { a, b }, { c, d } }, ["x", "y"])).PValue, 1e-10);

    [Fact]
    public void An_independent_table_has_p_1() =>
        Assert.Equal(1, FisherExactTest.Of(ConfusionMatrix.Of(new[,] { { 10, 10 }, { 10, 10 } }, ["x", "y"])).PValue, 1e-12);

    [Fact]
    public void Three_classes_are_refused() =>
        Assert.Contains("3 classes", Assert.Throws<ArgumentException>(() =>
            FisherExactTest.Of(ConfusionMatrix.Of([0, 1, 2], [0, 1, 2], ["a", "b", "c"]))).Message, StringComparison.Ordinal);
}
