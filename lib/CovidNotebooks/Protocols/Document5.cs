using CovidNotebooks.Data.Augmentation;
using CovidNotebooks.Evaluation;
using CovidNotebooks.Models;
using CovidNotebooks.Recording;
using CovidNotebooks.Training;
using static TorchSharp.torch;

namespace CovidNotebooks.Protocols;

/// <summary>Document 5: a small CNN trained from scratch on Kaggle's chest X-rays, pneumonia against normal, with Keras.</summary>
public sealed record Document5 : Protocol
{
    /// <summary>The settings of the document.</summary>
    public Document5()
    {
        ImageSize = 150;
        BatchSize = 50;
        FullBatchesOnly = true;
        ValidationPart = "test";
        ValidationIsShuffled = true;
        ValidationFullBatchesOnly = true;
        Epochs = 20;
        Optimizer = new KerasAdam { LearningRate = 1e-4 };
        Augmentation = new()
        {
            WidthShiftRange = .1,
            HeightShiftRange = .1,
            ShearRange = .2,
            HorizontalFlip = true,
            FillMode = FillMode.Nearest,
        };
    }

    /// <summary>Outputs of the hidden dense layer; 128.</summary>
    public int HiddenUnits { get; init; } = 128;

    /// <summary>What follows it: a sigmoid.</summary>
    public HiddenActivation HiddenActivation { get; init; } = HiddenActivation.Sigmoid;

    /// <summary>Share of its outputs that are dropped in training; .5.</summary>
    public double Dropout { get; init; } = .5;

    /// <inheritdoc/>
    public override int Number => 5;

    /// <inheritdoc/>
    public override Quotation Title => new("X射线肺炎图像的检测", "Detecting Pneumonia in X-Ray Image");

    /// <inheritdoc/>
    public override string Framework => "Keras";

    /// <inheritdoc/>
    public override string Data =>
        "Kaggle chest_xray: 5,216 training, 16 validation and 624 test X-rays of children, normal or pneumonia. The test folder "
            + "serves as validation set.";

    /// <inheritdoc/>
    public override string? Dataset => "chest-xray-pneumonia";

    /// <inheritdoc/>
    public override string Weights => "none";

    /// <inheritdoc/>
    public override IReadOnlyList<string> ClassNames => ["NORMAL", "PNEUMONIA"];

    /// <inheritdoc/>
    public override int PositiveClass => 1;

    /// <inheritdoc/>
    public override (int Training, int Validation) PublishedImages => (5216, 624);

    /// <inheritdoc/>
    public override Protocol AsPublished => new Document5();

