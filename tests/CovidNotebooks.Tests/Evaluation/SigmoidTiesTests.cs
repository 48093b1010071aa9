using CovidNotebooks.Evaluation;

namespace Tests.Evaluation;

public class SigmoidTiesTests
{
    private static readonly string[] Classes = ["Covid", "Normal"];

    [Fact]
    public void Ties_are_counted_by_true_class_and_by_what_the_logits_say()
    {
        (int Label, double[] Logits)[] images =
        [
            (0, [30, 120]),
            (0, [120, 30]),
            (1, [40, 50]),
            (1, [-200, -120]),
            (1, [2, 2]),
            (1, [1, 2]),
        ];
        var ties = SigmoidTies.Of(Answers(images, Sigmoid), Answers(images, logit => logit));
        Assert.Equal(new TiedClass("Covid", 2, 2, 0, 0, 1), ties.Classes[0]);
        Assert.Equal(new TiedClass("Normal", 4, 1, 1, 1, 2), ties.Classes[1]);
        Assert.Equal(5, ties.Ties);
        Assert.Equal(3, ties.Changed);
        Assert.Contains(
            "All 5 ties are answered Covid, the first class; in 3 of them the logits say Normal.",
            ties.ToPlainText(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Without_ties_the_answers_are_those_of_the_logits()
    {
        (int Label, double[] Logits)[] images = [(0, [1, -1]), (1, [-3, 3])];
        var ties = SigmoidTies.Of(Answers(images, Sigmoid), Answers(images, logit => logit));
        Assert.Equal(0, ties.Ties);
        Assert.Contains("No two sigmoids are equal", ties.ToHtml(), StringComparison.Ordinal);
    }

    [Fact]
    public void Answers_about_other_images_are_refused()
    {
        var sigmoids = Answers([(0, [1.0, 2.0])], Sigmoid);
        var error = Assert.Throws<ArgumentException>(() => SigmoidTies.Of(sigmoids, Answers([(1, [1.0, 2.0])], logit => logit)));
        Assert.Contains("same images", error.Message, StringComparison.Ordinal);
        var three = new Predictions(["a", "b", "c"], [new Prediction("0", Group: null, Source: null, 0, [1, 1, 1], double.NaN)]);
        Assert.Contains(
            "3 classes", Assert.Throws<ArgumentException>(() => SigmoidTies.Of(three, three)).Message, StringComparison.Ordinal);
    }

    private static double Sigmoid(double logit) => 1 / (1 + MathF.Exp(-(float)logit));

    private static Predictions Answers((int Label, double[] Logits)[] images, Func<double, double> score) => new(
        Classes, [
            .. images.Select(
                (image, i) => new Prediction($"{i}", Group: null, Source: null, image.Label, [.. image.Logits.Select(score)], double.NaN)),
        ], positiveClass: 0);
}
