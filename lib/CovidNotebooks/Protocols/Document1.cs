using CovidNotebooks.Data;
using CovidNotebooks.Data.Augmentation;
using CovidNotebooks.Display;
using CovidNotebooks.Evaluation;

namespace CovidNotebooks.Protocols;

/// <summary>Document 1: a frozen VGG16 with a small head on 25 + 25 X-rays, covid against normal, with Keras.</summary>
[TypeFormatterSource(typeof(DisplayedFormatters))]
public sealed record Document1 : Protocol
{
    private static readonly Document1 AsPublished = new();

    /// <summary>Columns and rows that every X-ray is resized to, its ratio not kept; 224.</summary>
    public int ImageSize { get; init; } = 224;

    /// <summary>How it is resized: OpenCV's default, bilinear without smoothing.</summary>
    public Interpolation Interpolation { get; init; } = Interpolation.Cv2Linear;

    /// <summary>Grey levels are multiplied by this; 1/255.</summary>
    public double Rescale { get; init; } = 1 / 255.0;

    /// <summary>
    /// What takes the place of <see cref="Rescale"/>; null, as published, for nothing. <see cref="PixelNormalization.KerasCaffe"/> is what VGG16's weights expect.
    /// </summary>
    public PixelNormalization? Normalization { get; init; }

    /// <summary>Whether pictures are turned as their EXIF orientation says: <c>cv2.imread</c> does.</summary>
    public bool ApplyExifOrientation { get; init; } = true;

    /// <summary>Share of the images that is tested; .20, stratified.</summary>
    public double TestShare { get; init; } = .20;

    /// <summary>Seed of the split; 42.</summary>
    public int SplitSeed { get; init; } = 42;

    /// <summary>Images a batch; 8.</summary>
    public int BatchSize { get; init; } = 8;

    /// <summary>Epochs; 25.</summary>
    public int Epochs { get; init; } = 25;

    /// <summary>Adam's learning rate; 1e-3.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>Adam's decay, per update: 1e-3 / 25.</summary>
    public double LearningRateDecay { get; init; } = 1e-3 / 25;

    /// <summary>Adam's epsilon: Keras' default, 1e-7.</summary>
    public double AdamEpsilon { get; init; } = 1e-7;

    /// <summary>Side of the average pooling window; 4.</summary>
    public int PoolSize { get; init; } = 4;

    /// <summary>Outputs of the head's dense layer; 64.</summary>
    public int HiddenUnits { get; init; } = 64;

    /// <summary>Share of the dense layer's outputs that are dropped in training; .5.</summary>
    public double Dropout { get; init; } = .5;

    /// <summary>Random changes of the training images.</summary>
    public KerasAugmentation Augmentation { get; init; } = new() { RotationRange = 15, FillMode = FillMode.Nearest };

    /// <inheritdoc/>
    public override int Number => 1;

    /// <inheritdoc/>
    public override Quotation Title => new("使用Keras,TensorFlow和深度学习检测X射线中的COVID-19", "Detecting COVID-19 in X-rays with Keras, TensorFlow and deep learning");

    /// <inheritdoc/>
    public override string Framework => "Keras, TensorFlow 2.0";

    /// <inheritdoc/>
    public override string Data => "25 covid X-rays of Cohen's collection (adults) and 25 normal ones of Kaggle chest_xray (children); 40 for training, 10 for testing.";

    /// <inheritdoc/>
    public override string? Dataset => "xray-25";

    /// <inheritdoc/>
    public override string Weights => "imagenet";

    /// <inheritdoc/>
    public override IReadOnlyList<string> ClassNames => ["covid", "normal"];

    /// <summary>Covid, class 0: the document computes sensitivity from the first row.</summary>
    public override int PositiveClass => 0;