    /// <inheritdoc/>
    public override IReadOnlyList<Citation> Citations =>
    [
        new("split", new("train、test、val", "train, test, val"), "the three folders of the data set"),
        new("train.width_pixels", new("image_size = 150")),
        new("train.interpolation", new("flow_from_directory"), "not named, so Keras' default: nearest"),
        new("train.rescale", new("rescal = 1./255"), "misspelt in the document"),
        new("train.batch_size", new("batch_size = 50")),
        new("train.steps_per_epoch", new("train_steps = train_datagen.samples//batch_size"), "104 of 5,216 images"),
        new("train.augmentation.width_shift_range.fraction", new("width_shift_range=0.1")),
        new("train.augmentation.height_shift_range.fraction", new("height_shift_range=0.1")),
        new("train.augmentation.shear_range_degrees", new("shear_range = 0.2"), "degrees: practically no shear"),
        new("train.augmentation.horizontal_flip", new("horizontal_flip = True")),
        new("train.augmentation.fill_mode", new("fill_mode ='nearest'")),
        new("validation.part", new("直接采用了测试数据作为验证数据", "the test data were used directly as validation data")),
        new("validation.shuffle", new("flow_from_directory"), "not named, so Keras' default: the test generator shuffles"),
        new("validation.steps_per_epoch", new("test_steps = test_datagen.samples//batch_size"), "12: another 600 of 624 each epoch"),
        new("model.hidden_units", new("x = layers.Dense(128,activation='sigmoid')(x)")),
        new("model.hidden_activation", new("x = layers.Dense(128,activation='sigmoid')(x)")),
        new("model.dropout", new("x = layers.Dropout(0.5)(x)")),
        new("trainer.epochs", new("epochs = 20")),
        new("trainer.optimizer", new("optimizer =Adam(lr=0.0001)")),
        new("trainer.optimizer.learning_rate", new("optimizer =Adam(lr=0.0001)")),
        new("trainer.optimizer.epsilon", new("optimizer =Adam(lr=0.0001)"), "not named, so Keras' default"),
        new("trainer.loss", new("loss='categorical_crossentropy'")),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<PublishedNumber> Published =>
    [
        new(
            "accuracy",
            .81,
            2,
            new("Accuracy = 0.81"),
            MetricNames.Accuracy,
            "505/624 = .809 with 48 in place of the misprinted 18; the printed matrix gives .850"),
        new(
            "\"pneumonia precision\", printed",
            .95,
            2,
            new("Pnuemonia_pricision = 0.95"),
            Metric: null,
            "342/360, computed from the misprinted 18; the formula is that of recall"),
        new(
            "\"pneumonia precision\", in the text",
            .88,
            2,
            new("Pneumonia的精确率达到了0.88", "the precision of Pneumonia reached 0.88"),
            MetricNames.Sensitivity,
            "342/390 = .877 is recall, not precision"),
        new(
            "\"pneumonia recall\"",
            .82,
            2,
            new("Pnuemonia_recall =0.82"),
            MetricNames.Precision,
            "342/413 = .828 is precision, not recall; cut to two digits, not rounded"),
        new(
            "training accuracy",
            .95,
            2,
            new("在第20步之后达到95%", "reaches 95 % after step 20"),
            Metric: null,
            "accuracy on the training images, not on the test images"),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<PublishedMatrix> Matrices =>
    [
        new(
            "as printed",
            ConfusionMatrix.Of(new[,] { { 163, 71 }, { 18, 342 } }, ClassNames),
            new("CM=[ [ 163 71 ] [ 18 342 ]]"),
            "sums to 594, but the test folder holds 624 X-rays, 390 of them pneumonia"),
        new(
            "forced by the other numbers",
            ConfusionMatrix.Of(new[,] { { 163, 71 }, { 48, 342 } }, ClassNames),
            new("Accuracy = 0.81"),
            "48 in place of 18: then rows, accuracy, .88 and .82 all fit"),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Defect> Defects =>
    [
        new(
            DefectKind.Contradiction,
            "The matrix [[163, 71], [18, 342]] sums to 594; the test folder holds 624 X-rays, 390 of them pneumonia. With 48 in "
                + "place of 18 the rows fit, and so do accuracy .81, .88 and .82: 18 is a misprint."),
        new(DefectKind.Contradiction, "The printed \"precision\" .95 is 342/360, computed from the misprint; the text says .88."),
        new(
            DefectKind.Method,
            "Precision and recall have changed names: CM[1][1] / (CM[1][0] + CM[1][1]) is recall. True are recall .877 [.841, .906] "
                + "and precision .828 [.789, .861]."),
        new(
            DefectKind.Claim,
            "The specificity, 163/234 = .697 [.635, .752], is not mentioned: 30 % of the normal images are called pneumonia."),
        new(
            DefectKind.Method,
            "The test generator shuffles as printed, so predictions compared with .classes would give an accuracy of about .54. The "
                + "printed code did not make the printed matrix."),
        new(
            DefectKind.Method,
            "ImageDateGenerator(1./255) is misspelt, and its first positional argument is featurewise_center: test images would stay "
                + "between 0 and 255 where training images lie between 0 and 1. "
                + "More misspellings and undefined names follow; the code cannot run."),
        new(
            DefectKind.Method,
            "The test set is the validation set, watched for 20 epochs; 12 validation steps see a random 600 of 624. "
                + "The val folder is not used."),
        new(
            DefectKind.Claim,
            "Validation accuracy is said to rise step by step and to decline, validation loss to be unchanged and to rise."),
        new(
            DefectKind.Claim,
            "5,863 images are announced; the folders hold 5,216 + 624 + 16 = 5,856. shear_range = .2 is .2 degrees, not a length."),
        new(
            DefectKind.Method,
            "A hidden layer of 128 sigmoids after ReLU convolutions; three pneumonia X-rays for one normal, untreated: always "
                + "answering pneumonia gives an accuracy of .625 on the test set."),
        new(
            DefectKind.Method,
            "30 groups of byte-identical images (as resized to 224): 24 inside the training set, 6 inside the test set, none across. "
                + "Of 202 \"person\" numbers in the test names 170 occur in training names too, always with the other type of pneumonia: "
                + "the numbering restarts per type, so these are not the same children."),
        new(DefectKind.Claim, "\"Published in Cell\" is true of the data set's paper, not of this model."),
    ];

    /// <inheritdoc/>
    public override nn.Module<Tensor, Tensor> Model(long seed) => new PneumoniaCnn(seed, Network);

    /// <inheritdoc/>
    protected override IReadOnlyDictionary<string, object?> ModelSettings =>
        new Dictionary<string, object?>(Network.ToSettings(), StringComparer.Ordinal)
        {
            [string.Empty] = FlatSettings.Word(nameof(PneumoniaCnn)),
        };

    private PneumoniaCnnOptions Network =>
        new() { ImageSize = ImageSize, HiddenUnits = HiddenUnits, HiddenActivation = HiddenActivation, Dropout = Dropout };
}
