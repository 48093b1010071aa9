using System.Globalization;
using CovidNotebooks.Data;
using CovidNotebooks.Data.Augmentation;
using CovidNotebooks.Display;
using CovidNotebooks.Recording;
using CovidNotebooks.Training;
using static TorchSharp.torch;

namespace CovidNotebooks.Protocols;

/// <summary>
/// A document's experiment, executable: its data, split, loaders, model, trainer and decision, its published numbers and its known faults.
/// A property drives what runs, and what runs writes the run's record; a corrected experiment is <c>document with { … }</c>.
/// </summary>
public abstract partial record Protocol : DisplayedRecord
{
    /// <summary>The five documents, in their order, as published.</summary>
    public static IReadOnlyList<Protocol> All { get; } =
    [
        new Document1(),
        new Document2(),
        new Document3(),
        new Document4(),
        new Document5(),
    ];

    /// <summary>The document's number, 1 to 5.</summary>
    public abstract int Number { get; }

    /// <summary>Its title, as printed or in short.</summary>
    public abstract Quotation Title { get; }

    /// <summary>The framework that it used.</summary>
    public abstract string Framework { get; }

    /// <summary>The data set that it used, in a sentence.</summary>
    public abstract string Data { get; }

    /// <summary>
    /// The catalogue's name (<see cref="CovidNotebooks.Data.Datasets"/>) of the images that its numbers are about; null where they cannot
    /// be had any more and a run on anything else cannot be compared with it.
    /// </summary>
    public abstract string? Dataset { get; }

    /// <summary>The catalogue's name of images that stand in where its own are not there; null for none but phantoms.</summary>
    public virtual string? StandIn => null;

    /// <summary>
    /// What its network starts from, as a run's setting <c>weights</c> says it: <c>none</c> (random numbers) or <c>imagenet</c>.
    /// </summary>
    public abstract string Weights { get; }

    /// <summary>
    /// The pretrained network that its classifier stands on, as a run's setting <c>model.trunk</c> says it; null where it starts from
    /// random numbers.
    /// </summary>
    public virtual string? PublishedTrunk => null;

    /// <summary>Names of the classes, in the order of the class numbers of its framework.</summary>
    public abstract IReadOnlyList<string> ClassNames { get; }

    /// <summary>The class that sensitivity and ROC are about in our evaluation.</summary>
    public abstract int PositiveClass { get; }

    /// <summary>Where the document says its settings.</summary>
    public abstract IReadOnlyList<Citation> Citations { get; }

    /// <summary>The same experiment with every setting as the document publishes it.</summary>
    public abstract Protocol AsPublished { get; }

    /// <summary>Images that its splits hold: training, validation.</summary>
    public abstract (int Training, int Validation) PublishedImages { get; }

    /// <summary>Columns and rows that every image is resized to, its ratio not kept.</summary>
    public int ImageSize { get; init; }

    /// <summary>How it is resized.</summary>
    public Interpolation Interpolation { get; init; } = Interpolation.PilNearest;

    /// <summary>Three channels or one.</summary>
    public ColorMode ColorMode { get; init; } = ColorMode.Rgb;

    /// <summary>
    /// Grey levels are multiplied by this; 1/255. <see cref="Normalization"/> takes its place: another value beside one is refused.
    /// </summary>
    public double Rescale { get; init; } = 1 / 255.0;

    /// <summary>What the pixels become in place of <see cref="Rescale"/>; null for nothing.</summary>
    public PixelNormalization? Normalization { get; init; }

    /// <summary>Whether pictures are turned as their EXIF orientation says.</summary>
    public bool ApplyExifOrientation { get; init; }

    /// <summary>Keras' random changes of the training images; null for none.</summary>
    public KerasAugmentation? Augmentation { get; init; }

    /// <summary>The shorter side before <see cref="RandomCrop"/>; null where there is none.</summary>
    public int? ShorterSide { get; init; }

    /// <summary>torchvision's random part of the training images; null for none.</summary>
    public RandomResizedCrop? RandomCrop { get; init; }

