using CovidNotebooks.Audit;
using CovidNotebooks.Data;
using CovidNotebooks.Evaluation;
using CovidNotebooks.Runs;
using CovidNotebooks.Training;
using static TorchSharp.torch;

namespace CovidNotebooks.Protocols;

/// <content>How a document's experiment is run.</content>
public abstract partial record Protocol
{
    /// <summary>
    /// The whole experiment in one call: the audit of the data, the training, the choice of a threshold where there is one, the answers
    /// about <see cref="EvaluationPart"/>, and the finished run in the store.
    /// </summary>
    /// <param name="store">Where the run is kept.</param>
    /// <param name="images">The images: <see cref="Images"/>, or another split with the parts that are named here.</param>
    /// <param name="options">Seed, story, device and watchers; null for the defaults: seed 1, as published.</param>
    /// <param name="sources">Sources that other runs share; null: its own.</param>
    /// <exception cref="DataException">A part that is named here is not in the split.</exception>
    public DocumentRun Run(RunStore store, DatasetSplit images, DocumentRunOptions? options = null, DocumentSources? sources = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(images);
        return DocumentRun.Of(this, store, images, options ?? new DocumentRunOptions(), sources);
    }

    /// <summary>
    /// Begins a run of this experiment whose record says what differs from the document: for trainings that are put together by hand.
    /// </summary>
    /// <param name="store">Where the run is kept.</param>
    /// <param name="images">How the images are cut.</param>
    /// <param name="options">Name, story, audit, device.</param>
    public Experiment Begin(RunStore store, DatasetSplit images, DocumentRunOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(images);
        options ??= new DocumentRunOptions();
        return Experiment.Begin(
            store,
            DocumentRun.NameOf(this, options),
            options.Story with { Document = Number },
            options.Audit ?? Audit(images),
            images,
            Differences,
            DocumentRun.Environment(options.Device));
    }

    /// <summary>Trains a new network of this experiment.</summary>
    /// <param name="sources">Where batches come from.</param>
    /// <param name="train">The training images.</param>
    /// <param name="validation">The images that are measured after each epoch, or null.</param>
    /// <param name="experiment">The run that it is recorded in; null: it is not recorded.</param>
    /// <param name="options">Seed, device, watchers.</param>
    /// <returns>The network, which the caller disposes, and what was measured.</returns>
    public (nn.Module<Tensor, Tensor> Model, TrainingHistory History) Train(
        DocumentSources sources,
        ImageDataset train,
        ImageDataset? validation,
        Experiment? experiment = null,
        DocumentRunOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(sources);
        ArgumentNullException.ThrowIfNull(train);
        options ??= new DocumentRunOptions();
        var model = Model(options.Seed);
        try
        {
            var (taker, batches) = (sources.Taker(model), sources.Training(train, options.Seed));
            var watched = validation is null ? null : sources.Validation(validation, options.Seed);
            var observer = options.Observer ?? options.Watch?.Invoke($"Training, {options.Story.Variant}", Epochs);
            var settings = TrainerOptions(options.Seed, train) with { Device = options.Device };
            var history = experiment is null
                ? Trainer.Fit(taker, batches, watched, settings, observer, cancellation: options.Cancellation)
                : experiment.Fit(
                    taker, batches, watched, settings, observer, options.Resume, options.Checkpoint, model, options.Cancellation);
            return (model, history);
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    /// <summary>A network's answers about images, as this experiment reads them; by the highest score.</summary>
    /// <param name="sources">Where batches come from.</param>
    /// <param name="model">A network of this experiment; its layers' modes are put back.</param>
    /// <param name="images">The images.</param>
    /// <param name="experiment">The run that the evaluation is recorded in; null: it is not.</param>
    /// <param name="device">Where the model is; null, the default, asks its parameters.</param>
    /// <param name="activation">What turns logits into scores; null for <see cref="Activation"/>.</param>
    public Predictions Ask(
        DocumentSources sources,
        nn.Module<Tensor, Tensor> model,
        ImageDataset images,
        Experiment? experiment = null,
        string? device = null,
        OutputActivation? activation = null)
    {
        ArgumentNullException.ThrowIfNull(sources);
        var (taker, batches, scores) = (sources.Taker(model), sources.Evaluation(images), activation ?? Activation);
        return experiment is null
            ? Predictor.Predict(taker, batches, scores, Loss, device, PositiveClass)
            : experiment.Predict(taker, batches, scores, Loss, device, PositiveClass);
    }

    /// <summary>
    /// The images of the experiment: those of the catalogue where they are in the data folder, else phantoms; cut by <see cref="Split"/>,
    /// classes in the document's order.
    /// </summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="phantoms">
    /// Where phantoms are drawn, and how many for each class; null: missing images are an error that says how to get them.
    /// </param>
    /// <exception cref="DataException">The images are not there, and no phantoms were asked for.</exception>
    public DatasetSplit Images(DataFolder folder, PhantomPlace? phantoms = null)
    {
        ArgumentNullException.ThrowIfNull(folder);
        string?[] names = [Dataset, StandIn];
        var info = names.OfType<string>().Select(Datasets.Get).FirstOrDefault(info => folder.Find(info) is not null);
        var shipped = info is not null || phantoms is null
            ? folder.Open(info ?? Datasets.Get((Dataset ?? StandIn)!)).Splits
            : phantoms.Draw(this);
        return Cut(shipped);
    }

    /// <summary>Cuts images as the experiment does: classes in the document's order, parts by <see cref="Split"/>.</summary>
    /// <param name="shipped">The parts that the images come with.</param>
    public DatasetSplit Cut(DatasetSplit shipped)
    {
        ArgumentNullException.ThrowIfNull(shipped);
        var own = ClassNames.Order(StringComparer.Ordinal).ToArray();
        var ordered = shipped.Select(part =>
            part.ClassNames.Order(StringComparer.Ordinal).SequenceEqual(own, StringComparer.Ordinal)
                ? part.WithClassOrder(ClassNames)
                : part);
        return Split.Cut(ordered);
    }

    /// <summary>
    /// Audits images for this experiment: what the parts share, and probes of its positive class. A file that cannot be read is left out
    /// and told.
    /// </summary>
    /// <param name="images">The parts.</param>
    public DataAudit Audit(DatasetSplit images) =>
        DataAudit.Of(
            images, new DataAuditOptions { Probes = new ProbeOptions { PositiveClass = PositiveClass, BadImages = BadImagePolicy.Skip } });
}
