using CovidNotebooks.Data;
using CovidNotebooks.Data.Imaging;
using CovidNotebooks.Display;
using CovidNotebooks.Evaluation;
using CovidNotebooks.Models;
using CovidNotebooks.Models.Weights;
using CovidNotebooks.Runs;
using CovidNotebooks.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace CovidNotebooks.Inference;

/// <summary>
/// The model of a stored run, ready to be asked about new pictures. They are read exactly as the run's test images were, decided by its
/// threshold, and calibrated by its validation images. For research and teaching, never for diagnosis.
/// </summary>
/// <example><code>
/// using var classifier = Classifier.Load("runs/20260101-120000-own-small");
/// display(classifier.Predict("new-pictures"));
/// </code></example>
public sealed class Classifier : Displayed, IDisposable
{
    private readonly nn.Module<Tensor, Tensor> network;
    private readonly ClassifierOptions options;
    private readonly TemperatureScaling? calibration;

    private Classifier(RunRecord run, ModelContract contract, nn.Module<Tensor, Tensor> network, ClassifierOptions options,
        TemperatureScaling? calibration, string words)
    {
        (Run, Contract, CalibrationSentence) = (run, contract, words);
        (this.network, this.options, this.calibration) = (network, options, calibration);
    }

    /// <summary>The run.</summary>
    public RunRecord Run { get; }

    /// <summary>What pictures the model takes and what it answers.</summary>
    public ModelContract Contract { get; }

    /// <summary>How scores are calibrated, or why they are not.</summary>
    public string CalibrationSentence { get; }

    /// <summary>What its numbers may not be used for.</summary>
    public string Caution
    {
        get
        {
            var total = Contract.TrainingImages.Sum();
            var named = Contract.TrainingImages.Zip(
                Contract.ClassNames, (count, name) => $"{DisplayedNumber.Fixed(100.0 * count / total, 0)} % {name}");
            var shares = total == 0 ? "" : $" ({string.Join(", ", named)})";
            return "For research and teaching, never for diagnosis: no answer here may decide anything about a person. "
                + (Contract.LearntFromPhantoms ? "The model learnt from drawn phantoms, so what it says of a real picture means nothing. "
                    : $"A score is what this model makes of pixels after "
                        + $"{(total == 0 ? "its training images" : $"{DisplayedNumber.ValueText(total)} training images")}{shares}. ")
                + "No score is the chance that somebody is ill: calibrated or not, it supposes pictures from the same source with the "
                    + "same shares of the classes.";
        }
    }

    /// <summary>Loads the model of a run's folder.</summary>
    /// <param name="folder">The run's folder, for example <c>runs/20260101-120000-own-small</c>.</param>
    /// <param name="options">For networks of one's own code, other devices; null for the defaults.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such run.</exception>
    /// <exception cref="WeightsException">The run keeps no model, or a model that does not fit; the message says why.</exception>
    public static Classifier Load(string folder, ClassifierOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        return Load(new RunStore(Path.GetDirectoryName(path) ?? path).Load(Path.GetFileName(path)), options);
    }

