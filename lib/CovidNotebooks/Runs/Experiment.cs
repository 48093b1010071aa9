using System.Globalization;
using CovidNotebooks.Data;
using CovidNotebooks.Display;
using CovidNotebooks.Evaluation;
using CovidNotebooks.Models;
using CovidNotebooks.Training;
using static TorchSharp.torch;

namespace CovidNotebooks.Runs;

/// <summary>
/// A run that spans its trainings: it begins with the audit of the data, logs every epoch, keeps a checkpoint from which an interrupted training goes on, and
/// ends with predictions, results and weights.
/// </summary>
/// <remarks>
/// Checkpoints are in <c>{store}/checkpoints/{name}-{key}.safetensors</c>. The key stands for the parameters, the trainer's settings, the model's weights
/// before training, the loaders' options and the images (paths, labels, file lengths): when one of them differs, the training starts anew under another
/// key. Not in the key: device, threads, loader workers, and the code. After a change of code that changes numbers, train with <c>resume: false</c>.
/// </remarks>
[TypeFormatterSource(typeof(DisplayedFormatters))]
public sealed class Experiment : IDisposable, IDisplayed
{
    private readonly RunStore store;
    private readonly IReadOnlyDictionary<string, object?> parameters;
    private readonly List<ExperimentFit> fits = [];

    private Experiment(RunStore store, IReadOnlyDictionary<string, object?> parameters, DataAudit audit, Run run)
    {
        this.store = store;
        this.parameters = parameters;
        Audit = audit;
        Run = run;
    }

    /// <summary>The run's id, the name of its folder.</summary>
    public string Id => Run.Id;

    /// <summary>The run, for further files and metrics. <see cref="Finish(Predictions, EvaluationReport, nn.Module?, IReadOnlyDictionary{string, double}?)"/> ends it.</summary>
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
    /// <param name="parameters">Its settings; see <see cref="RunStore.Create"/>. Whatever they hold decides whether a checkpoint fits.</param>
    /// <param name="audit">The audit of the data: <see cref="DataAudit.Of"/>, or <see cref="DataAudit.Skipped"/> with a reason.</param>
    /// <param name="environment">What it is computed with; by default what can be found without a tensor library.</param>
    public static Experiment Begin(RunStore store, string name, IReadOnlyDictionary<string, object?> parameters, DataAudit audit, RunEnvironment? environment = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(audit);
        var run = store.Create(name, parameters, environment);
        try
        {
            run.Save(audit.Record);
            run.SetResults(audit.ToResults());
            return new Experiment(store, new Dictionary<string, object?>(parameters, StringComparer.Ordinal), audit, run);
        }
        catch (Exception error)
        {
            run.Fail(error.Message);
            throw;
        }
    }

