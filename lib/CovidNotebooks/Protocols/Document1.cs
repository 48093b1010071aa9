using CovidNotebooks.Data;
using CovidNotebooks.Data.Augmentation;
using CovidNotebooks.Evaluation;
using CovidNotebooks.Models;
using CovidNotebooks.Models.Weights;
using CovidNotebooks.Recording;
using CovidNotebooks.Training;
using static TorchSharp.torch;

namespace CovidNotebooks.Protocols;

/// <summary>Document 1: a frozen VGG16 with a small head on 25 + 25 X-rays, covid against normal, with Keras.</summary>
public sealed record Document1 : PretrainedProtocol
{
    /// <summary>The settings of the document.</summary>
    public Document1()
    {
        ImageSize = 224;
        Interpolation = Interpolation.Cv2Linear;
        ApplyExifOrientation = true;
        BatchSize = 8;
        FullBatchesOnly = true;
        Split = new StratifiedTestSplit(.20, 42, OneHotRows: true);
        ValidationPart = "test";
        Epochs = 25;
        Optimizer = new KerasAdam { LearningRate = 1e-3, Decay = 1e-3 / 25 };
        Loss = Loss.BinaryCrossEntropyOnSoftmax;
        Augmentation = new() { RotationRange = 15, FillMode = FillMode.Nearest };
    }

    /// <summary>What the head sees of the trunk's map: as printed one window at the top left.</summary>
    public Vgg16Pooling Pooling { get; init; } = Vgg16Pooling.TopLeftWindow;

    /// <summary>Outputs of the head's dense layer; 64.</summary>
    public int HiddenUnits { get; init; } = 64;

    /// <summary>Share of its outputs that are dropped in training; .5.</summary>
    public double Dropout { get; init; } = .5;

    /// <inheritdoc/>
    public override int Number => 1;

    /// <inheritdoc/>
    public override Quotation Title =>
        new("使用Keras,TensorFlow和深度学习检测X射线中的COVID-19", "Detecting COVID-19 in X-rays with Keras, TensorFlow and deep learning");

    /// <inheritdoc/>
    public override string Framework => "Keras, TensorFlow 2.0";

    /// <inheritdoc/>
    public override string Data =>
        "25 covid X-rays of Cohen's collection (adults) and 25 normal ones of Kaggle chest_xray (children); "
            + "40 for training, 10 for testing.";

    /// <inheritdoc/>
    public override string? Dataset => "xray-25";

    /// <inheritdoc/>
    public override string Weights => "imagenet";

    /// <inheritdoc/>
    public override string? PublishedTrunk => "VGG16";

    /// <inheritdoc/>
    public override IReadOnlyList<string> ClassNames => ["covid", "normal"];

    /// <summary>Covid, class 0: the document computes sensitivity from the first row.</summary>
    public override int PositiveClass => 0;

    /// <inheritdoc/>
    public override (int Training, int Validation) PublishedImages => (40, 10);

    /// <inheritdoc/>
    public override Protocol AsPublished => new Document1();

