using CovidNotebooks.Data;
using CovidNotebooks.Data.Augmentation;
using CovidNotebooks.Display;
using CovidNotebooks.Evaluation;
using CovidNotebooks.Training;

namespace CovidNotebooks.Protocols;

/// <summary>Document 2: CNNs trained from scratch on 746 lung CT pictures, covid against not, with Keras.</summary>
[TypeFormatterSource(typeof(DisplayedFormatters))]
public sealed record Document2 : Protocol
{
    private static readonly Document2 AsPublished = new();

    /// <summary>Columns and rows that every picture is resized to; 248.</summary>
    public int ImageSize { get; init; } = 248;

    /// <summary>How it is resized: the default of <c>flow_from_directory</c>, nearest.</summary>
    public Interpolation Interpolation { get; init; } = Interpolation.PilNearest;

    /// <summary>Grey levels are multiplied by this; 1/255.</summary>
    public double Rescale { get; init; } = 1 / 255.0;

    /// <summary>Share of each class, from the start of its sorted names, that validates; .2.</summary>
    public double ValidationShare { get; init; } = .2;

    /// <summary>Pictures a batch; 64.</summary>
    public int BatchSize { get; init; } = 64;

    /// <summary>Epochs at most; 30 in the code (40 in the text).</summary>
    public int Epochs { get; init; } = 30;

    /// <summary>Adam's learning rate; .01.</summary>
    public double LearningRate { get; init; } = .01;

    /// <summary>Adam's epsilon: Keras' default, 1e-7.</summary>
    public double AdamEpsilon { get; init; } = 1e-7;

    /// <summary>Early stopping on the validation loss, patience 7, best weights restored.</summary>
    public EarlyStopping Stopping { get; init; } = new() { Monitor = TrainingMetric.ValidationLoss, Mode = MonitorMode.Min, Patience = 7, RestoreBestWeights = true };

    /// <summary>Random changes of the pictures, from the second experiment on; the base experiment has none.</summary>
    public KerasAugmentation Augmentation { get; init; } = new()
    {
        HorizontalFlip = true,
        RotationRange = 5,
        WidthShiftRange = .05,
        HeightShiftRange = .05,
        ShearRange = .05,
        ZoomRange = .05,
    };

    /// <inheritdoc/>
    public override int Number => 2;

    /// <inheritdoc/>
    public override Quotation Title => new("卷积神经网络能通过肺部 CT 扫描诊断新冠肺炎吗？", "Can a convolutional neural network diagnose COVID-19 from lung CT scans?");

    /// <inheritdoc/>
    public override string Framework => "Keras";

    /// <inheritdoc/>
    public override string Data => "COVID-CT: 349 covid and 397 non-covid pictures of lung CT slices cut from papers; 598 train, 148 validate, by Keras' validation_split.";

    /// <inheritdoc/>
    public override string? Dataset => "covid-ct";

    /// <inheritdoc/>
    public override string Weights => "none";

    /// <summary>Alphabetical, as <c>flow_from_directory</c> numbers them: covid is class 0.</summary>
    public override IReadOnlyList<string> ClassNames => ["CT_COVID", "CT_NonCOVID"];

    /// <summary>Covid, class 0. The document's precision and recall are those of class 1, NonCOVID.</summary>
    public override int PositiveClass => 0;

