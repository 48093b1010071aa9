using CovidNotebooks.Audit;
using CovidNotebooks.Data;
using CovidNotebooks.Data.Augmentation;
using CovidNotebooks.Data.Imaging;
using CovidNotebooks.Inference;
using CovidNotebooks.Models;
using CovidNotebooks.Models.Weights;
using CovidNotebooks.Runs;
using CovidNotebooks.Training;
using Tests.Training;
using static TorchSharp.torch;

namespace Tests.Inference;

/// <summary>A stored model says of a picture what it said of it in its run: that is the truth here.</summary>
[Collection(SharedGenerator.Name)]
public sealed class ClassifierTests : IDisposable
{
    private const int Side = 32;
    private static readonly DataAudit Audit = DataAudit.Skipped("phantoms of a test");
    private readonly Tests.Data.TemporaryFolder folder = new();
    private readonly RunStore store;

    public ClassifierTests() => store = new RunStore(Path.Combine(folder.Path, "runs"));

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void It_says_of_files_folders_and_streams_what_it_said_in_its_run(int classes)
    {
        var (parts, result) = Trained(classes);
        using var classifier = Classifier.Load(Path.Combine(store.Root, result.Experiment.Id));
        var test = parts["test"];
        string[] files = [.. test.Images.Select(test.FullPath)];

        var answers = classifier.Predict(files);

        Assert.Equal(files, answers.Items.Select(item => item.Name));
        Assert.All(answers.Items.Zip(result.Predictions.Items), pair =>
        {
            Assert.Equal(pair.Second.Scores, pair.First.Scores.Select(score => (double)(float)score), (a, b) => Math.Abs(a - b) < 1e-5);
            Assert.Equal(test.ClassNames[pair.Second.PredictedLabel], pair.First.Class);
        });
        Assert.Equal(result.Threshold?.Value, answers.Threshold);
        var one = classifier.Predict(files[0]).Items[0];
        using var stream = File.OpenRead(files[0]);
        Assert.Equal(one.Scores, classifier.Predict(stream).Items[0].Scores);
        Assert.Equal(test.Root, parts["train"].Root);
        Assert.Equal(24 * classes, classifier.Predict(test.Root).Items.Count);
    }

