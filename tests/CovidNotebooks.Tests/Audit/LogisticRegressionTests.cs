using System.Text.Json;
using CovidNotebooks.Audit;
using Tests.Shared;
using Xunit.Abstractions;

namespace Tests.Audit;

[Trait("Category", "Golden")]
public class LogisticRegressionTests(ITestOutputHelper output)
{
    [Fact]
    public void Scales_weights_and_probabilities_are_those_of_scikit_learn()
    {
        var golden = JsonDocument.Parse(
            File.ReadAllBytes(Path.Combine(Repository.Root, "tests", "golden-probes", "logistic.json"))).RootElement;
        var tolerance = golden.GetProperty("tolerance").GetDouble();
        var cases = golden.GetProperty("cases").EnumerateArray().ToArray();
        output.WriteLine($"{cases.Length} regressions of scikit-learn {golden.GetProperty("scikit_learn")}");
        Assert.True(cases.Length >= 9);
        foreach (var given in cases)
        {
            var name = given.GetProperty("name").GetString()!;
            var train = Rows(given.GetProperty("train"));
            var scaler = StandardScaler.Fit(train);
            AssertNear(Numbers(given.GetProperty("means")), scaler.Means, 1e-12, $"{name}: mean");
            AssertNear(Numbers(given.GetProperty("scales")), scaler.Scales, 1e-12, $"{name}: scale");
            var model = LogisticRegression.Fit(
                [.. train.Select(row => scaler.Apply(row))],
                [.. given.GetProperty("labels").EnumerateArray().Select(label => label.GetInt32())],
                given.GetProperty("c").GetDouble());
            AssertNear(Numbers(given.GetProperty("weights")), model.Weights, tolerance, $"{name}: weight");
            AssertNear([given.GetProperty("intercept").GetDouble()], [model.Intercept], tolerance, $"{name}: intercept");
            AssertNear(
                Numbers(given.GetProperty("probabilities")),
                [.. Rows(given.GetProperty("test")).Select(row => model.Probability(scaler.Apply(row)))],
                tolerance,
                $"{name}: probability");
        }
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(1)]
    [InlineData(1e4)]
    public void Two_opposite_points_have_the_weight_that_their_equation_gives(double c)
    {
        // The derivative of w²/2 + 2C log(1 + exp(-w)) is zero where w = 2C / (1 + exp(w)).
        var model = LogisticRegression.Fit([[1], [-1]], [1, 0], c);
        Assert.Equal(2 * c / (1 + Math.Exp(model.Weights[0])), model.Weights[0], 1e-8);
        Assert.Equal(0, model.Intercept, 1e-12);
        Assert.Equal(0.5, model.Probability([0]), 1e-12);
    }

    [Fact]
    public void Without_information_the_intercept_is_the_log_odds_of_the_classes()
    {
        var model = LogisticRegression.Fit([[0], [0], [0], [0]], [1, 1, 1, 0]);
        Assert.Equal(Math.Log(3), model.Intercept, 1e-9);
        Assert.Equal(0, model.Weights[0]);
    }

    [Fact]
    public void The_same_rows_give_the_same_bits_and_swapped_classes_the_opposite_weights()
    {
        var random = new Random(3);
        var rows = Enumerable.Range(0, 50).Select(_ => new[] { random.NextDouble(), random.NextDouble() - 0.5 }).ToArray();
        var labels = rows.Select(row => row[0] + row[1] > 0.5 ? 1 : 0).ToArray();
        var model = LogisticRegression.Fit(rows, labels);
        Assert.Equal(model.Weights, LogisticRegression.Fit(rows, labels).Weights);
        AssertNear(
            [.. model.Weights.Select(weight => -weight)],
            LogisticRegression.Fit(rows, [.. labels.Select(label => 1 - label)]).Weights,
            1e-9,
            "weight");
    }

    [Fact]
    public void Errors_say_what_was_given()
    {
        Assert.Contains("All 2 labels are 1", Message(() => LogisticRegression.Fit([[1], [2]], [1, 1])), StringComparison.Ordinal);
        Assert.Contains("label 2", Message(() => LogisticRegression.Fit([[1], [2]], [0, 2])), StringComparison.Ordinal);
        Assert.Contains("2 rows and 1 labels", Message(() => LogisticRegression.Fit([[1], [2]], [0])), StringComparison.Ordinal);
        Assert.Contains("Row 1 has 2 features", Message(() => LogisticRegression.Fit([[1], [2, 3]], [0, 1])), StringComparison.Ordinal);
        Assert.Contains(
            "not a finite number", Message(() => LogisticRegression.Fit([[1], [double.NaN]], [0, 1])), StringComparison.Ordinal);
        Assert.Contains("no rows", Message(() => StandardScaler.Fit([])), StringComparison.Ordinal);
        Assert.Contains("above 0", Message(() => LogisticRegression.Fit([[1], [2]], [0, 1], 0)), StringComparison.Ordinal);
        Assert.Contains(
            "fitted with 1", Message(() => LogisticRegression.Fit([[1], [2]], [0, 1]).Probability([1, 2])), StringComparison.Ordinal);
        Assert.Contains("fitted with 1", Message(() => StandardScaler.Fit([[1]]).Apply([1, 2])), StringComparison.Ordinal);
    }

    private static string Message(Action action) => Assert.ThrowsAny<ArgumentException>(action).Message;

    private static string Message(Func<object> action) => Message(() => { action(); });

    private static double[][] Rows(JsonElement rows) => [.. rows.EnumerateArray().Select(Numbers)];

    private static double[] Numbers(JsonElement numbers) => [.. numbers.EnumerateArray().Select(number => number.GetDouble())];

    /// <summary>Within the tolerance times the larger of 1 and the expected magnitude.</summary>
    private static void AssertNear(IReadOnlyList<double> expected, IReadOnlyList<double> actual, double tolerance, string what)
    {
        Assert.Equal(expected.Count, actual.Count);
        for (var i = 0; i < expected.Count; i++)
        {
            Assert.True(
                Math.Abs(expected[i] - actual[i]) <= tolerance * Math.Max(1, Math.Abs(expected[i])),
                $"{what} {i} is {actual[i]:R}, expected {expected[i]:R}.");
        }
    }
}
