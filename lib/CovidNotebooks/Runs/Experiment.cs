using CovidNotebooks.Audit;
using CovidNotebooks.Data;
using CovidNotebooks.Display;
using CovidNotebooks.Evaluation;
using CovidNotebooks.Models.Weights;
using CovidNotebooks.Recording;
using CovidNotebooks.Training;
using static TorchSharp.torch;

namespace CovidNotebooks.Runs;

/// <summary>
/// A run that spans its trainings: it begins with the audit of the data, writes down what runs, logs every epoch, keeps a checkpoint from
/// which an interrupted training goes on, and ends with predictions, results and weights.
/// </summary>
/// <remarks>
/// The record's settings are asked of the objects that run: groups <c>split</c>, <c>model</c>, <c>trainer</c>, <c>train</c>,
/// <c>validation</c>, <c>evaluation</c> (<see cref="FlatSettings"/>). Checkpoints are in
/// <c>{store}/checkpoints/{name}-{key}.safetensors</c>; the key is made of the same settings (<see cref="TrainingSettings"/>), the model's
/// weights before training and the images (paths, labels, file lengths): when one of them differs, the training starts anew under another
/// key. Not in the key: device, threads, loader workers, the story, and the code. After a change of code that changes numbers, train with
/// <c>resume: false</c>.
/// </remarks>
public sealed partial class Experiment : Displayed, IDisposable
{
    private const string Data = "data";
    private const string Differs = "differs";

    private readonly RunStore store;
    private readonly DatasetSplit? split;
    private readonly Func<IReadOnlyDictionary<string, object?>, IReadOnlyList<string>>? differences;
    private readonly List<ExperimentFit> fits = [];
    private readonly List<TrainingSettings> trainings = [];
    private readonly List<IReadOnlyDictionary<string, object?>> evaluations = [];
    private HashSet<string> recorded = new(StringComparer.Ordinal);
    private string? collection;
    private nn.Module? network;
    private ImageDataset? trainedOn;
    private (IBatchSource Source, OutputActivation Activation)? asked;

    private Experiment(
        RunStore store,
        DataAudit audit,
        DatasetSplit? split,
        Func<IReadOnlyDictionary<string, object?>, IReadOnlyList<string>>? differences,
        Run run)
    {
        this.store = store;
        this.split = split;
        this.differences = differences;
        Audit = audit;
        Run = run;
    }

    /// <summary>The run's id, the name of its folder.</summary>
    public string Id => Run.Id;

    /// <summary>
    /// The run, for further files and metrics.
    /// <see cref="Finish(Predictions, EvaluationReport, nn.Module?, IReadOnlyDictionary{string, double}?)"/> ends it.
    /// </summary>
    public Run Run { get; }

    /// <summary>The audit that it began with.</summary>
    public DataAudit Audit { get; }

    /// <summary>The trainings so far.</summary>
    public IReadOnlyList<ExperimentFit> Fits => fits;

    /// <summary>Epochs of the latest training that were read from a checkpoint; 0 when it started anew.</summary>
    public int ResumedFrom => fits.Count > 0 ? fits[^1].ResumedFrom : 0;

    /// <summary>Begins a run. Its status is running from now on.</summary>
    /// <param name="store">Where runs and checkpoints are kept.</param>
    /// <param name="name">What the run is, for example <c>05-corrected</c>.</param>
    /// <param name="story">Which experiment it is and why; a text is its variant.</param>
    /// <param name="audit">The audit of the data: <see cref="DataAudit.Of"/>, or <see cref="DataAudit.Skipped"/> with a reason.</param>
    /// <param name="split">How the images are cut; null where they are not, or the record shall not say it.</param>
    /// <param name="differences">
    /// From the recorded settings to what differs from the experiment that is reproduced, a sentence each: <c>Protocol.Differences</c>;
    /// null where none is. Its answer is the record's <c>differs</c>.
    /// </param>
    /// <param name="environment">What it is computed with; by default what can be found without a tensor library.</param>
    public static Experiment Begin(
        RunStore store,
        string name,
        RunStory story,
        DataAudit audit,
        DatasetSplit? split = null,
        Func<IReadOnlyDictionary<string, object?>, IReadOnlyList<string>>? differences = null,
        RunEnvironment? environment = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(story);
        ArgumentNullException.ThrowIfNull(audit);
        var run = store.Create(name, story.ToParameters(), environment);
        try
        {
            run.Save(audit.Record);
            run.SetResults(audit.ToResults());
            var experiment = new Experiment(store, audit, split, differences, run);
            experiment.Record();
            return experiment;
        }
        catch (Exception error)
        {
            run.Fail(error.Message);
            throw;
        }
    }

