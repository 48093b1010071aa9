using CovidNotebooks.Data;
using CovidNotebooks.Evaluation;
using CovidNotebooks.Models;
using CovidNotebooks.Recording;
using CovidNotebooks.Training;
using static TorchSharp.torch;

namespace CovidNotebooks.Protocols;

/// <summary>Document 2: CNNs trained from scratch on 746 lung CT pictures, covid against not, with Keras.</summary>
public sealed record Document2 : Protocol
{
    /// <summary>The settings of the document for its third model, which its printed results are of.</summary>
    public Document2()
    {
        ImageSize = 248;
        ColorMode = ColorMode.Grayscale;
        BatchSize = 64;
        FullBatchesOnly = true;
        Split = new KerasValidationSplit(.2);
        EvaluationPart = "val";
        ValidationIsAugmented = true;
        ValidationIsShuffled = true;
        ValidationFullBatchesOnly = true;
        Epochs = 40;
        Optimizer = new KerasAdam { LearningRate = .01 };
        Loss = Loss.BinaryCrossEntropy;
        Activation = OutputActivation.Sigmoid;
        Stopping = new EarlyStopping
        {
            Monitor = TrainingMetric.ValidationLoss,
            Mode = MonitorMode.Min,
            Patience = 7,
            RestoreBestWeights = true,
        };
        Augmentation = new()
        {
            HorizontalFlip = true,
            RotationRange = 5,
            WidthShiftRange = .05,
            HeightShiftRange = .05,
            ShearRange = .05,
            ZoomRange = .05,
        };
    }

    /// <summary>The document's base model: three large convolutions, pictures unchanged.</summary>
    public static Document2 Base => new() { Network = CovidCtCnnOptions.Large, Epochs = 30, Augmentation = null };

    /// <summary>The document's second model: five convolutions, 671,185 parameters.</summary>
    public static Document2 Second => new() { Network = CovidCtCnnOptions.Small, Epochs = 30 };

    /// <summary>The layers; by default those of the third model. Its picture size is <see cref="Protocol.ImageSize"/>.</summary>
    public CovidCtCnnOptions Network { get; init; } = CovidCtCnnOptions.Final;

    /// <inheritdoc/>
    public override int Number => 2;

    /// <inheritdoc/>
    public override Quotation Title =>
        new("卷积神经网络能通过肺部 CT 扫描诊断新冠肺炎吗？", "Can a convolutional neural network diagnose COVID-19 from lung CT scans?");

    /// <inheritdoc/>
    public override string Framework => "Keras";

    /// <inheritdoc/>
    public override string Data =>
        "COVID-CT: 349 covid and 397 non-covid pictures of lung CT slices cut from papers; "
            + "598 train, 148 validate, by Keras' validation_split.";

    /// <inheritdoc/>
    public override string? Dataset => "covid-ct";

    /// <inheritdoc/>
    public override string Weights => "none";

    /// <summary>Alphabetical, as <c>flow_from_directory</c> numbers them: covid is class 0.</summary>
    public override IReadOnlyList<string> ClassNames => ["CT_COVID", "CT_NonCOVID"];

    /// <summary>Covid, class 0. The document's precision and recall are those of class 1, NonCOVID.</summary>
    public override int PositiveClass => 0;

    /// <inheritdoc/>
    public override (int Training, int Validation) PublishedImages => (598, 148);

    /// <inheritdoc/>
    public override Protocol AsPublished => OfNetwork(Network.Name);

    private protected override string? Ineffective() => Activation != OutputActivation.Sigmoid
        ? $"{nameof(Activation)} is {Activation}, but the network has one output, which is always read through a sigmoid. "
            + $"Leave it at {OutputActivation.Sigmoid}."
        : base.Ineffective();

