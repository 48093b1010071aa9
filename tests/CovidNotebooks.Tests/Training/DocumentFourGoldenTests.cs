using System.Text.Json;
using CovidNotebooks.Evaluation;
using CovidNotebooks.Training;
using Tests.Models;
using static TorchSharp.torch;

namespace Tests.Training;

/// <summary>Document 4's head: two sigmoids in single precision, and both readings of its loss.</summary>
[Trait("Category", "Golden")]
public class DocumentFourGoldenTests
{
    private const double Tolerance = 1e-6;

    public static TheoryData<string> Files => GoldenCase.Files("extras", "doc4_sigmoid_ties");

    [SkippableTheory]
    [MemberData(nameof(Files))]
    public void Sigmoids_and_their_ties_are_those_of_single_precision(string file)
    {
        foreach (var item in Cases(file))
        {
            using var logits = Logits(item);
            var sigmoids = Read(LossFunctions.Scores(OutputActivation.Sigmoid, logits));
            Assert.All(GoldenCase.Numbers(item.GetProperty("sigmoid_float32")).Zip(sigmoids), pair => AssertNear(pair.First, pair.Second));
            Assert.Equal(item.GetProperty("argmax_of_sigmoid_first_on_ties").GetInt32(), Answer(sigmoids));
            Assert.Equal(
                item.GetProperty("argmax_of_logits").GetInt32(), Answer(Read(LossFunctions.Scores(OutputActivation.None, logits))));
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Files))]
    public void The_accuracy_counts_a_tie_as_the_first_class(string file)
    {
        foreach (var item in Cases(file))
        {
            using var logits = Logits(item);
            using var first = tensor(new[] { 0L });
            var sigmoid = item.GetProperty("argmax_of_sigmoid_first_on_ties").GetInt32();
            var logit = item.GetProperty("argmax_of_logits").GetInt32();
            Assert.Equal(sigmoid == 0 ? 1 : 0, LossFunctions.Hits(OutputActivation.Sigmoid, logits, first).item<long>());
            Assert.Equal(logit == 0 ? 1 : 0, LossFunctions.Hits(OutputActivation.None, logits, first).item<long>());
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Files))]
    public void Both_readings_of_the_loss_are_met(string file)
    {
        foreach (var item in Cases(file))
        {
            AssertLosses(item, Loss.CategoricalCrossEntropy, "softmax_cross_entropy_on_logits_for_class");
            AssertLosses(item, Loss.CategoricalCrossEntropyOnSigmoids, "keras_probability_cross_entropy_for_class");
        }
    }

    [Fact]
    public void Clipped_probabilities_bound_the_loss_and_logits_do_not()
    {
        using var logits = tensor(new[,] { { 500f, -500f } });
        using var labels = tensor(new[] { 1L });
        Assert.Equal(-Math.Log(1e-7), Read(LossFunctions.PerImage(Loss.CategoricalCrossEntropyOnSigmoids, logits, labels))[0], 4);
        Assert.Equal(1000, Read(LossFunctions.PerImage(Loss.CategoricalCrossEntropy, logits, labels))[0], 3);
    }

    private static void AssertLosses(JsonElement item, Loss loss, string name)
    {
        var expected = GoldenCase.Numbers(item.GetProperty(name));
        using var logits = Logits(item);
        for (var label = 0; label < expected.Length; label++)
        {
            using var labels = tensor(new[] { (long)label });
            AssertNear(expected[label], Read(LossFunctions.PerImage(loss, logits, labels))[0]);
            AssertNear(expected[label], LossFunctions.Mean(loss, logits, labels).item<float>());
        }
    }

    private static IEnumerable<JsonElement> Cases(string file)
    {
        var cases = GoldenCase.Read(file).GetProperty("cases").EnumerateArray().ToArray();
        Assert.NotEmpty(cases);
        return cases;
    }

    private static Tensor Logits(JsonElement item) =>
        tensor(GoldenCase.Numbers(item.GetProperty("logits")).Select(value => (float)value).ToArray()).reshape(1, -1);

    private static int Answer(double[] scores) =>
        new Prediction("image", Group: null, Source: null, 0, scores, double.NaN).HighestScoredLabel;

    private static void AssertNear(double expected, double actual) =>
        Assert.True(
            (double.IsNaN(expected) && double.IsNaN(actual)) || Math.Abs(expected - actual) <= Tolerance * Math.Max(1, Math.Abs(expected)),
            $"expected {expected:R}, found {actual:R}");

    private static double[] Read(Tensor values)
    {
        using var read = values.to(ScalarType.Float64).data<double>();
        return read.ToArray();
    }
}