    /// <summary>
    /// <see cref="Trainer.Fit"/> with every epoch logged to the run and a checkpoint after each. A training that was interrupted goes on and gives the same
    /// bits as an uninterrupted one; one that had ended is read back at once. When it throws, the run has failed.
    /// </summary>
    /// <remarks>
    /// Several trainings in one experiment (repeats over seeds, folds) are kept apart: their keys differ with their seeds and images, and the lines of the second, third …
    /// in <c>metrics.jsonl</c> hold its number as <c>fit</c>.
    /// </remarks>
    /// <param name="model">The model with its initial weights, made from a seed: they are a part of the key.</param>
    /// <param name="train">The training images.</param>
    /// <param name="validation">Images to measure after each epoch, or null.</param>
    /// <param name="options">How to train; checkpoint and resuming are set here.</param>
    /// <param name="observer">Is told of batches and epochs too, for example a live chart; null for nobody.</param>
    /// <param name="resume">Go on from a checkpoint of the same key where there is one (the default), or start anew and replace it.</param>
    /// <param name="checkpoint">
    /// Keep a checkpoint, the default. False writes and reads none: for a training that is quicker than its file, which holds the weights up to four times
    /// (weights, best weights, the optimiser's, gradients that wait).
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
        CancellationToken cancellation = default)
    {
        if (Run.Status != RunStatus.Running)
        {
            throw new InvalidOperationException($"The run '{Id}' has ended ({Run.Status.ToString().ToLowerInvariant()}), so nothing more is trained in it. Begin a new experiment.");
        }

        try
        {
            var path = checkpoint ? CheckpointPath(TrainingKey.Of(parameters, model, train, validation, options)) : null;
            NotebookHost.NoteRecovery(path is null ? "The training kept no checkpoint." : $"The training's checkpoint is {path}: run the cell again, and it goes on from there.");
            var watched = new ExperimentObserver(new RunRecorder(Run, fits.Count + 1), observer);
            var history = Trainer.Fit(model, train, validation, options with { CheckpointPath = path, Resume = resume && checkpoint }, watched, cancellation: cancellation);
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

    /// <summary>Records a setting that was chosen after the training, for example a threshold on validation images. It plays no part in the key of a checkpoint.</summary>
    /// <param name="name">Its name; a setting of that name is replaced.</param>
    /// <param name="value">A number, a word, a truth value, a list of them, or null.</param>
    /// <exception cref="InvalidOperationException">The run has ended.</exception>
    public void Set(string name, object? value) => Run.SetParameter(name, value);

    /// <summary>Saves what the experiment found and ends the run.</summary>
    /// <param name="predictions">The answers about the test images: <c>predictions.csv</c>.</param>
    /// <param name="report">Their metrics, which become results of the run beside <c>training_seconds</c>, <c>epochs_run</c>, <c>epochs_resumed</c>, and for a single
    /// training <c>best_epoch</c> and <c>stopped_early</c> (1 where a rule or an error ended it before its last epoch).</param>
    /// <param name="model">The model to keep as <c>model.safetensors</c>, or null.</param>
    /// <param name="results">Further results, for example a threshold; they win over those of the same name.</param>
    public void Finish(Predictions predictions, EvaluationReport report, nn.Module? model = null, IReadOnlyDictionary<string, double>? results = null)
    {
        ArgumentNullException.ThrowIfNull(report);
        Run.Save(predictions);
        Run.SetResults(report.ToResults());
        if (model is not null)
        {
            Run.Save("model.safetensors", path => ModelWeights.Save(model, path));
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
    public string ToHtml() => AsCard().ToHtml();

    /// <inheritdoc/>
    public string ToPlainText() => AsCard().ToPlainText();

    /// <inheritdoc/>
    public override string ToString() => ToPlainText();

    private string CheckpointPath(string key) => Path.Combine(store.Root, "checkpoints", $"{RunStore.Slug(Run.Name)}-{key}.safetensors");

    private Dictionary<string, double> TrainingResults()
    {
        var results = new Dictionary<string, double>(StringComparer.Ordinal);
        if (fits.Count > 0)
        {
            results["training_seconds"] = fits.Sum(fit => fit.History.Seconds);
            results["epochs_run"] = fits.Sum(fit => fit.History.Epochs.Count);
            results["epochs_resumed"] = fits.Sum(fit => fit.ResumedFrom);
        }

        if (fits is [var only])
        {
            results["best_epoch"] = only.History.BestEpoch;
            results["stopped_early"] = only.History.StopReason == StopReason.AllEpochsRun ? 0 : 1;
        }

        return results;
    }

    private Card AsCard()
    {
        var card = new Card($"Run {Id}").Add("status", Run.Status.ToString().ToLowerInvariant()).Add("audit of the data", Audit.Verdict);
        for (var i = 0; i < fits.Count; i++)
        {
            card.Add(fits.Count == 1 ? "training" : $"training {i + 1}", TrainingText(fits[i]));
        }

        return card.Add("seconds since it began", DisplayedNumber.Fixed(Run.Elapsed.TotalSeconds, 1));
    }

    private static string TrainingText(ExperimentFit fit)
    {
        var (history, resumed) = (fit.History, fit.ResumedFrom);
        var text = string.Create(CultureInfo.InvariantCulture, $"{history.Epochs.Count} epochs in {DisplayedNumber.Fixed(history.Seconds, 1)} s, ended: {history.StopExplanation}");
        return resumed == 0 ? text
            : resumed == history.Epochs.Count ? text + "; all epochs were read from a checkpoint, nothing was trained anew"
            : string.Create(CultureInfo.InvariantCulture, $"{text}; it went on from a checkpoint after epoch {resumed}");
    }
}