    /// <summary>Loads the model of a run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="options">For networks of one's own code, other devices; null for the defaults.</param>
    /// <exception cref="WeightsException">The run keeps no model, or a model that does not fit; the message says why.</exception>
    public static Classifier Load(RunRecord run, ClassifierOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(run);
        options ??= new ClassifierOptions();
        var (weights, description) = (FileOf(run, RunDocument.WeightsFileName), FileOf(run, ModelContract.FileName));
        ModelContract contract;
        try
        {
            contract = ModelContract.Read(description);
        }
        catch (InvalidDataException broken)
        {
            throw new WeightsException($"The model of run {run.Id} was not loaded. {broken.Message}", broken);
        }

        var (network, saved) = StoredNetworks.Build(run, contract, options);
        try
        {
            try
            {
                ModelWeights.Load(saved, weights);
            }
            catch (WeightsException wrong)
            {
                throw new WeightsException($"The weights of run {run.Id} do not fit the network that its {ModelContract.FileName} "
                    + $"describes ({contract.Network}). {wrong.Message}", wrong);
            }

            network.eval();
            if (!string.Equals(options.Device, "cpu", StringComparison.Ordinal))
            {
                network.to(torch.device(options.Device));
            }

            var (calibration, words) = Calibrated(run);
            return new Classifier(run, contract, network, options, calibration, words);
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    /// <summary>Asks about a file, or about all pictures in a folder and the folders below it.</summary>
    /// <param name="path">The file or folder.</param>
    /// <exception cref="DataException">It is not there, or holds no pictures.</exception>
    public ClassifierAnswers Predict(string path) => Predict([path]);

    /// <summary>Asks about files and folders. A file that cannot be read is answered with what is wrong with it.</summary>
    /// <param name="paths">Files, taken whatever their names end in, and folders, whose pictures are taken.</param>
    /// <exception cref="DataException">One is not there, or there is no picture at all.</exception>
    /// <exception cref="WeightsException">The network does not fit the run's classes.</exception>
    public ClassifierAnswers Predict(IReadOnlyList<string> paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        var leftOut = new List<LeftOutFile>();
        var files = paths.SelectMany(path => Listed(path, leftOut)).DistinctBy(file => file.Path, StringComparer.Ordinal).ToArray();
        if (files.Length == 0)
        {
            throw new DataException(
                $"There is no picture in {string.Join(", ", paths)}. Expected files named {PictureFiles.Endings}, in the folder or "
                    + $"below it. {string.Join(" ", PictureFiles.Sentences(leftOut))}");
        }

        var root = files.Select(file => Path.GetDirectoryName(file.Path)!).Aggregate(ImageDataset.CommonFolder);
        var dataset = new ImageDataset(
            "pictures to predict", root, Contract.ClassNames, [.. files.Select(file => new LabeledImage(Path.GetRelativePath(root,
                file.Path).Replace(Path.DirectorySeparatorChar, '/'), 0))]);
        var scores = new double[files.Length][];
        using var loader = new ImageLoader(dataset, Contract.Input.ToLoader(options.BatchSize, options.Workers));
        foreach (var batch in loader.Epoch(0))
        {
            using (batch)
            {
                foreach (var (index, own) in batch.Indices.Zip(Scores(batch.Images)))
                {
                    scores[index] = own;
                }
            }
        }

        var problems = loader.Report.BadImages.ToDictionary(bad => bad.Path, bad => bad.Reason, StringComparer.Ordinal);
        var items = files.Select((file, i) => Answer(file.Name, scores[i], problems.GetValueOrDefault(dataset.Images[i].Path)) with
        {
            Picture = () => Reader().Read(file.Path),
        });
        return Answers([.. items], PictureFiles.Sentences(leftOut));
    }

    /// <summary>Asks about a picture in memory or on the way.</summary>
    /// <param name="picture">The bytes of an image file; read to its end, not closed.</param>
    /// <param name="name">What it is called in the answer.</param>
    /// <exception cref="BadImageException">The bytes are no picture that can be read.</exception>
    public ClassifierAnswers Predict(Stream picture, string name = "picture")
    {
        ArgumentNullException.ThrowIfNull(picture);
        using var memory = new MemoryStream();
        picture.CopyTo(memory);
        var (bytes, reader, settings) = (memory.ToArray(), Reader(), Contract.Input.ToLoader());
        var image = reader.Decode(bytes, reader.Inspect(bytes, name), name);
        var channels = settings.ColorMode == ColorMode.Rgb ? 3 : 1;
        var sample = new float[settings.Width * settings.Height * channels];
        SampleWriter.Write(PixelCache.Resized(image, settings), 0, 0, 0, settings, sample);
        using var rows = tensor(sample, [1, settings.Height, settings.Width, channels]);
        using var images = rows.permute(0, 3, 1, 2);
        return Answers([Answer(name, Scores(images)[0], null) with { Picture = () => image }], []);
    }

    /// <inheritdoc/>
    public override DisplayDocument Describe() =>
        Contract.Describe().Say($"From run {Run.Id}. {CalibrationSentence}").Say(Caution, ParagraphKind.Warning);

    /// <summary>Frees the network.</summary>
    public void Dispose() => network.Dispose();

    private ImageFileReader Reader() => new(applyExifOrientation: Contract.Input.ApplyExifOrientation, depth: Contract.Input.Depth);

    private double[][] Scores(Tensor pictures)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        var logits = network.call(pictures.to(torch.device(options.Device)));
        var (found, classes) = (logits.shape, Contract.ClassNames.Count);
        var single = found is [_, 1] && classes == 2;
        if (found.Length != 2 || (!single && found[1] != classes))
        {
            throw new WeightsException(
                $"The network gives ({string.Join(", ", found)}) for {pictures.shape[0]} pictures; the run's {classes} classes "
                    + $"({string.Join(", ", Contract.ClassNames)}) need {classes} outputs"
                    + $"{(classes == 2 ? ", or one" : "")}. Give the network that the run trained.");
        }

        var values = TensorValues.Read(LossFunctions.Scores(single ? OutputActivation.Sigmoid : Contract.Activation, logits));
        return [.. Enumerable.Range(0, (int)found[0]).Select(i =>
            single ? (double[])[1 - values[i], values[i]] : [.. values.Skip(i * classes).Take(classes)])];
    }

    private ClassifierAnswer Answer(string name, double[]? scores, string? problem)
    {
        if (scores is null || problem is not null || scores.Any(double.IsNaN))
        {
            return new ClassifierAnswer(name, null, null, null, [], problem ?? "the model's score is not a number");
        }

        var prediction = new Prediction(name, null, null, 0, scores, double.NaN);
        var two = Contract.ClassNames.Count == 2;
        var answer = two && Contract.Threshold is { } threshold
            ? scores[Contract.PositiveClass] >= threshold ? Contract.PositiveClass : 1 - Contract.PositiveClass
            : prediction.HighestScoredLabel;
        var shown = two ? Contract.PositiveClass : answer;
        var calibrated = calibration?.Apply(new Predictions(Contract.ClassNames, [prediction],
            Contract.PositiveClass)).Items[0].Scores[shown];
        return new ClassifierAnswer(name, Contract.ClassNames[answer], scores[shown], calibrated, scores, null);
    }

    private ClassifierAnswers Answers(IReadOnlyList<ClassifierAnswer> items, IReadOnlyList<string> notes) =>
        new(Run.Id, Contract, items, Caution, CalibrationSentence, notes);

    private static IEnumerable<(string Name, string Path)> Listed(string path, List<LeftOutFile> leftOut)
    {
        var full = Path.GetFullPath(path);
        return Directory.Exists(full) ? PictureFiles.Below(full, "", leftOut).Select(file => (Path.Combine(path, file),
            Path.Combine(full, file)))
            : File.Exists(full) ? [(path, full)]
            : throw new DataException($"There is no file or folder {full}. Name a picture, or a folder of pictures.");
    }

    private static string FileOf(RunRecord run, string name)
    {
        var path = Path.Combine(run.Folder, name);
        if (!File.Exists(path))
        {
            throw new WeightsException(
                $"Run {run.Id} keeps no {name}, so it cannot be asked. Published runs have no weights, and runs of an older kit no "
                    + $"{ModelContract.FileName}: run the experiment again, and end it with "
                    + "Experiment.Finish(answers, report, model) after Experiment.Predict.");
        }

        return !run.Files.TryGetValue(name, out var saved) || saved == RunFile.Of(path)
            ? path
            : throw new WeightsException($"{name} of run {run.Id} is not the file that the run saved: its length or checksum is "
                + $"another. Run the experiment again.");
    }

    private static (TemperatureScaling? Scaling, string Words) Calibrated(RunRecord run)
    {
        var path = Path.Combine(run.Folder, RunDocument.ValidationFileName);
        if (!File.Exists(path))
        {
            return (null, "Scores are not calibrated: the run keeps no scores of validation images.");
        }

        try
        {
            var scaling = TemperatureScaling.Of(PredictionsFile.Read(FileOf(run, RunDocument.ValidationFileName)));
            return (scaling, $"Calibrated scores: temperature {DisplayedNumber.Fixed(scaling.Temperature)} from {scaling.Images} "
                + $"validation images "
                + $"(log loss {DisplayedNumber.Fixed(scaling.LogLossBefore)} before, {DisplayedNumber.Fixed(scaling.LogLossAfter)} "
                    + $"after).");
        }
        catch (Exception undefined) when (undefined is UndefinedMetricException or InvalidDataException)
        {
            return (null, $"Scores are not calibrated, {RunDocument.ValidationFileName}: {undefined.Message}");
        }
    }
}
