using CovidNotebooks.Evaluation;

namespace Tests.Evaluation;

public class MisalignedAnswersTests
{
    [Fact]
    public void A_perfect_model_falls_to_what_its_totals_give_by_chance()
    {
        var answers = Perfect(30, 10);

        var mistaken = MisalignedAnswers.Of(answers, seed: 1, times: 400);

        // 30 of 40 twice: .75² + .25².
        Assert.Equal(.625, MisalignedAnswers.ByChance(answers.Confusion), 1e-12);
        Assert.InRange(mistaken.MeanAccuracy, .61, .64);
        Assert.StartsWith("Compared with the labels of other images, an accuracy of 1.000 becomes", mistaken.ToPlainText(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void In_the_order_of_the_files_nothing_changes() =>
        Assert.Equal(1, MisalignedAnswers.Of(Perfect(3, 2), [[0, 1, 2, 3, 4]]).MeanAccuracy);

    [Fact]
    public void An_order_of_other_images_is_refused() =>
        Assert.Throws<ArgumentException>(() => MisalignedAnswers.Of(Perfect(3, 2), [[0, 1]]));

    private static Predictions Perfect(int first, int second) => new(
        ["a", "b"],
        [.. Enumerable.Range(0, first + second).Select(i => new Prediction($"{i}", null, null, i < first ? 0 : 1, i < first ? [.9, .1]
            : [.1, .9], 0))]);
}