    /// <summary>
    /// <see cref="Trainer.Fit"/> with every epoch logged to the run and a checkpoint after each. A training that was interrupted goes on
    /// and gives the same bits as an uninterrupted one; one that had ended is read back at once. When it throws, the run has failed.
    /// </summary>
    /// <remarks>
    /// Several trainings in one experiment (repeats over seeds, folds) are kept apart: their keys differ with their seeds and images, the
    /// lines of the second, third … in <c>metrics.jsonl</c> hold its number as <c>fit</c>, and the record holds what they share and what
    /// each has of its own.
    /// </remarks>
    /// <param name="model">The model with its initial weights, made from a seed: they are a part of the key.</param>
    /// <param name="train">The training images.</param>
    /// <param name="validation">Images to measure after each epoch, or null.</param>
    /// <param name="options">How to train; checkpoint and resuming are set here.</param>
    /// <param name="observer">Is told of batches and epochs too, for example a live chart; null for nobody.</param>
    /// <param name="resume">Go on from a checkpoint of the same key where there is one (the default), or start anew and replace it.</param>
    /// <param name="checkpoint">
    /// Keep a checkpoint, the default. False writes and reads none: for a training that is quicker than its file, which holds the weights
    /// up to four times (weights, best weights, the optimiser's, gradients that wait).
    /// </param>
    /// <param name="network">
    /// The network that <paramref name="model"/> is a part of, where only its head is trained: the record describes it; null for the model
    /// itself.
    /// </param>
    /// <param name="cancellation">Ends training after the batch that runs.</param>
    /// <returns>What was measured, with the epochs that were read from the checkpoint.</returns>
    /// <exception cref="InvalidOperationException">The run has ended.</exception>
    public TrainingHistory Fit(
        nn.Module<Tensor, Tensor> model,
        IBatchSource train,
        IBatchSource? validation,
        TrainerOptions options,
        ITrainingObserver? observer = null,
        bool resume = true,
        bool checkpoint = true,
        nn.Module? network = null,
        CancellationToken cancellation = default)
    {
        RefuseWhenEnded("nothing more is trained in it");
        (this.network, trainedOn) = (network ?? model, train.Dataset);
        try
        {
            options.Validate();
            var settings = TrainingSettings.Of(model, train, validation, options, network);
            trainings.Add(Placed(settings, train, validation));
            collection ??= train.Dataset.Collection;
            Record();
            var path = checkpoint ? CheckpointPath(settings.Key) : null;
            NotebookHost.NoteRecovery(
                path is null ? "The training kept no checkpoint."
                : $"The training's checkpoint is {path}: run the cell again, and it goes on from there.");
            var watched = new ExperimentObserver(new RunRecorder(Run, fits.Count + 1), observer);
            var history = Trainer.Fit(
                model,
                train,
                validation,
                options with { CheckpointPath = path, Resume = resume && checkpoint },
                watched,
                cancellation: cancellation);
            watched.Complete(history);
            fits.Add(new ExperimentFit(history, watched.ResumedFrom, path));
            return history;
        }
        catch (Exception error) when (Run.Status == RunStatus.Running)
        {
            Run.Fail(error.Message);
            throw;
        }
    }

    /// <summary>
    /// Takes over the trainings of another run: for one that asks the same network anew, with another threshold or on other images. Their
    /// settings are recorded here too, with <c>trained_in</c>, the other run's id.
    /// </summary>
    /// <param name="other">The run that trained.</param>
    /// <exception cref="InvalidOperationException">This run has ended.</exception>
    public void TrainedIn(Experiment other)
    {
        ArgumentNullException.ThrowIfNull(other);
        RefuseWhenEnded("it takes over no training");
        trainings.AddRange(other.trainings);
        collection ??= other.collection;
        (network, trainedOn) = (other.network, other.trainedOn);
        Run.SetParameter("trained_in", other.Id);
        Record();
    }

    /// <summary>
    /// <see cref="Predictor.Predict"/>, with the source, the activation and the positive class written to the record's group
    /// <c>evaluation</c>.
    /// </summary>
    /// <remarks>Asked several times (folds), the record holds what the evaluations share, and the images of all of them.</remarks>
    /// <param name="model">The model; its mode is put back afterwards.</param>
    /// <param name="source">The images that the result is about.</param>
    /// <param name="activation">What turns logits into scores.</param>
    /// <param name="loss">The loss of each image; null for cross-entropy.</param>
    /// <param name="device">Where the model is; null, the default, asks its parameters.</param>
    /// <param name="positiveClass">The class whose score is a positive finding; default 1.</param>
    public Predictions Predict(
        nn.Module<Tensor, Tensor> model,
        IBatchSource source,
        OutputActivation activation,
        Loss? loss = null,
        string? device = null,
        int positiveClass = 1)
    {
        RefuseWhenEnded("nothing more is asked in it");
        var predictions = Predictor.Predict(model, source, activation, loss, device, positiveClass);
        asked = (source, activation);
        collection ??= source.Dataset.Collection;
        var values = new Dictionary<string, object?>(TrainingSettings.SourceSettings("evaluation", source), StringComparer.Ordinal)
        {
            ["evaluation.activation"] = FlatSettings.Word(activation.ToString()),
            ["evaluation.positive_class"] = predictions.ClassNames[positiveClass],
        };
        if (split is not null)
        {
            values["evaluation.part"] = SplitSettings.PartOf(split, source.Dataset);
        }

        evaluations.Add(values);
        Record();
        return predictions;
    }