    /// <inheritdoc/>
    public override IReadOnlyList<Citation> Citations =>
    [
        new(
            "split",
            new("test_size=0.20, stratify=labels, random_state=42"),
            "the order of the files is not recorded, so the split cannot be repeated"),
        new("split.rule.test_share", new("test_size=0.20, stratify=labels, random_state=42")),
        new("split.rule.seed", new("test_size=0.20, stratify=labels, random_state=42")),
        new("train.width_pixels", new("image = cv2.resize(image, (224, 224))")),
        new("train.interpolation", new("image = cv2.resize(image, (224, 224))"), "not named, so OpenCV's default: linear"),
        new("train.rescale", new("data = np.array(data) / 255.0"), "VGG16's weights expect BGR from 0 to 255 minus the mean"),
        new("train.normalization", new("data = np.array(data) / 255.0"), "VGG16's preprocess_input is not called"),
        new("train.apply_exif_orientation", new("image = cv2.imread(imagePath)"), "OpenCV turns pictures as their EXIF orientation says"),
        new("train.augmentation.rotation_range_degrees", new("rotation_range=15")),
        new("train.augmentation.fill_mode", new("fill_mode=\"nearest\"")),
        new("train.batch_size", new("BS = 8")),
        new("train.steps_per_epoch", new("steps_per_epoch=len(trainX) // BS")),
        new("validation.part", new("validation_data=(testX, testY)")),
        new("model", new("layer.trainable = False"), "VGG16, all frozen"),
        new("model.pooling", new("AveragePooling2D(pool_size=(4, 4))"), "one window on a map of 7 x 7: 33 of 49 cells are thrown away"),
        new("model.hidden_units", new("Dense(64, activation=\"relu\")")),
        new("model.dropout", new("Dropout(0.5)")),
        new("trainer.epochs", new("EPOCHS = 25")),
        new("trainer.optimizer", new("Adam(lr=INIT_LR, decay=INIT_LR / EPOCHS)")),
        new("trainer.optimizer.learning_rate", new("INIT_LR = 1e-3")),
        new(
            "trainer.optimizer.decay",
            new("Adam(lr=INIT_LR, decay=INIT_LR / EPOCHS)"),
            "per update: after all 125 the rate is still .995e-3"),
        new("trainer.optimizer.epsilon", new("Adam(lr=INIT_LR, decay=INIT_LR / EPOCHS)"), "not named, so Keras' default"),
        new("trainer.loss", new("loss=\"binary_crossentropy\""), "on two softmax outputs"),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<PublishedNumber> Published =>
    [
        new("accuracy", .9000, 4, new("acc: 0.9000"), MetricNames.Accuracy, "9 of 10; 95 % interval [.596, .982]"),
        new("sensitivity", 1.0000, 4, new("sensitivity: 1.0000"), MetricNames.Sensitivity, "5 of 5; 95 % interval [.566, 1]"),
        new("specificity", .8000, 4, new("specificity: 0.8000"), MetricNames.Specificity, "4 of 5; 95 % interval [.376, .964]"),
        new("covid precision", .83, 2, new("covid       0.83      1.00      0.91         5"), MetricNames.Precision),
        new("covid F1", .91, 2, new("covid       0.83      1.00      0.91         5"), MetricNames.F1),
        new(
            "\"accuracy\" up to",
            .92,
            2,
            new("精度约为90-92%", "an accuracy of about 90-92 %"),
            Metric: null,
            ".92 is the macro-average precision, no accuracy"),
        new(
            "validation loss, last epoch",
            .2522,
            4,
            new("val_loss: 0.2522 - val_accuracy: 0.9000"),
            Metric: null,
            "a loss on the 10 test images, which served as validation set"),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<PublishedMatrix> Matrices =>
        [new("as printed", ConfusionMatrix.Of(new[,] { { 5, 0 }, { 1, 4 } }, ClassNames), new("[[5 0] [1 4]]"))];

    /// <inheritdoc/>
    public override IReadOnlyList<Defect> Defects =>
    [
        new(DefectKind.Claim, "\"90-92 % accuracy\" (twice): the accuracy is 9/10 = .90 [.596, .982]; .92 is the macro-average precision."),
        new(
            DefectKind.Claim,
            "\"100 % sensitivity\" is 5 of 5 [.566, 1], the specificity 4 of 5 [.376, .964]. \"100 % accuracy in detecting "
                + "COVID-19\" is sensitivity."),
        new(
            DefectKind.Method,
            "The 10 test images are also the validation data of every epoch: there is no independent test, and \"no overfitting\" is "
                + "read off them."),
        new(DefectKind.Method, "VGG16's ImageNet weights expect BGR from 0 to 255 minus the mean; they are fed RGB from 0 to 1."),
        new(
            DefectKind.Method,
            "Average pooling 4 x 4 on the 7 x 7 map is 'valid': one window over the top left 4 x 4 cells. 33 of 49 cells, the right "
                + "and the bottom of the lungs, are thrown away."),
        new(DefectKind.Method, "The decay 1e-3/25 acts per batch: after all 125 updates the rate is still .995e-3. It does nothing."),
        new(DefectKind.Method, "Covid X-rays are of adults, normal ones of children: the classifier can learn age or source."),
        new(
            DefectKind.Method,
            "The help text of --model is copied from --plot; print(labels) is in the code but not in the log; fit_generator, lr= and "
                + "decay= are gone from today's Keras."),
        new(
            DefectKind.Claim,
            "The order of the file walk decides which 10 images are tested. It is not recorded, so the split cannot be repeated."),
    ];

    /// <inheritdoc/>
    public override nn.Module<Tensor, Tensor> Model(long seed) => new CovidXrayVgg16(seed, Network, Trunk);

    /// <inheritdoc/>
    public override PretrainedNetwork PretrainedNetwork => PretrainedNetwork.Vgg16;

    private protected override string NetworkName => FlatSettings.Word(nameof(CovidXrayVgg16));

    private protected override IReadOnlyDictionary<string, object?> NetworkSettings => FlatSettings.Of(Network);

    private CovidXrayVgg16Options Network =>
        new() { ImageSize = ImageSize, Pooling = Pooling, HiddenUnits = HiddenUnits, Dropout = Dropout };
}