    /// <summary>Images a batch.</summary>
    public int BatchSize { get; init; }

    /// <summary>Batches an epoch; null for as many as there are (see <see cref="FullBatchesOnly"/>).</summary>
    public int? StepsPerEpoch { get; init; }

    /// <summary>
    /// Whether an epoch has as many steps as full batches (<c>samples // batch_size</c>), at least one; not where
    /// <see cref="StepsPerEpoch"/> is set.
    /// </summary>
    public bool FullBatchesOnly { get; init; }

    /// <summary>How the images are cut into parts.</summary>
    public SplitRule Split { get; init; } = new ShippedSplit();

    /// <summary>The part that is measured after each epoch; null for none.</summary>
    public string? ValidationPart { get; init; } = "val";

    /// <summary>The part that the result is about.</summary>
    public string EvaluationPart { get; init; } = "test";

    /// <summary>Whether the images that are measured after each epoch are changed at random, as the training images are.</summary>
    public bool ValidationIsAugmented { get; init; }

    /// <summary>Whether they come in another order each epoch, which matters where not all are measured.</summary>
    public bool ValidationIsShuffled { get; init; }

    /// <summary>
    /// Batches that are measured after each epoch; null for all, or for the full ones where <see cref="ValidationFullBatchesOnly"/> says
    /// so.
    /// </summary>
    public int? ValidationSteps { get; init; }

    /// <summary>Whether only full batches are measured after each epoch, at least one.</summary>
    public bool ValidationFullBatchesOnly { get; init; }

    /// <summary>
    /// Draws of the augmentation for which a frozen trunk's maps are computed, once (<see cref="FeatureBank"/>); null: the images go
    /// through the whole network with a new draw each epoch, as in the document. With as many draws as epochs both give the same
    /// experiment.
    /// </summary>
    public int? AugmentationDraws { get; init; }

    /// <summary>Epochs at most.</summary>
    public int Epochs { get; init; }

    /// <summary>The optimiser.</summary>
    public OptimizerSettings Optimizer { get; init; } = new KerasAdam();

    /// <summary>The optimiser's learning rate.</summary>
    public double LearningRate
    {
        get => Optimizer.LearningRate;
        init => Optimizer = Optimizer with { LearningRate = value };
    }

    /// <summary>What is minimised.</summary>
    public Loss Loss { get; init; } = Loss.CategoricalCrossEntropy;

    /// <summary>What turns logits into scores.</summary>
    public OutputActivation Activation { get; init; } = OutputActivation.Softmax;

    /// <summary>What an image of each class weighs in the training loss.</summary>
    public ClassWeighting ClassWeighting { get; init; }

    /// <summary>Batches whose gradients make one update.</summary>
    public GradientAccumulation Accumulation { get; init; } = new();

    /// <summary>What may end training early; null for nothing.</summary>
    public StoppingRule? Stopping { get; init; }

    /// <summary>Which epoch is the best; null: by validation loss.</summary>
    public BestEpochRule? BestEpoch { get; init; }

    /// <summary>Which epoch's weights are kept.</summary>
    public FinalWeights FinalWeights { get; init; } = FinalWeights.Last;

    /// <summary>How the losses of the validation batches become one.</summary>
    public LossMean ValidationLossMean { get; init; }

    /// <summary>How scores become answers.</summary>
    public ThresholdRule Threshold { get; init; } = ThresholdRule.HighestScore;