    /// <summary>
    /// Records what was decided after the training, for example how a threshold was chosen. It plays no part in the key of a checkpoint.
    /// </summary>
    /// <param name="name">Its name; a decision of that name is replaced.</param>
    /// <param name="value">A number, a word, a truth value, a list of them, or null.</param>
    /// <exception cref="ArgumentException">What runs has written a setting of that name, or settings of that group (<c>trainer.…</c>): it
    /// is not typed over.</exception>
    /// <exception cref="InvalidOperationException">The run has ended.</exception>
    public void Set(string name, object? value)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var group = name[..(name.IndexOf('.', StringComparison.Ordinal) + 1)];
        if (recorded.Contains(name) || (group.Length > 0 && recorded.Any(known => known.StartsWith(group, StringComparison.Ordinal))))
        {
            throw new ArgumentException(
                $"'{name}' of run '{Id}' is written by what runs and cannot be typed over. Change what runs, or choose another name.",
                nameof(name));
        }

        Run.SetParameter(name, value);
        Record();
    }

    /// <summary>
    /// Keeps the model's own scores of the validation images, <c>validation.csv</c>: from them <c>Classifier</c> calibrates what the model
    /// says of new pictures (<see cref="TemperatureScaling"/>).
    /// </summary>
    /// <param name="validation">Answers about images that were neither trained on nor are tested on.</param>
    /// <exception cref="InvalidOperationException">The run has ended.</exception>
    public void KeepValidation(Predictions validation)
    {
        ArgumentNullException.ThrowIfNull(validation);
        Run.Save(RunDocument.ValidationFileName, path => PredictionsFile.Write(path, validation));
    }

    /// <summary>
    /// Saves what the experiment found and ends the run. Beside the weights stands <c>model.json</c> (<see cref="ModelContract"/>): what
    /// pictures the model takes and what it answers, so that <c>kit predict</c> can ask it. It needs a call of
    /// <see cref="Predict"/> whose source reads images.
    /// </summary>
    /// <param name="predictions">The answers about the test images: <c>predictions.csv</c>.</param>
    /// <param name="report">Their metrics, which become results of the run beside <c>training_seconds</c>, <c>epochs_run</c>,
    /// <c>epochs_resumed</c>, and for a single
    /// training <c>best_epoch</c> and <c>stopped_early</c> (1 where a rule or an error ended it before its last epoch).</param>
    /// <param name="model">The model to keep as <c>model.safetensors</c>, or null.</param>
    /// <param name="results">Further results, for example a threshold; they win over those of the same name.</param>
    public void Finish(
        Predictions predictions, EvaluationReport report, nn.Module? model = null, IReadOnlyDictionary<string, double>? results = null)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        ArgumentNullException.ThrowIfNull(report);
        Run.SetParameter(DecisionRule.Setting, predictions.Threshold);
        Run.Save(predictions);
        Run.SetResults(report.ToResults());
        if (model is not null)
        {
            Run.Save(RunDocument.WeightsFileName, path => ModelWeights.Save(model, path));
            if (asked is { } how
                && ModelContract.Of(network ?? model, model, how.Source, how.Activation, predictions, trainedOn) is { } contract)
            {
                Run.Save(ModelContract.FileName, contract.Write);
            }
        }

        Finish(results ?? new Dictionary<string, double>(StringComparer.Ordinal));
    }

    /// <summary>Ends a run without predictions of its own, for example one of repeats.</summary>
    /// <param name="results">Its results; those of the training are added.</param>
    public void Finish(IReadOnlyDictionary<string, double> results)
    {
        ArgumentNullException.ThrowIfNull(results);
        Run.SetResults(TrainingResults());
        Run.SetResults(results);
        Run.Finish();
    }

    /// <summary>Ends a run that was not finished as failed.</summary>
    public void Dispose()
    {
        if (Run.Status == RunStatus.Running)
        {
            Run.Fail("The experiment was left before it was finished.");
        }

        Run.Dispose();
    }

    /// <inheritdoc/>
    public override DisplayDocument Describe() => AsCard();

    private void RefuseWhenEnded(string consequence)
    {
        if (Run.Status != RunStatus.Running)
        {
            throw new InvalidOperationException(
                $"The run '{Id}' has ended ({Run.Status.ToString().ToLowerInvariant()}), so {consequence}. Begin a new experiment.");
        }
    }

    private string CheckpointPath(string key) => Path.Combine(store.Root, "checkpoints", $"{RunStore.Slug(Run.Name)}-{key}.safetensors");
}

/// <summary>One training of an experiment.</summary>
/// <param name="History">What it measured, with the epochs that were read from a checkpoint.</param>
/// <param name="ResumedFrom">Epochs that were read from a checkpoint instead of being trained; 0 for a training that started anew.</param>
/// <param name="CheckpointPath">Where it can go on from; null where no checkpoint was kept.</param>
public sealed record ExperimentFit(TrainingHistory History, int ResumedFrom, string? CheckpointPath);