    [Fact]
    public void Scores_are_calibrated_by_the_validation_images_and_cautioned()
    {
        var (parts, result) = Trained(3);
        var scaling = result.Calibration;
        using var classifier = Classifier.Load(result.Experiment.Run.Folder);

        var answers = classifier.Predict(parts["test"].FullPath(parts["test"].Images[0]));

        if (scaling is null)
        {
            Assert.Contains("not calibrated", answers.Calibration, StringComparison.Ordinal);
        }
        else
        {
            var expected = scaling.Apply(result.Predictions).Items[0];
            Assert.Equal(expected.Scores.Max(), answers.Items[0].CalibratedScore!.Value, 4);
        }

        Assert.Contains("never for diagnosis", answers.Caution, StringComparison.Ordinal);
        Assert.Contains("learnt from drawn phantoms", answers.Caution, StringComparison.Ordinal);
        Assert.Contains("No score is the chance that somebody is ill", answers.ToPlainText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Csv_and_page_hold_every_answer_and_a_broken_file_is_told()
    {
        var (_, result) = Trained(2);
        var asked = PhantomFolder.NewPictures(folder.Path, classes: 2, count: 3, size: 40);
        File.WriteAllText(Path.Combine(asked, "broken.png"), "no picture");
        File.WriteAllText(Path.Combine(asked, ".hidden.png"), "no picture");
        using var classifier = Classifier.Load(result.Experiment.Run.Folder);

        var answers = classifier.Predict(asked);

        var lines = answers.ToCsv().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("file,class,score,calibrated_score,threshold,score:clear,score:patchy,problem", lines[0]);
        Assert.Equal(5, lines.Length);
        Assert.StartsWith(Path.Combine(asked, "broken.png") + ",,,,,,,", lines[1], StringComparison.Ordinal);
        Assert.Equal("broken.png", Path.GetFileName(Assert.Single(answers.Unread).Name));
        Assert.Contains("1 file cannot be read", answers.Sentence, StringComparison.Ordinal);
        Assert.Contains(".hidden.png", Assert.Single(answers.Notes), StringComparison.Ordinal);
        var page = answers.ToHtmlPage();
        Assert.Equal(3, page.Split("data:image/png;base64,").Length - 1);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("http", page.Replace("http-equiv", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("never for diagnosis", page, StringComparison.Ordinal);
        using var damaged = new MemoryStream([1, 2, 3]);
        Assert.Throws<BadImageException>(() => classifier.Predict(damaged));
        Assert.Contains(
            "There is no file or folder",
            Assert.Throws<DataException>(() => classifier.Predict("nowhere")).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_head_on_maps_is_kept_with_its_trunk_and_its_input()
    {
        var parts = PhantomFolder.Open(folder.Path, 3, perClass: 12, size: 40).Cut(seed: 1);
        var trunk = PretrainedTrunk.Find(new DataFolder(folder.Path, "test"), PretrainedNetwork.ResNet18, fetch: false, folder.Path);
        using var network = trunk.WithHead(3, seed: 2);
        var loader = new LoaderOptions { Width = Side, Height = Side, BatchSize = 8, Interpolation = Interpolation.PilBilinear };
        using var bank = FeatureBank.Compute(network.Trunk, DatasetOf(parts), loader);
        using var experiment = Experiment.Begin(store, "head", "head", Audit, parts);
        experiment.Fit(
            network.Head,
            bank.Source(parts["train"], loader with { Shuffle = true }),
            bank.Source(parts["val"], loader),
            Options,
            network: network);
        var result = experiment.Conclude(
            network.Head, bank.Source(parts["val"], loader), bank.Source(parts["test"], loader), keep: network);

        using var classifier = Classifier.Load(experiment.Run.Folder);
        var answers = classifier.Predict([.. parts["test"].Images.Select(parts["test"].FullPath)]);

        Assert.Equal(
            ("trunk_classifier", "ResNet18", Side, Interpolation.PilBilinear),
            (
                classifier.Contract.Network,
                classifier.Contract.Name,
                classifier.Contract.Input.Width,
                classifier.Contract.Input.Interpolation));
        Assert.All(
            answers.Items.Zip(result.Predictions.Items),
            pair => Assert.Equal(pair.Second.Scores, pair.First.Scores, (a, b) => Math.Abs(a - b) < 1e-4));
    }

    [Fact]
    public void A_network_of_ones_own_needs_its_code_and_a_wrong_one_is_refused()
    {
        var parts = PhantomFolder.Open(folder.Path, 2, perClass: 12, size: 40).Cut(seed: 1);
        static nn.Module<Tensor, Tensor> Own(int width, int outputs) => nn.Sequential(
            ("conv", nn.Conv2d(3, width, 3)), ("pool", nn.AdaptiveAvgPool2d(1)), ("flatten", nn.Flatten()), (
                "out", nn.Linear(width, outputs)));
        using var network = Own(4, 2);
        using var experiment = Experiment.Begin(store, "own", "own", Audit, parts);
        experiment.Fit(network, Loader(parts["train"]), Loader(parts["val"]), Options);
        var result = experiment.Conclude(network, Loader(parts["val"]), Loader(parts["test"]));
        var run = experiment.Run.Folder;

        Assert.Contains(
            "new ClassifierOptions { Network = ",
            Assert.Throws<WeightsException>(() => Classifier.Load(run)).Message,
            StringComparison.Ordinal);
        using var classifier = Classifier.Load(run, new ClassifierOptions { Network = () => Own(4, 2) });
        Assert.Equal(
            result.Predictions.Items[0].Scores[1],
            classifier.Predict(parts["test"].FullPath(parts["test"].Images[0])).Items[0].Score!.Value,
            5);
        var wrong = Assert.Throws<WeightsException>(
            () => Classifier.Load(run, new ClassifierOptions { Network = () => Own(5, 2) })).Message;
        Assert.Contains("do not fit the network", wrong, StringComparison.Ordinal);
        Assert.Contains("other shape or type: conv.weight", wrong, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_that_are_missing_changed_or_damaged_are_told()
    {
        var (_, result) = Trained(2);
        var run = result.Experiment.Run.Folder;
        var (weights, contract) = (Path.Combine(run, "model.safetensors"), Path.Combine(run, "model.json"));
        Assert.Equal(
            ["audit.json", "model.json", "model.safetensors", "predictions.csv", "validation.csv"],
            store.Load(result.Experiment.Id).Files.Keys.Order(StringComparer.Ordinal));

        var bytes = File.ReadAllBytes(weights);
        bytes[^1] ^= 1;
        File.WriteAllBytes(weights, bytes);
        Assert.Contains(
            "not the file that the run saved",
            Assert.Throws<WeightsException>(() => Classifier.Load(run)).Message,
            StringComparison.Ordinal);
        File.Delete(weights);
        Assert.Contains(
            "keeps no model.safetensors", Assert.Throws<WeightsException>(() => Classifier.Load(run)).Message, StringComparison.Ordinal);
        File.WriteAllText(contract, "{ \"format\": 1 }");
        Assert.Contains(
            "model.json is damaged",
            Assert.Throws<InvalidDataException>(() => ModelContract.Read(contract)).Message,
            StringComparison.Ordinal);
        Assert.Throws<DirectoryNotFoundException>(() => Classifier.Load(Path.Combine(store.Root, "none")));
    }

    [Fact]
    public void A_contract_is_read_as_it_was_written()
    {
        var contract = new ModelContract
        {
            Network = "x",
            Name = "X",
            ClassNames = ["a", "b"],
            Threshold = .1 + .2,
            Settings = new Dictionary<string, object?>(StringComparer.Ordinal) { ["n"] = 3L, ["w"] = "y", ["l"] = null },
            Input = InputContract.Of(
                new LoaderOptions { Width = 7, Height = 9, Normalization = PixelNormalization.ImageNet, Depth = Depth.Window(40, 400) }),
            TrainingImages = [1, 2],
        };
        var path = Path.Combine(folder.Path, "model.json");

        contract.Write(path);
        var read = ModelContract.Read(path);
        read.Write(path + "2");

        Assert.Equal(File.ReadAllText(path), File.ReadAllText(path + "2"));
        Assert.Equal((contract.Threshold, 7, 9), (read.Threshold, read.Input.Width, read.Input.Height));
        Assert.Equal(PixelNormalization.ImageNet.ToString(), read.Input.Normalization!.ToString());
        Assert.Equal(Depth.Window(40, 400), read.Input.ToLoader().Depth);
        Assert.Equal(contract.Settings, read.Settings);
    }

    private static TrainerOptions Options => new() { Epochs = 2, Seed = 1, Optimizer = new TorchAdam { LearningRate = 2e-3 } };

    private (DatasetSplit Parts, ExperimentResult Result) Trained(int classes)
    {
        var parts = PhantomFolder.Open(folder.Path, classes, perClass: 24, size: 40).Cut(seed: 1);
        var model = new SmallCnn(classes, seed: 1);
        using var experiment = Experiment.Begin(store, "small", "small", Audit, parts);
        experiment.Fit(model, Loader(parts["train"], shuffle: true), Loader(parts["val"]), Options);
        return (parts, experiment.Conclude(model, Loader(parts["val"]), Loader(parts["test"]), positiveClass: classes - 1));
    }

    private static ImageLoader Loader(ImageDataset part, bool shuffle = false) =>
        new(
            part,
            new LoaderOptions { Width = Side, Height = Side, BatchSize = 8, Shuffle = shuffle, Interpolation = Interpolation.PilBilinear });

    private static ImageDataset DatasetOf(DatasetSplit parts) => ImageDataset.Join("all", [.. parts.Parts.Select(part => part.Dataset)]);
}