    /// <summary>
    /// The settings that the document names, each with the place that it stands on, and those that were changed. Their values are those of
    /// what runs (<see cref="ToSettings"/>), with the document's numbers of images.
    /// </summary>
    public IReadOnlyList<Setting> Settings
    {
        get
        {
            var (published, used) = (AsPublished.ToSettings(), ToSettings());
            var cited = Citations.Where(citation => published.ContainsKey(citation.Name) || used.ContainsKey(citation.Name)).ToArray();
            var names = cited.Select(citation => citation.Name).ToHashSet(StringComparer.Ordinal);
            return
            [
                .. cited.Select(citation => new Setting(
                    citation.Name, published.GetValueOrDefault(
                        citation.Name), used.GetValueOrDefault(citation.Name), citation.Source, citation.Remark)),
                .. SettingDifferences.Changed(published, used).Where(name => !names.Contains(name)).Select(name => new Setting(
                    name, published.GetValueOrDefault(name), used.GetValueOrDefault(name), Quotation.None, "not named in the document")),
            ];
        }
    }

    /// <summary>The numbers that it prints.</summary>
    public abstract IReadOnlyList<PublishedNumber> Published { get; }

    /// <summary>The confusion matrices that it prints, and those that its numbers force.</summary>
    public abstract IReadOnlyList<PublishedMatrix> Matrices { get; }

    /// <summary>What is known to be wrong with it.</summary>
    public abstract IReadOnlyList<Defect> Defects { get; }

    /// <summary>The model with its initial weights.</summary>
    /// <param name="seed">Decides the weights that are random.</param>
    public abstract nn.Module<Tensor, Tensor> Model(long seed);

    /// <summary>How it is trained.</summary>
    /// <param name="seed">The seed of dropout.</param>
    /// <param name="train">
    /// The training images, which <see cref="ClassWeighting"/> counts; null for the document's own, whose classes then weigh the same.
    /// </param>
    /// <exception cref="ArgumentException">A setting would change nothing.</exception>
    public TrainerOptions TrainerOptions(long seed, ImageDataset? train = null) => new()
    {
        Epochs = Effective(Epochs),
        Optimizer = Optimizer,
        Loss = Loss,
        ClassWeights = ClassWeighting == ClassWeighting.Balanced && train is not null ? ClassBalance.Weights(train) : null,
        Activation = Activation,
        Accumulation = Accumulation,
        Stopping = Stopping,
        BestBy = BestEpoch,
        FinalWeights = FinalWeights,
        ValidationLossMean = ValidationLossMean,
        Seed = seed,
        Cpu = Cpu,
    };

    /// <summary>How training uses the processor and its memory; changes no number.</summary>
    private protected virtual CpuTuning Cpu => new();

    /// <summary>How the training images are loaded: as those that are evaluated, in random order and changed at random.</summary>
    /// <param name="seed">The seed of order and changes.</param>
    /// <param name="images">Images in the training part; null for the document's number.</param>
    public LoaderOptions TrainingLoader(long seed, int? images = null) => EvaluationLoader() with
    {
        Augmentation = Augmentation,
        ShorterSide = ShorterSide,
        RandomCrop = RandomCrop,
        Shuffle = true,
        Seed = seed,
        StepsPerEpoch = StepsPerEpoch ?? (FullBatchesOnly ? FullBatches(images ?? PublishedImages.Training) : null),
    };

    /// <summary>How the images are loaded that are measured after each epoch.</summary>
    /// <param name="seed">The seed of order and changes, where there are any.</param>
    /// <param name="images">Images in the validation part; null for the document's number.</param>
    public LoaderOptions ValidationLoader(long seed, int? images = null) => (
        ValidationIsAugmented ? TrainingLoader(seed) : EvaluationLoader()) with
    {
        Shuffle = ValidationIsShuffled,
        Seed = ValidationIsShuffled || ValidationIsAugmented ? seed : 0,
        StepsPerEpoch = ValidationSteps ?? (ValidationFullBatchesOnly ? FullBatches(images ?? PublishedImages.Validation) : null),
    };

    /// <summary>How images are loaded that a result is about: all of them, unchanged, in their order.</summary>
    /// <exception cref="ArgumentException">A setting would change nothing.</exception>
    public LoaderOptions EvaluationLoader() => new()
    {
        Width = Effective(ImageSize),
        Height = ImageSize,
        BatchSize = BatchSize,
        ColorMode = ColorMode,
        Interpolation = Interpolation,
        Rescale = Rescale,
        Normalization = Normalization,
        ApplyExifOrientation = ApplyExifOrientation,
    };