    /// <inheritdoc/>
    public override IReadOnlyList<Setting> Settings =>
    [
        new("image_size", AsPublished.ImageSize, ImageSize, new("image = cv2.resize(image, (224, 224))")),
        new("interpolation", AsPublished.Interpolation, Interpolation, new("image = cv2.resize(image, (224, 224))"), "not named, so OpenCV's default: linear"),
        new("rescale", AsPublished.Rescale, Rescale, new("data = np.array(data) / 255.0"), "VGG16's weights expect BGR from 0 to 255 minus the mean"),
        new("normalisation", "none", Normalization?.ToString() ?? "none", new("data = np.array(data) / 255.0"), "VGG16's preprocess_input is not called"),
        new("exif_orientation", AsPublished.ApplyExifOrientation, ApplyExifOrientation, new("image = cv2.imread(imagePath)"), "OpenCV turns pictures as their EXIF orientation says"),
        new("test_share", AsPublished.TestShare, TestShare, new("test_size=0.20, stratify=labels, random_state=42")),
        new("split_seed", AsPublished.SplitSeed, SplitSeed, new("test_size=0.20, stratify=labels, random_state=42"), "the order of the files is not recorded, so the split cannot be repeated"),
        new("rotation_degrees", AsPublished.Augmentation.RotationRange, Augmentation.RotationRange, new("rotation_range=15")),
        new("fill_mode", AsPublished.Augmentation.FillMode, Augmentation.FillMode, new("fill_mode=\"nearest\"")),
        new("model", "VGG16, all frozen", "VGG16, all frozen", new("layer.trainable = False")),
        new("pool_size", AsPublished.PoolSize, PoolSize, new("AveragePooling2D(pool_size=(4, 4))"), "one window on a map of 7 x 7: 33 of 49 cells are thrown away"),
        new("hidden_units", AsPublished.HiddenUnits, HiddenUnits, new("Dense(64, activation=\"relu\")")),
        new("dropout", AsPublished.Dropout, Dropout, new("Dropout(0.5)")),
        new("optimizer", "Adam", "Adam", new("Adam(lr=INIT_LR, decay=INIT_LR / EPOCHS)")),
        new("learning_rate", AsPublished.LearningRate, LearningRate, new("INIT_LR = 1e-3")),
        new("learning_rate_decay", AsPublished.LearningRateDecay, LearningRateDecay, new("Adam(lr=INIT_LR, decay=INIT_LR / EPOCHS)"), "per update: after all 125 the rate is still .995e-3"),
        new("adam_epsilon", AsPublished.AdamEpsilon, AdamEpsilon, new("Adam(lr=INIT_LR, decay=INIT_LR / EPOCHS)"), "not named, so Keras' default"),
        new("loss", "binary cross-entropy on two softmax outputs", "binary cross-entropy on two softmax outputs", new("loss=\"binary_crossentropy\"")),
        new("batch_size", AsPublished.BatchSize, BatchSize, new("BS = 8")),
        new("epochs", AsPublished.Epochs, Epochs, new("EPOCHS = 25")),
        new("steps_per_epoch", "images // batch_size", "images // batch_size", new("steps_per_epoch=len(trainX) // BS")),
        new("validation_set", "test images", "test images", new("validation_data=(testX, testY)")),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<PublishedNumber> Published =>
    [
        new("accuracy", .9000, 4, new("acc: 0.9000"), MetricNames.Accuracy, "9 of 10; 95 % interval [.596, .982]"),
        new("sensitivity", 1.0000, 4, new("sensitivity: 1.0000"), MetricNames.Sensitivity, "5 of 5; 95 % interval [.566, 1]"),
        new("specificity", .8000, 4, new("specificity: 0.8000"), MetricNames.Specificity, "4 of 5; 95 % interval [.376, .964]"),
        new("covid precision", .83, 2, new("covid       0.83      1.00      0.91         5"), MetricNames.Precision),
        new("covid F1", .91, 2, new("covid       0.83      1.00      0.91         5"), MetricNames.F1),
        new("\"accuracy\" up to", .92, 2, new("精度约为90-92%", "an accuracy of about 90-92 %"), Metric: null, ".92 is the macro-average precision, no accuracy"),
        new("validation loss, last epoch", .2522, 4, new("val_loss: 0.2522 - val_accuracy: 0.9000"), Metric: null, "a loss on the 10 test images, which served as validation set"),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<PublishedMatrix> Matrices =>
        [new("as printed", ConfusionMatrix.Of(new[,] { { 5, 0 }, { 1, 4 } }, ClassNames), new("[[5 0] [1 4]]"))];

    /// <inheritdoc/>
    public override IReadOnlyList<Defect> Defects =>
    [
        new(DefectKind.Claim, "\"90-92 % accuracy\" (twice): the accuracy is 9/10 = .90 [.596, .982]; .92 is the macro-average precision."),
        new(DefectKind.Claim, "\"100 % sensitivity\" is 5 of 5 [.566, 1], the specificity 4 of 5 [.376, .964]. \"100 % accuracy in detecting COVID-19\" is sensitivity."),
        new(DefectKind.Method, "The 10 test images are also the validation data of every epoch: there is no independent test, and \"no overfitting\" is read off them."),
        new(DefectKind.Method, "VGG16's ImageNet weights expect BGR from 0 to 255 minus the mean; they are fed RGB from 0 to 1."),
        new(DefectKind.Method, "Average pooling 4 x 4 on the 7 x 7 map is 'valid': one window over the top left 4 x 4 cells. 33 of 49 cells, the right and the bottom of the lungs, are thrown away."),
        new(DefectKind.Method, "The decay 1e-3/25 acts per batch: after all 125 updates the rate is still .995e-3. It does nothing."),
        new(DefectKind.Method, "Covid X-rays are of adults, normal ones of children: the classifier can learn age or source."),
        new(DefectKind.Method, "The help text of --model is copied from --plot; print(labels) is in the code but not in the log; fit_generator, lr= and decay= are gone from today's Keras."),
        new(DefectKind.Claim, "The order of the file walk decides which 10 images are tested. It is not recorded, so the split cannot be repeated."),
    ];

    /// <summary>How the training images are loaded: as the test images, then rotated at random.</summary>
    /// <remarks>Keras rotates what is already divided by 255; dividing afterwards, as here, differs in the last bits of single precision.</remarks>
    /// <param name="seed">The run's seed.</param>
    /// <param name="trainingImages">Images in the training set; an epoch has as many steps as full batches, at least one.</param>
    public LoaderOptions TrainingLoader(long seed, int trainingImages) => EvaluationLoader() with
    {
        Augmentation = Augmentation,
        Shuffle = true,
        Seed = seed,
        StepsPerEpoch = Math.Max(1, trainingImages / BatchSize),
    };

    /// <summary>How the test images are loaded: in their order; decoded to RGB, resized as OpenCV does, divided by 255.</summary>
    public LoaderOptions EvaluationLoader() => new()
    {
        Width = ImageSize,
        Height = ImageSize,
        BatchSize = BatchSize,
        ColorMode = ColorMode.Rgb,
        Interpolation = Interpolation,
        Rescale = Rescale,
        Normalization = Normalization,
        ApplyExifOrientation = ApplyExifOrientation,
    };
}