    /// <inheritdoc/>
    public override IReadOnlyList<Setting> Settings =>
    [
        new("image_size", AsPublished.ImageSize, ImageSize, new("img_height, img_width = 248, 248")),
        new("color_mode", ColorMode.Grayscale, ColorMode.Grayscale, new("color_mode=\"grayscale\"")),
        new("interpolation", AsPublished.Interpolation, Interpolation, new("flow_from_directory"), "not named, so Keras' default: nearest"),
        new("rescale", AsPublished.Rescale, Rescale, new("rescale=1./255")),
        new("validation_share", AsPublished.ValidationShare, ValidationShare, new("validation_split=0.2"), "not random: the first 20 % of the sorted names of each class"),
        new("batch_size", AsPublished.BatchSize, BatchSize, new("BATCH_SIZE = 64")),
        new("epochs", AsPublished.Epochs, Epochs, new("EPOCHS = 30"), "the text says 40"),
        new("steps_per_epoch", "samples // batch_size", "samples // batch_size", new("train_generator.samples // BATCH_SIZE")),
        new("validation_steps", "samples // batch_size", "samples // batch_size", new("validation_generator.samples // BATCH_SIZE"), "early stopping sees a random 128 of 148 pictures"),
        new("optimizer", "Adam", "Adam", new("tf.keras.optimizers.Adam(learning_rate=0.01)"), "one object, shared by all rebuilt models"),
        new("learning_rate", AsPublished.LearningRate, LearningRate, new("tf.keras.optimizers.Adam(learning_rate=0.01)")),
        new("adam_epsilon", AsPublished.AdamEpsilon, AdamEpsilon, new("tf.keras.optimizers.Adam(learning_rate=0.01)"), "not named, so Keras' default"),
        new("loss", "binary cross-entropy on one sigmoid", "binary cross-entropy on one sigmoid", new("loss='binary_crossentropy'")),
        new("early_stopping_monitor", AsPublished.Stopping.Monitor, Stopping.Monitor, new("EarlyStopping(monitor='val_loss', mode='min'")),
        new("early_stopping_patience", AsPublished.Stopping.Patience, Stopping.Patience, new("patience=7, restore_best_weights=True")),
        new("restore_best_weights", AsPublished.Stopping.RestoreBestWeights, Stopping.RestoreBestWeights, new("patience=7, restore_best_weights=True"), "acts only if early stopping fires"),
        new("horizontal_flip", AsPublished.Augmentation.HorizontalFlip, Augmentation.HorizontalFlip, new("horizontal_flip=True")),
        new("rotation_degrees", AsPublished.Augmentation.RotationRange, Augmentation.RotationRange, new("rotation_range=5")),
        new("width_shift", AsPublished.Augmentation.WidthShiftRange, Augmentation.WidthShiftRange, new("width_shift_range=0.05")),
        new("height_shift", AsPublished.Augmentation.HeightShiftRange, Augmentation.HeightShiftRange, new("height_shift_range=0.05")),
        new("shear_degrees", AsPublished.Augmentation.ShearRange, Augmentation.ShearRange, new("shear_range=0.05"), "degrees: nothing"),
        new("zoom", AsPublished.Augmentation.ZoomRange, Augmentation.ZoomRange, new("zoom_range=0.05")),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<PublishedNumber> Published =>
    [
        new("accuracy", .7702, 4, new("accuracy: 0.7702"), MetricNames.Accuracy, "114/148; the printed matrix gives .466"),
        new("precision", .8358, 4, new("Precision: 0.8358"), MetricNames.NegativePredictiveValue, "56/67, of NonCOVID (class 1)"),
        new("recall", .7088, 4, new("Recall: 0.7088"), MetricNames.Specificity, "56/79, of NonCOVID (class 1)"),
        new("F1", .4625, 4, new("F1 score: 0.4625"), Metric: null, "computed from shuffled predictions; .7671 follows from the printed precision and recall"),
        new("loss", .5895, 4, new("loss: 0.5895"), Metric: null, "mean binary cross-entropy on the validation pictures, randomly changed"),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<PublishedMatrix> Matrices =>
    [
        new("as printed", ConfusionMatrix.Of(new[,] { { 35, 34 }, { 45, 34 } }, ClassNames), new("true no covid 35 | 34 … true covid 45 | 34"), "a chance table: shuffled predictions against labels in file order; its row names are swapped"),
        new("forced by accuracy, precision and recall", ConfusionMatrix.Of(new[,] { { 58, 11 }, { 23, 56 } }, ClassNames), new("accuracy: 0.7702 … Precision: 0.8358 … Recall: 0.7088"), "the only matrix with rows of 69 and 79 that agrees with these three"),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Defect> Defects =>
    [
        new(DefectKind.Contradiction, "Accuracy .7702 = 114/148, precision .8358 = 56/67 and recall .7088 = 56/79 (all cut after the fourth decimal, not rounded) force the matrix [[58, 11], [23, 56]] with F1 .7671. The printed matrix has accuracy .4662, precision .5, recall .4304 and F1 .4626. The report mixes two evaluations."),
        new(DefectKind.Method, "The validation generator shuffles by default, so predictions come shuffled and are compared with .classes in file order: the printed matrix is a chance table (Fisher's p = .51)."),
        new(DefectKind.Method, "The two evaluations have 67 and 68 predicted positives: validation pictures are changed at random too, because both subsets come from one ImageDataGenerator."),
        new(DefectKind.Contradiction, "Row names are swapped: classes are alphabetical, so the row of 69 called \"true no covid\" is covid. Precision and recall are those of NonCOVID."),
        new(DefectKind.Claim, "\"Tends to false negatives\" rests on these faults. From the evaluation itself covid recall is 58/69 = .841 [.737, .909] and NonCOVID recall .709 [.601, .797]: most errors are false alarms."),
        new(DefectKind.Claim, "\"No seed, so every run has another subset\": validation_split is not random, it takes the first 20 % of the sorted names. The 69 covid pictures come from 13 publications, and the cut goes through one figure."),
        new(DefectKind.Method, "The validation set serves early stopping, tuning and the final report. Two validation steps show early stopping a random 128 of 148 pictures; nine steps use 576 of 598."),
        new(DefectKind.Contradiction, "30 epochs in the code, 40 in the text. Weights have no seed either, and one optimizer object is shared by all rebuilt models."),
        new(DefectKind.Claim, "The second model (671,185 parameters) is called too simple and the third a simplification of it, yet removing a pooled layer triples the parameters to 2,010,513."),
        new(DefectKind.Claim, "\"Recall .7 (30 of 100 negative are infected)\" describes the false omission rate. \"Validation loss below training loss, so no overfitting\" is dropout at work. Always answering NonCOVID reaches 53.4 %."),
        new(DefectKind.Method, "restore_best_weights acts only if early stopping fires; a shear of .05 degrees is nothing; a rate of .01 with Adam explains the constant predictions that were seen."),
    ];

    /// <summary>How the training pictures are loaded.</summary>
    /// <param name="seed">The run's seed.</param>
    /// <param name="trainingImages">Pictures in the training set; an epoch has as many steps as full batches, at least one.</param>
    /// <param name="augmented">False for the base experiment.</param>
    public LoaderOptions TrainingLoader(long seed, int trainingImages, bool augmented = true) => EvaluationLoader() with
    {
        Augmentation = augmented ? Augmentation : null,
        Shuffle = true,
        Seed = seed,
        StepsPerEpoch = Math.Max(1, trainingImages / BatchSize),
    };

    /// <summary>How the validation pictures are loaded in the document: changed at random and shuffled, as many as fill whole batches.</summary>
    /// <param name="seed">The run's seed.</param>
    /// <param name="validationImages">Pictures in the validation set.</param>
    /// <param name="augmented">False for the base experiment.</param>
    public LoaderOptions ValidationLoaderAsPublished(long seed, int validationImages, bool augmented = true) => TrainingLoader(seed, validationImages, augmented);

    /// <summary>All pictures in their order, unchanged: what an evaluation needs.</summary>
    public LoaderOptions EvaluationLoader() => new()
    {
        Width = ImageSize,
        Height = ImageSize,
        BatchSize = BatchSize,
        ColorMode = ColorMode.Grayscale,
        Interpolation = Interpolation,
        Rescale = Rescale,
    };
}