    /// <summary>Why a setting of this experiment would be recorded and change nothing; null where each has its effect.</summary>
    private protected virtual string? Ineffective() => Normalization is not null && Rescale != AsPublished.Rescale
        ? string.Create(CultureInfo.InvariantCulture,
            $"{nameof(Rescale)} is {Rescale:R} beside {nameof(Normalization)} {Normalization}, which takes its place. "
                + $"Set {nameof(Normalization)} to null, or leave {nameof(Rescale)} as it was.")
        : null;

    private T Effective<T>(T value) => Ineffective() is { } why ? throw new ArgumentException(why) : value;

    /// <summary>
    /// The settings of what would run, by the names that a run's record has for them (<see cref="FlatSettings"/>): the options that
    /// <see cref="TrainerOptions"/>, the loaders, <see cref="Model"/> and <see cref="Split"/> are made from.
    /// </summary>
    /// <param name="seed">The seed.</param>
    /// <param name="trainingImages">Images in the training part; null for the document's number.</param>
    /// <param name="validationImages">Images in the validation part; null for the document's number.</param>
    public IReadOnlyDictionary<string, object?> ToSettings(long seed = 0, int? trainingImages = null, int? validationImages = null)
    {
        var settings = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["split"] = FlatSettings.Word(Split.GetType().Name),
            ["train.part"] = "train",
            ["evaluation.part"] = EvaluationPart,
            ["evaluation.activation"] = FlatSettings.Word(Activation.ToString()),
            ["evaluation.positive_class"] = ClassNames[PositiveClass],
            ["threshold_rule"] = FlatSettings.Word(Threshold.ToString()),
            ["class_weighting"] = FlatSettings.Word(ClassWeighting.ToString()),
        };
        Add("split.rule", FlatSettings.Of(Split));
        Add("model", ModelSettings);
        Add("trainer", FlatSettings.Of(TrainerOptions(seed).WithBestBy(ValidationPart is not null)));
        Add("train", FlatSettings.Of(TrainingLoader(seed, trainingImages)));
        Add("evaluation", FlatSettings.Of(EvaluationLoader()));
        settings["validation.part"] = ValidationPart;
        if (ValidationPart is not null)
        {
            Add("validation", FlatSettings.Of(ValidationLoader(seed, validationImages)));
        }

        if (AugmentationDraws is { } draws)
        {
            settings["train.feature_bank.draws"] = draws;
        }

        return settings;

        void Add(string prefix, IEnumerable<KeyValuePair<string, object?>> own)
        {
            foreach (var (name, value) in FlatSettings.Prefixed(prefix, own))
            {
                settings[name] = value;
            }
        }
    }

    /// <summary>
    /// What differs between the document's experiment and one that was recorded, a clause each: the images, the weights to start from, and
    /// every setting but seeds, device and numbers of images.
    /// </summary>
    /// <param name="recorded">The settings of a run.</param>
    public IReadOnlyList<string> Differences(IReadOnlyDictionary<string, object?> recorded) =>
        Comparability.Remark(this, recorded) is { } remark ? [remark, .. Comparability.Differences(this, recorded)]
        : Comparability.Differences(this, recorded);

    /// <summary>
    /// The model's settings, from the options that <see cref="Model"/> builds it of; the empty name is the kind of network.
    /// </summary>
    protected abstract IReadOnlyDictionary<string, object?> ModelSettings { get; }

    /// <summary>Phantoms that stand in for its images where there are none.</summary>
    protected internal virtual PhantomKind Phantoms => PhantomKind.ChestXray;

    /// <summary>The experiment that a record is held against.</summary>
    /// <param name="recorded">The record's settings.</param>
    internal virtual Protocol AsPublishedOn(IReadOnlyDictionary<string, object?> recorded) => AsPublished;

    private int FullBatches(int images) => Math.Max(1, images / BatchSize);
}
