using CovidNotebooks.Audit;
using CovidNotebooks.Data;
using CovidNotebooks.Evaluation;
using CovidNotebooks.Models;
using CovidNotebooks.Models.Weights;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Tests.Shared;
using Tests.Training;
using Xunit.Abstractions;
using static TorchSharp.torch;

namespace Tests.Models.Weights;

[Collection(SharedGenerator.Name)]
public sealed class ResNet18Tests(ImageNetFile file, ITestOutputHelper output) : IClassFixture<ImageNetFile>
{
    private const double Tolerance = 1e-4;

    private readonly Dictionary<ImageDataset, List<double[]>> computed = [];

    private static LoaderOptions Pictures => new()
    {
        Width = 224,
        Height = 224,
        BatchSize = 1,
        ColorMode = ColorMode.Rgb,
        Interpolation = Interpolation.PilBilinear,
        Normalization = PretrainedWeights.ImageNetResNet18.Normalization,
    };

    [SkippableFact]
    public void Features_of_twenty_real_pictures_are_those_of_OnnxRuntime()
    {
        file.SkipWithout();
        Skip.If(Repository.RealData is null, "there are no real pictures: set COVIDNOTEBOOKS_DATA");
        var folder = new DataFolder(Repository.RealData!, "the test");
        var xrays = folder.Open(Datasets.Xray25).All;
        var slices = folder.Open(Datasets.CovidCt).Splits["test"];
        var differences = Tens(xrays).Concat(Tens(slices)).ToList();
        output.WriteLine($"{differences.Count} pictures, largest difference {differences.Max():E2}");
        Assert.Equal(20, differences.Count);
        Assert.All(differences, difference => Assert.True(difference <= Tolerance, $"{difference:E3}"));
    }

    [SkippableFact]
    public void It_has_the_layers_and_the_map_that_its_makers_describe()
    {
        file.SkipWithout();
        using var graph = OnnxGraph.Read(file.FilePath);
        Assert.Equal(22, graph.Nodes.Count(node => node.Operator == "Conv"));
        Assert.Equal(9, graph.Nodes.Count(node => node.Operator == "Add"));
        var trunk = PretrainedTrunk.Find(file.Data, PretrainedNetwork.Vgg16, fetch: false, file.Data.Root);
        using var network = trunk.Create(seed: 1);
        Assert.Equal(
            graph.Initializers.Values.Sum(tensor => tensor.numel()), network.state_dict().Values.Sum(tensor => tensor.numel()) - 22);
        using var scope = NewDisposeScope();
        network.eval();
        Assert.Equal([2, 512, 7, 7], network.call(zeros(2, 3, 224, 224)).shape);
    }

    [LongFact]
    public void A_linear_probe_on_its_features_tells_the_official_test_slices_better_than_chance()
    {
        Assert.True(
            Repository.RealData is not null && File.Exists(file.FilePath),
            "Long tests of real pictures need COVIDNOTEBOOKS_DATA and NuGet's package.");
        var lists = new DataFolder(Repository.RealData!, "the test").Open(Datasets.CovidCt).Splits;
        var trained = Features(lists["train"]);
        var scaler = StandardScaler.Fit(trained);
        foreach (var penalty in new[] { 1, .01, .001 })
        {
            var probe = LogisticRegression.Fit(
                [.. trained.Select(row => scaler.Apply(row))], [.. lists["train"].Images.Select(image => image.Label)], penalty);
            foreach (var part in new[] { "val", "test" })
            {
                var labels = lists[part].Images.Select(image => image.Label).ToArray();
                var scores = Features(lists[part])
                    .Select(row => scaler.Apply(row).Zip(probe.Weights, (x, w) => x * w).Sum() + probe.Intercept).ToArray();
                var (accuracy, auc) = (
                    scores.Zip(labels, (score, label) => score > 0 == (label == 1) ? 1.0 : 0.0).Average(),
                    Auc.Of(labels, scores, positiveClass: 1));
                output.WriteLine($"C {penalty}, {part}, {labels.Length} slices: accuracy {accuracy:F3}, AUC {auc:F3}");
                Assert.True(part == "val" || auc > .7, $"AUC {auc:F3}");
            }
        }
    }

    private List<double[]> Features(ImageDataset images)
    {
        if (computed.TryGetValue(images, out var known))
        {
            return known;
        }

        using var trunk = PretrainedTrunk.Find(file.Data, PretrainedNetwork.Vgg16, fetch: false, file.Data.Root).Create(seed: 1);
        trunk.eval();
        using var loader = new ImageLoader(images, Pictures with { BatchSize = 16 });
        using var noGradients = no_grad();
        var rows = new List<double[]>();
        foreach (var batch in loader.Epoch(0))
        {
            using (batch)
            using (var scope = NewDisposeScope())
            {
                rows.AddRange(GoldenTensors.Values(trunk.call(batch.Images).mean([2, 3])).Chunk(ResNet18.Features));
            }
        }

        return computed[images] = rows;
    }

    private IEnumerable<double> Tens(ImageDataset images)
    {
        using var session = new InferenceSession(file.FilePath);
        using var trunk = PretrainedTrunk.Find(file.Data, PretrainedNetwork.Vgg16, fetch: false, file.Data.Root).Create(seed: 1);
        trunk.eval();
        using var loader = new ImageLoader(images, Pictures);
        using var noGradients = no_grad();
        foreach (var batch in loader.Epoch(0).Take(10))
        {
            using (batch)
            using (var scope = NewDisposeScope())
            {
                var ours = GoldenTensors.Values(trunk.call(batch.Images).mean([2, 3]));
                using var pixels = batch.Images.contiguous().data<float>();
                using var theirs = session.Run(
                    [NamedOnnxValue.CreateFromTensor("Input247", new DenseTensor<float>(pixels.ToArray(), [1, 3, 224, 224]))]);
                yield return ours.Zip(theirs.First().AsEnumerable<float>(), (one, other) => Math.Abs(one - other)).Max();
            }
        }
    }
}
