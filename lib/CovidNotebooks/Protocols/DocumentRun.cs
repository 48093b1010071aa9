using System.Globalization;
using CovidNotebooks.Data;
using CovidNotebooks.Display;
using CovidNotebooks.Evaluation;
using CovidNotebooks.Runs;
using CovidNotebooks.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace CovidNotebooks.Protocols;

/// <summary>
/// A finished run of a document's experiment, as published or changed: network, training, answers and metrics, and the record that they
/// left.
/// </summary>
public sealed class DocumentRun : Displayed, IDisposable
{
    private const string RuleName = "threshold_rule";

    private readonly DocumentSources sources;
    private readonly bool ownsSources;
    private readonly bool ownsModel;

    private DocumentRun(
        Protocol document,
        DatasetSplit images,
        Experiment experiment,
        DocumentSources sources,
        bool ownsSources,
        nn.Module<Tensor, Tensor> model,
        bool ownsModel = true)
    {
        Document = document;
        Images = images;
        Experiment = experiment;
        this.sources = sources;
        this.ownsSources = ownsSources;
        Model = model;
        this.ownsModel = ownsModel;
    }

    /// <summary>What was run.</summary>
    public Protocol Document { get; }

    /// <summary>The images that it was run on.</summary>
    public DatasetSplit Images { get; }

    /// <summary>The experiment, which has ended.</summary>
    public Experiment Experiment { get; }

    /// <summary>The name of the run's folder.</summary>
    public string Id => Experiment.Id;

    /// <summary>The network after the training.</summary>
    public nn.Module<Tensor, Tensor> Model { get; }

    /// <summary>What the training measured.</summary>
    public TrainingHistory History { get; private init; } = null!;

    /// <summary>The answers about the evaluated images.</summary>
    public Predictions Predictions { get; private init; } = null!;

    /// <summary>Their metrics.</summary>
    public EvaluationReport Report { get; private init; } = null!;

    /// <summary>The threshold with its reason; null where the highest score decides.</summary>
    public ThresholdChoice? Threshold { get; private init; }

    /// <summary>The settings that the run recorded, and its <c>differs</c>.</summary>
    public IReadOnlyDictionary<string, object?> Parameters => Experiment.Run.Parameters;

    /// <summary>What differs from the document's experiment, a clause each.</summary>
    public IReadOnlyList<string> Differs => Document.Differences(Parameters);

    /// <summary>The document's numbers beside ours.</summary>
    public PublishedComparison Comparison => Document.Compare(Report, Parameters);

    /// <summary>Mean seconds of an epoch, validation included.</summary>
    public double SecondsAnEpoch => History.Seconds / History.Epochs.Count;

    /// <summary>Files that could not be read.</summary>
    public IReadOnlyList<string> BadImages => sources.BadImages;

    /// <summary>Trains, asks and stores: the whole experiment.</summary>
    internal static DocumentRun Of(
        Protocol document, RunStore store, DatasetSplit images, DocumentRunOptions options, DocumentSources? shared)
    {
        var experiment = document.Begin(store, images, options);
        var batches = shared;
        nn.Module<Tensor, Tensor>? model = null;
        try
        {
            var (evaluated, watched) = (images[document.EvaluationPart], document.ValidationPart is { } part ? images[part] : null);
            batches ??= DocumentSources.Of(document, Everything(images), Path.Combine(store.Root, "features"), options);
            (model, var history) = document.Train(batches, images["train"], watched, experiment, options);
            var threshold = document.Threshold == ThresholdRule.YoudenOnValidation
                ? ChosenOn(watched ?? throw NoValidation(document), document, experiment, batches, model)
                : null;
            var answers = document.Ask(batches, model, evaluated, experiment, options.Device);
            answers = threshold is null ? answers : answers.AtThreshold(threshold.Value);
            var report = EvaluationReport.Of(answers);
            experiment.Set(RuleName, Recording.FlatSettings.Word(document.Threshold.ToString()));
            experiment.Finish(answers, report, options.KeepWeights ? batches.Taker(model) : null);
            return new DocumentRun(document, images, experiment, batches, shared is null, model)
            {
                History = history,
                Predictions = answers,
                Report = report,
                Threshold = threshold,
            };
        }
        catch
        {
            experiment.Dispose();
            model?.Dispose();
            if (shared is null)
            {
                batches?.Dispose();
            }

            throw;
        }
    }