    /// <inheritdoc/>
    public override IReadOnlyList<Citation> Citations =>
    [
        new("split", new("validation_split=0.2"), "not random: the first files of each class, by name"),
        new("split.rule.validation_share", new("validation_split=0.2")),
        new("train.width_pixels", new("img_height, img_width = 248, 248")),
        new("train.color_mode", new("color_mode=\"grayscale\"")),
        new("train.interpolation", new("flow_from_directory"), "not named, so Keras' default: nearest"),
        new("train.rescale", new("rescale=1./255")),
        new("train.batch_size", new("BATCH_SIZE = 64")),
        new("train.steps_per_epoch", new("train_generator.samples // BATCH_SIZE"), "9 of 598 pictures: 576 are seen"),
        new("train.augmentation.horizontal_flip", new("horizontal_flip=True")),
        new("train.augmentation.rotation_range_degrees", new("rotation_range=5")),
        new("train.augmentation.width_shift_range.fraction", new("width_shift_range=0.05")),
        new("train.augmentation.height_shift_range.fraction", new("height_shift_range=0.05")),
        new("train.augmentation.shear_range_degrees", new("shear_range=0.05"), "degrees: nothing"),
        new("train.augmentation.zoom_range", new("zoom_range=0.05")),
        new(
            "validation.augmentation",
            new("validation_split=0.2"),
            "both subsets come from one generator, so validation pictures are changed at random too"),
        new("validation.shuffle", new("flow_from_directory"), "not named, so Keras' default: validation pictures are shuffled too"),
        new(
            "validation.steps_per_epoch",
            new("validation_generator.samples // BATCH_SIZE"),
            "2: early stopping sees a random 128 of 148 pictures"),
        new("evaluation.part", new("model.evaluate(validation_generator)"), "the validation pictures, once more"),
        new("model.convolutions", new("Conv2D"), "filters and kernel of each"),
        new("model.dense", new("Dense"), "units and dropped share of each"),
        string.Equals(Network.Name, nameof(CovidCtCnnOptions.Final), StringComparison.Ordinal)
            ? new("trainer.epochs", new("我们将让我们的模型训练 40 个时期", "we will let our model train for 40 epochs"), "the code says EPOCHS = 30")
            : new("trainer.epochs", new("EPOCHS = 30")),
        new("trainer.optimizer", new("tf.keras.optimizers.Adam(learning_rate=0.01)"), "one object, shared by all rebuilt models"),
        new("trainer.optimizer.learning_rate", new("tf.keras.optimizers.Adam(learning_rate=0.01)")),
        new("trainer.optimizer.epsilon", new("tf.keras.optimizers.Adam(learning_rate=0.01)"), "not named, so Keras' default"),
        new("trainer.loss", new("loss='binary_crossentropy'"), "on one sigmoid"),
        new("trainer.stopping.monitor", new("EarlyStopping(monitor='val_loss', mode='min'")),
        new("trainer.stopping.patience_epochs", new("patience=7, restore_best_weights=True")),
        new("trainer.stopping.restore_best_weights", new("patience=7, restore_best_weights=True"), "acts only if early stopping fires"),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<PublishedNumber> Published =>
    [
        new("accuracy", .7702, 4, new("accuracy: 0.7702"), MetricNames.Accuracy, "114/148; the printed matrix gives .466"),
        new("precision", .8358, 4, new("Precision: 0.8358"), MetricNames.NegativePredictiveValue, "56/67, of NonCOVID (class 1)"),
        new("recall", .7088, 4, new("Recall: 0.7088"), MetricNames.Specificity, "56/79, of NonCOVID (class 1)"),
        new(
            "F1",
            .4625,
            4,
            new("F1 score: 0.4625"),
            Metric: null,
            "computed from shuffled predictions; .7671 follows from the printed precision and recall"),
        new("loss", .5895, 4, new("loss: 0.5895"), Metric: null, "mean binary cross-entropy on the validation pictures, randomly changed"),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<PublishedMatrix> Matrices =>
    [
        new(
            "as printed",
            ConfusionMatrix.Of(new[,] { { 35, 34 }, { 45, 34 } }, ClassNames),
            new("true no covid 35 | 34 … true covid 45 | 34"),
            "a chance table: shuffled predictions against labels in file order; its row names are swapped"),
        new(
            "forced by accuracy, precision and recall",
            ConfusionMatrix.Of(new[,] { { 58, 11 }, { 23, 56 } }, ClassNames),
            new("accuracy: 0.7702 … Precision: 0.8358 … Recall: 0.7088"),
            "the only matrix with rows of 69 and 79 that agrees with these three"),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Defect> Defects =>
    [
        new(
            DefectKind.Contradiction,
            "Accuracy .7702 = 114/148, precision .8358 = 56/67 and recall .7088 = 56/79 (all cut after the fourth decimal, not "
                + "rounded) force the matrix [[58, 11], [23, 56]] with F1 .7671. The printed matrix has accuracy .4662, precision .5, "
                + "recall .4304 and F1 .4626. The report mixes two evaluations."),
        new(
            DefectKind.Method,
            "The validation generator shuffles by default, so predictions come shuffled and are compared with .classes in file "
                + "order: the printed matrix is a chance table (Fisher's p = .51)."),
        new(
            DefectKind.Method,
            "The two evaluations have 67 and 68 predicted positives: validation pictures are changed at random too, because both "
                + "subsets come from one ImageDataGenerator."),
        new(
            DefectKind.Contradiction,
            "Row names are swapped: classes are alphabetical, so the row of 69 called \"true no covid\" is covid. Precision and "
                + "recall are those of NonCOVID."),
        new(
            DefectKind.Claim,
            "\"Tends to false negatives\" rests on these faults. From the evaluation itself covid recall is 58/69 = .841 [.737, "
                + ".909] and NonCOVID recall .709 [.601, .797]: most errors are false alarms."),
        new(
            DefectKind.Claim,
            "\"No seed, so every run has another subset\": validation_split is not random, it takes the first 20 % of the sorted "
                + "names. The 69 covid pictures come from 13 publications, and the cut goes through one figure."),
        new(
            DefectKind.Method,
            "The validation set serves early stopping, tuning and the final report. Two validation steps show early stopping a "
                + "random 128 of 148 pictures; nine steps use 576 of 598."),
        new(
            DefectKind.Contradiction,
            "30 epochs in the code, 40 in the text. "
                + "Weights have no seed either, and one optimizer object is shared by all rebuilt models."),
        new(
            DefectKind.Claim,
            "The second model (671,185 parameters) is called too simple and the third a simplification of it, yet removing a pooled "
                + "layer triples the parameters to 2,010,513."),
        new(
            DefectKind.Claim,
            "\"Recall .7 (30 of 100 negative are infected)\" describes the false omission rate. \"Validation loss below training "
                + "loss, so no overfitting\" is dropout at work. Always answering NonCOVID reaches 53.4 %."),
        new(
            DefectKind.Method,
            "restore_best_weights acts only if early stopping fires; a shear of .05 degrees is nothing; a rate of .01 with Adam "
                + "explains the constant predictions that were seen."),
    ];

    /// <inheritdoc/>
    public override nn.Module<Tensor, Tensor> Model(long seed) => new CovidCtCnn(seed, Network with { ImageSize = ImageSize });

    /// <inheritdoc/>
    protected override IReadOnlyDictionary<string, object?> ModelSettings =>
        new Dictionary<string, object?>(
            (Network with { ImageSize = ImageSize }).ToSettings(),
            StringComparer.Ordinal)
        { [string.Empty] = FlatSettings.Word(nameof(CovidCtCnn)) };

    /// <summary>The experiment of the network that was recorded.</summary>
    internal override Protocol AsPublishedOn(IReadOnlyDictionary<string, object?> recorded) =>
        OfNetwork(recorded.GetValueOrDefault("model.name") as string);

    private static Document2 OfNetwork(string? name) => name switch
    {
        nameof(CovidCtCnnOptions.Large) => Base,
        nameof(CovidCtCnnOptions.Small) => Second,
        _ => new Document2(),
    };

    /// <inheritdoc/>
    protected internal override PhantomKind Phantoms => PhantomKind.LungCt;
}
