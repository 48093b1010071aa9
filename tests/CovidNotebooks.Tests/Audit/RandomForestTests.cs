using CovidNotebooks.Audit;

namespace Tests.Audit;

public class RandomForestTests
{
    [Fact]
    public void Thresholds_lie_in_the_middle_between_the_classes()
    {
        var rows = Enumerable.Range(0, 40).Select(i => new[] { i < 20 ? 0.0 : 10.0 }).ToArray();
        var forest = RandomForest.Fit(rows, [.. rows.Select(row => row[0] > 5 ? 1 : 0)], seed: 1, trees: 20);
        Assert.Equal(20, forest.Count);
        Assert.Equal([0, 0, 1, 1], new[] { -1, 5, 5.001, 99 }.Select(value => forest.Probability([value])));
    }

    [Fact]
    public void What_only_two_features_together_tell_is_found_by_the_forest_and_not_by_the_regression()
    {
        double[][] corners = [[0, 0], [0, 1], [1, 0], [1, 1]];
        var rows = Enumerable.Range(0, 80).Select(i => corners[i % 4]).ToArray();
        var labels = rows.Select(row => (int)row[0] ^ (int)row[1]).ToArray();
        var forest = RandomForest.Fit(rows, labels, seed: 2);
        Assert.All(corners, row => Assert.Equal((int)row[0] ^ (int)row[1], forest.Probability(row)));
        Assert.All(corners, row => Assert.Equal(0.5, LogisticRegression.Fit(rows, labels).Probability(row), 1e-9));
    }

    [Fact]
    public void Without_information_the_answer_is_the_share_of_the_class()
    {
        var labels = Enumerable.Range(0, 200).Select(i => i % 4 == 0 ? 1 : 0).ToArray();
        var forest = RandomForest.Fit([.. labels.Select(_ => new[] { 7.0, 7.0 })], labels, seed: 3);

        // The mean of 300 bootstrap shares: standard error √(.25 · .75 / 200 / 300) = .0018.
        Assert.Equal(0.25, forest.Probability([7, 7]), 0.0072);
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits_and_another_seed_another_forest()
    {
        var random = new Random(4);
        var rows = Enumerable.Range(0, 60).Select(_ => new[] { random.NextDouble(), random.NextDouble(), random.NextDouble() }).ToArray();
        var labels = rows.Select(row => row[0] + (0.5 * random.NextDouble()) > 0.7 ? 1 : 0).ToArray();
        double[] Answers(long seed) => [.. rows.Select(row => RandomForest.Fit(rows, labels, seed, 10).Probability([row[0], row[1], 0.5]))];
        Assert.Equal(Answers(5), Answers(5));
        Assert.NotEqual(Answers(5), Answers(6));
    }

    [Fact]
    public void Errors_say_what_was_given()
    {
        Assert.Contains(
            "All 2 labels are 0",
            Assert.Throws<ArgumentException>(() => RandomForest.Fit([[1], [2]], [0, 0], 1)).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => RandomForest.Fit([[1], [2]], [0, 1], 1, trees: 0));
        Assert.Contains(
            "grown with 1",
            Assert.Throws<ArgumentException>(() => RandomForest.Fit([[1], [2]], [0, 1], 1).Probability([1, 2])).Message,
            StringComparison.Ordinal);
    }
}