    /// <summary>The trained network's answers about other images, by the run's own threshold.</summary>
    /// <param name="images">Any images of the document's classes.</param>
    public Predictions Ask(ImageDataset images)
    {
        var answers = Document.Ask(sources, Model, images);
        return Threshold is null ? answers : answers.AtThreshold(Threshold.Value);
    }

    /// <summary>
    /// A run of its own in which nothing is trained: this network's answers again, from the score on at which sensitivity plus specificity
    /// is highest on the validation images (<see cref="ThresholdRule.YoudenOnValidation"/>).
    /// </summary>
    /// <param name="store">Where the run is stored.</param>
    /// <param name="options">Its story and audit; nothing of it changes the network.</param>
    /// <returns>The run. Its network is this run's, which must not be disposed before it.</returns>
    /// <exception cref="InvalidOperationException">The document has no validation images.</exception>
    public DocumentRun AtValidationThreshold(RunStore store, DocumentRunOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var document = Document with { Threshold = ThresholdRule.YoudenOnValidation };
        var validation = Images[document.ValidationPart ?? throw NoValidation(document)];
        var experiment = document.Begin(store, Images, options);
        try
        {
            experiment.TrainedIn(Experiment);
            var threshold = ChosenOn(validation, document, experiment, sources, Model);
            experiment.Set(RuleName, Recording.FlatSettings.Word(document.Threshold.ToString()));
            var answers = Predictions.AtThreshold(threshold.Value);
            var report = EvaluationReport.Of(answers);
            experiment.Finish(answers, report);
            return new DocumentRun(document, Images, experiment, sources, ownsSources: false, Model, ownsModel: false)
            {
                History = History,
                Predictions = answers,
                Report = report,
                Threshold = threshold,
            };
        }
        catch
        {
            experiment.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public override DisplayDocument Describe() => Experiment.Describe().Add(Report.Describe());

    /// <summary>Frees the network, and the sources where they are its own.</summary>
    public void Dispose()
    {
        Experiment.Dispose();
        if (ownsModel)
        {
            Model.Dispose();
        }

        if (ownsSources)
        {
            sources.Dispose();
        }
    }

    /// <summary>All images of all parts, each once.</summary>
    internal static ImageDataset Everything(DatasetSplit images)
    {
        var first = images.Parts[0].Dataset;
        return new ImageDataset(
            images.Title,
            first.Root,
            first.ClassNames,
            [.. images.Parts.SelectMany(part => part.Dataset.Images).DistinctBy(image => image.Path, StringComparer.Ordinal)])
        {
            Collection = first.Collection,
        };
    }

    /// <summary>The environment of a run on a device.</summary>
    internal static RunEnvironment Environment(string device) =>
        RunEnvironment.Capture(torch.__version__, device, new CpuTuning().EffectiveThreads);

    /// <summary>The name of a run: <c>05-as-published</c>.</summary>
    internal static string NameOf(Protocol document, DocumentRunOptions options) =>
        options.Name ?? string.Create(CultureInfo.InvariantCulture, $"{document.Number:00}-{options.Story.Variant.Replace(' ', '-')}");

    /// <summary>The threshold of a network on validation images, whose answers the run keeps.</summary>
    private static ThresholdChoice ChosenOn(
        ImageDataset validation, Protocol document, Experiment experiment, DocumentSources sources, nn.Module<Tensor, Tensor> model)
    {
        var answers = document.Ask(sources, model, validation);
        experiment.KeepValidation(answers);
        return ThresholdChoice.Youden(answers);
    }

    private static InvalidOperationException NoValidation(Protocol document) => new(
        $"Document {document.Number} has Threshold = {document.Threshold} and ValidationPart = null: a threshold is chosen on "
            + "validation images. Name a part, for example ValidationPart = \"val\".");
}
