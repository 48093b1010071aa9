using CovidNotebooks.Evaluation;
using CovidNotebooks.Training;
using Tests.Models;
using static TorchSharp.torch;

namespace Tests.Training;

/// <summary>
/// Document 4's head: two sigmoids under softmax cross-entropy. Far-out logits saturate in float32, and the first class wins the tie.
/// </summary>
[Trait("Category", "Golden")]
public class SigmoidTieTests
{
    private const double Tolerance = 1e-6;

    public static TheoryData<string> Files => GoldenCase.Files("extras", "doc4_sigmoid_ties");

    [SkippableTheory]
    [MemberData(nameof(Files))]
    public void Scores_answers_and_losses_are_those_of_TensorFlow(string file)
    {
        using var scope = NewDisposeScope();
        foreach (var item in GoldenCase.Read(file).GetProperty("cases").EnumerateArray())
        {
            var row = GoldenCase.Numbers(item.GetProperty("logits"));
            var logits = tensor(row, dtype: ScalarType.Float32).reshape(1, 2);
            var scores = GoldenTensors.Values(LossFunctions.Scores(OutputActivation.Sigmoid, logits));
            var sigmoids = GoldenCase.Numbers(item.GetProperty("sigmoid_float32"));
            GoldenTensors.AssertClose(sigmoids, scores, Tolerance, $"sigmoids of {item}");
            Assert.Equal(sigmoids[0] == sigmoids[1], scores[0] == scores[1]);

            var answer = new Prediction("image", null, null, 0, scores, 0).PredictedLabel;
            var wanted = item.GetProperty("argmax_of_sigmoid_first_on_ties").GetInt32();
            Assert.Equal(wanted, answer);
            Assert.Equal(item.GetProperty("argmax_of_logits").GetInt32(), new Prediction("image", null, null, 0, row, 0).PredictedLabel);

            var losses = GoldenCase.Numbers(item.GetProperty("softmax_cross_entropy_on_logits_for_class"));
            for (var label = 0; label < losses.Length; label++)
            {
                var labels = tensor([(long)label]);
                var loss = GoldenTensors.Values(LossFunctions.PerImage(Loss.CategoricalCrossEntropy, logits, labels))[0];
                Assert.Equal(losses[label], loss, Tolerance * Math.Max(1, losses[label]));
                Assert.Equal(label == wanted ? 1 : 0, LossFunctions.Hits(OutputActivation.Sigmoid, logits, labels).item<long>());
            }
        }
    }
}
