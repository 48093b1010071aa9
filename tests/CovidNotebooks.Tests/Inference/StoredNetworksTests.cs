using System.Text.Json.Nodes;
using CovidNotebooks.Audit;
using CovidNotebooks.Data;
using CovidNotebooks.Evaluation;
using CovidNotebooks.Inference;
using CovidNotebooks.Models;
using CovidNotebooks.Models.Weights;
using CovidNotebooks.Runs;
using CovidNotebooks.Training;
using Tests.Training;
using static TorchSharp.torch;

namespace Tests.Inference;

/// <summary>Each of the kit's networks is built again from what its run says of it, or refused with what is lacking.</summary>
[Collection(SharedGenerator.Name)]
public sealed class StoredNetworksTests : IDisposable
{
    private const int Side = 64;
    private readonly Tests.Data.TemporaryFolder folder = new();
    private readonly RunStore store;

    public StoredNetworksTests() => store = new RunStore(Path.Combine(folder.Path, "runs"));

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(HiddenActivation.Relu)]
    [InlineData(HiddenActivation.Sigmoid)]
    public void A_documents_network_comes_back_with_its_options_and_its_answers(HiddenActivation activation)
    {
        using var network = new PneumoniaCnn(1, new PneumoniaCnnOptions
        {
            ImageSize = Side,
            HiddenUnits = 12,
            HiddenActivation = activation,
        });
        var (parts, result) = Trained(network);

        using var classifier = Classifier.Load(result.Experiment.Run.Folder);
        var answers = classifier.Predict([.. parts["test"].Images.Select(parts["test"].FullPath)]);

        Assert.Equal(("pneumonia_cnn", Side), (classifier.Contract.Network, classifier.Contract.Input.Width));
        Assert.Contains("pictures     64 x 64", classifier.ToPlainText(), StringComparison.Ordinal);
        Assert.Contains($"From run {result.Experiment.Id}.", classifier.ToPlainText(), StringComparison.Ordinal);
        Assert.All(answers.Items.Zip(result.Predictions.Items), pair =>
            Assert.Equal(pair.Second.Scores, pair.First.Scores, (a, b) => Math.Abs(a - b) < 1e-5));
    }

    /// <summary>Its one output takes another end of an experiment: weights and contract are kept, scores are those of a sigmoid.</summary>
    [Fact]
    public void A_network_of_one_output_is_asked_for_both_classes()
    {
        using var network = new CovidCtCnn(1, CovidCtCnnOptions.Small with { ImageSize = Side });
        var parts = PhantomFolder.Open(folder.Path, 2, perClass: 12, size: Side).Cut(seed: 1);
        using var experiment = Experiment.Begin(store, "ct", "ct", DataAudit.Skipped("phantoms of a test"), parts);
        var test = new ImageLoader(parts["test"], new LoaderOptions { Width = Side, Height = Side, ColorMode = ColorMode.Grayscale });
        var answers = experiment.Predict(network, test, OutputActivation.Sigmoid);
        experiment.Finish(answers, EvaluationReport.Of(answers), network);

        using var classifier = Classifier.Load(experiment.Run.Folder);
        Assert.Equal(("covid_ct_cnn", "CovidCtCnn.Small"), (classifier.Contract.Network, classifier.Contract.Name));
        var again = classifier.Predict([.. parts["test"].Images.Select(parts["test"].FullPath)]);
        Assert.All(again.Items.Zip(answers.Items), pair =>
            Assert.Equal(pair.Second.Scores, pair.First.Scores, (a, b) => Math.Abs(a - b) < 1e-5));
    }

    [Theory]
    [InlineData("covid_ct_cnn", null, "which the kit does not build: it is of somebody's own code")]
    [InlineData("covid_xray_vgg16", null, "its trunk was of random numbers or of a file of one's own")]
    [InlineData("covid_xray_res_net50", null, "its trunk was of random numbers or of a file of one's own")]
    [InlineData("covid_xray_vgg16", "vgg16-keras", "Get it: ./kit weights get vgg16-keras.")]
    public void What_cannot_be_built_again_is_refused_with_the_way_out(string network, string? weights, string reason)
    {
        using var small = new SmallCnn(2, seed: 1);
        var run = Trained(small).Result.Experiment.Run.Folder;
        Change(Path.Combine(run, "run.json"), record => record["files"]!.AsObject().Remove(ModelContract.FileName));
        Change(Path.Combine(run, ModelContract.FileName), contract =>
        {
            contract["network"] = network;
            contract["name"] = "Some";
            contract["settings"] = weights is null ? []
                : new JsonObject { ["weights_file"] = PretrainedWeights.All.Single(each => each.Name == weights).FileName };
        });

        var options = new ClassifierOptions { Data = new DataFolder(folder.Path, "a test") };
        var message = Assert.Throws<WeightsException>(() => Classifier.Load(run, options)).Message;

        Assert.Contains(reason, message, StringComparison.Ordinal);
        Assert.Contains(network, message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_network_with_too_few_outputs_is_told_when_it_is_asked()
    {
        nn.Module<Tensor, Tensor> Own() => nn.Sequential(("pool", nn.AdaptiveAvgPool2d(1)), ("flatten", nn.Flatten()), (
            "out", nn.Linear(3, 2)));
        using var network = Own();
        var (parts, result) = Trained(network);
        var (run, picture) = (result.Experiment.Run.Folder, parts["test"].FullPath(parts["test"].Images[0]));
        var message = Assert.Throws<WeightsException>(() => Classifier.Load(run)).Message;
        Assert.Contains($"Classifier.Load(\"{run}\", new ClassifierOptions {{ Network = () => new MyNetwork() }})", message,
            StringComparison.Ordinal);

        using var classifier = Classifier.Load(run, new ClassifierOptions { Network = () => Cut(Own()) });
        message = Assert.Throws<WeightsException>(() => classifier.Predict(picture)).Message;
        Assert.Contains("The network gives (1, 2, 1) for 1 pictures; the run's 2 classes (clear, patchy) need 2 outputs, or one.", message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_contract_is_told_and_damaged_validation_scores_only_leave_scores_uncalibrated()
    {
        using var small = new SmallCnn(2, seed: 1);
        var run = Trained(small).Result.Experiment.Run.Folder;
        Change(Path.Combine(run, "run.json"), record =>
        {
            record["files"]!.AsObject().Remove(ModelContract.FileName);
            record["files"]!.AsObject().Remove("validation.csv");
        });
        File.WriteAllText(Path.Combine(run, "validation.csv"), "no table");
        using (var classifier = Classifier.Load(run))
        {
            Assert.StartsWith("Scores are not calibrated, validation.csv: Line 1", classifier.CalibrationSentence,
                StringComparison.Ordinal);
        }

        File.WriteAllText(Path.Combine(run, ModelContract.FileName), "{");
        var message = Assert.Throws<WeightsException>(() => Classifier.Load(run)).Message;
        Assert.StartsWith($"The model of run {Path.GetFileName(run)} was not loaded. ", message, StringComparison.Ordinal);
        Assert.Contains("model.json is damaged", message, StringComparison.Ordinal);
    }

    /// <summary>The same weights under the same names, with an output of another shape.</summary>
    private static nn.Module<Tensor, Tensor> Cut(nn.Module<Tensor, Tensor> own)
    {
        var more = (TorchSharp.Modules.Sequential)own;
        return nn.Sequential([.. more.named_children().Select(child => (child.name, (nn.Module<Tensor, Tensor>)child.module)),
            ("again", nn.Unflatten(1, [2, 1]))]);
    }

    private static void Change(string file, Action<JsonNode> change)
    {
        var json = JsonNode.Parse(File.ReadAllText(file))!;
        change(json);
        File.WriteAllText(file, json.ToJsonString());
    }

    private (DatasetSplit Parts, ExperimentResult Result) Trained(nn.Module<Tensor, Tensor> network)
    {
        var parts = PhantomFolder.Open(folder.Path, 2, perClass: 12, size: Side).Cut(seed: 1);
        using var experiment = Experiment.Begin(store, "kit", "kit", DataAudit.Skipped("phantoms of a test"), parts);
        ImageLoader Loader(string part) =>
            new(parts[part], new LoaderOptions { Width = Side, Height = Side, BatchSize = 8 });
        var options = new TrainerOptions { Epochs = 1, Seed = 1, Optimizer = new TorchAdam { LearningRate = 1e-3 } };
        experiment.Fit(network, Loader("train"), Loader("val"), options);
        return (parts, experiment.Conclude(network, Loader("val"), Loader("test")));
    }
}
