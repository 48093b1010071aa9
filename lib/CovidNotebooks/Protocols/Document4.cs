using CovidNotebooks.Data;
using CovidNotebooks.Data.Augmentation;
using CovidNotebooks.Display;
using CovidNotebooks.Evaluation;
using CovidNotebooks.Training;

namespace CovidNotebooks.Protocols;

/// <summary>Document 4: a frozen ResNet50 with one dense layer on 9,608 X-rays, covid against normal, with Keras.</summary>
[TypeFormatterSource(typeof(DisplayedFormatters))]
public sealed record Document4 : Protocol
{
    private const string Notebook = "from the author's notebook; not in the text";
    private static readonly Document4 AsPublished = new();

    /// <summary>Columns and rows that every X-ray is resized to; 224.</summary>
    public int ImageSize { get; init; } = 224;

    /// <summary>How it is resized: the default of <c>flow_from_directory</c>, nearest.</summary>
    public Interpolation Interpolation { get; init; } = Interpolation.PilNearest;

    /// <summary>What the pixels become: Keras' <c>preprocess_input</c> of ResNet50, blue, green, red from 0 to 255 minus ImageNet's mean.</summary>
    public PixelNormalization Normalization { get; init; } = PixelNormalization.KerasCaffe;

    /// <summary>X-rays a batch; 32.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>Batches an epoch; 10.</summary>
    public int StepsPerEpoch { get; init; } = 10;

    /// <summary>Batches that validate each epoch; 16.</summary>
    public int ValidationSteps { get; init; } = 16;

    /// <summary>Epochs at most; 30.</summary>
    public int Epochs { get; init; } = 30;

    /// <summary>Adam's learning rate; 1e-1.</summary>
    public double LearningRate { get; init; } = 1e-1;

    /// <summary>Adam's epsilon: Keras' default, 1e-7.</summary>
    public double AdamEpsilon { get; init; } = 1e-7;

    /// <summary>Early stopping on the validation accuracy, least difference .01, patience 5.</summary>
    public EarlyStopping Stopping { get; init; } = new() { Monitor = TrainingMetric.ValidationAccuracy, MinDelta = .01, Patience = 5 };

    /// <summary>The best checkpoint: the highest validation accuracy.</summary>
    public BestEpochRule BestEpoch { get; init; } = new(TrainingMetric.ValidationAccuracy);

    /// <summary>Random changes of the training X-rays.</summary>
    public KerasAugmentation Augmentation { get; init; } = new() { ZoomRange = .2, ShearRange = .2, HorizontalFlip = true };

    /// <summary>The validation accuracy after each of the 14 epochs, from the author's notebook (not in the text): hits of 512 random X-rays.</summary>
    public IReadOnlyList<double> ValidationAccuracies { get; } = [.. new[] { 313, 432, 437, 405, 444, 441, 436, 450, 458, 461, 461, 452, 441, 446 }.Select(hits => hits / 512.0)];

    /// <inheritdoc/>
    public override int Number => 4;

    /// <inheritdoc/>
    public override Quotation Title => new("通过分析胸部 X 射线图像进行新冠肺炎检测-I", "COVID-19 detection by analyzing chest X-ray images, I");

    /// <inheritdoc/>
    public override string Framework => "Keras, TensorFlow 2.4 or 2.5";

    /// <inheritdoc/>
    public override string Data => "An archive of 9,608 X-rays without named sources: 7,800 train, 1,008 validate, 800 test (500 covid, 300 normal).";

    /// <inheritdoc/>
    public override string? Dataset => null;

    /// <inheritdoc/>
    public override string Weights => "imagenet";

    /// <inheritdoc/>
    public override IReadOnlyList<string> ClassNames => ["Covid", "Normal"];

    /// <summary>Covid, class 0. The document's AUC takes Normal as positive, which gives the same area for two classes.</summary>
    public override int PositiveClass => 0;

    /// <inheritdoc/>
    public override IReadOnlyList<Setting> Settings =>
    [
        new("image_size", AsPublished.ImageSize, ImageSize, new("ResNet50", "the text names no size"), Notebook),
        new("interpolation", AsPublished.Interpolation, Interpolation, new("ImageDataGenerator"), "not named, so Keras' default: nearest"),
        new("preprocessing", AsPublished.Normalization, Normalization, new("预处理 _ 输入", "preprocess_input"), "in mode caffe, after the augmentation"),
        new("batch_size", AsPublished.BatchSize, BatchSize, new("ImageDataGenerator"), Notebook),
        new("steps_per_epoch", AsPublished.StepsPerEpoch, StepsPerEpoch, new("训练过程", "the training process"), Notebook + "; 14 epochs see less than 58 % of the training X-rays once"),
        new("validation_steps", AsPublished.ValidationSteps, ValidationSteps, new("训练过程", "the training process"), Notebook + "; a random 512 of 1,008 X-rays"),
        new("epochs", AsPublished.Epochs, Epochs, new("对模型进行 30 个时期的训练", "train the model for 30 epochs")),
        new("optimizer", "Adam", "Adam", new("将 Adam 优化器的学习率设置为 1e-1", "set the learning rate of the Adam optimizer to 1e-1")),
        new("learning_rate", AsPublished.LearningRate, LearningRate, new("将 Adam 优化器的学习率设置为 1e-1", "set the learning rate of the Adam optimizer to 1e-1"), "chosen by looking at the test set"),
        new("adam_epsilon", AsPublished.AdamEpsilon, AdamEpsilon, new("Adam"), "not named, so Keras' default"),
        new("model", "ResNet50, frozen; Flatten; Dense 2 sigmoid", "ResNet50, frozen; Flatten; Dense 2 sigmoid", new("平坦层…致密层", "a flat layer and a dense layer")),
        new("loss", "categorical cross-entropy", "categorical cross-entropy", new("编译模型", "compiling the model"), Notebook + "; TensorFlow took the logits, so it is softmax cross-entropy"),
        new("early_stopping_monitor", AsPublished.Stopping.Monitor, Stopping.Monitor, new("当验证准确性没有增加时，训练会停止", "training stops when the validation accuracy does not increase")),
        new("early_stopping_min_delta", AsPublished.Stopping.MinDelta, Stopping.MinDelta, new("EarlyStopping"), Notebook),
        new("early_stopping_patience", AsPublished.Stopping.Patience, Stopping.Patience, new("EarlyStopping"), Notebook),
        new("best_epoch", AsPublished.BestEpoch.Monitor, BestEpoch.Monitor, new("验证准确性增加时立即保存模型", "save the model as soon as the validation accuracy increases")),
        new("zoom", AsPublished.Augmentation.ZoomRange, Augmentation.ZoomRange, new("数据扩充", "data augmentation"), Notebook),
        new("shear_degrees", AsPublished.Augmentation.ShearRange, Augmentation.ShearRange, new("数据扩充", "data augmentation"), Notebook + "; degrees: practically no shear"),
        new("horizontal_flip", AsPublished.Augmentation.HorizontalFlip, Augmentation.HorizontalFlip, new("数据扩充", "data augmentation"), Notebook),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<PublishedNumber> Published =>
    [
        new("accuracy", .9125, 4, new("结果是 91.25%", "the result is 91.25 %"), MetricNames.Accuracy, "730/800 [.891, .930]"),
        new("Covid precision", .92, 2, new("分类报告", "classification report, a picture"), MetricNames.Precision),
        new("Covid recall", .94, 2, new("分类报告", "classification report, a picture"), MetricNames.Sensitivity),
        new("Covid F1", .93, 2, new("分类报告", "classification report, a picture"), MetricNames.F1),
        new("Normal precision", .90, 2, new("分类报告", "classification report, a picture"), MetricNames.NegativePredictiveValue),
        new("Normal recall", .86, 2, new("分类报告", "classification report, a picture"), MetricNames.Specificity),
        new("\"AUC\"", .903, 3, new("计算了 AUC 分数，结果是 0.903", "computed the AUC score; it was 0.903"), MetricNames.BalancedAccuracy, "computed from hard labels: (471/500 + 259/300)/2 is the balanced accuracy"),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<PublishedMatrix> Matrices =>
        [new("from the author's notebook", ConfusionMatrix.Of(new[,] { { 471, 29 }, { 41, 259 } }, ClassNames), new("融合矩阵图", "confusion matrix, a picture"))];

    /// <inheritdoc/>
    public override IReadOnlyList<Defect> Defects =>
    [
        new(DefectKind.Contradiction, "\"Stopped after epoch 13\": the author's log ends with epoch 14, which is what its 14 values, a least difference of .01 and a patience of 5 give."),
        new(DefectKind.Contradiction, "The AUC .903 is computed from hard labels: it is the balanced accuracy, and its ROC curve has one point. It supports nothing beyond the matrix."),
        new(DefectKind.Claim, "\"Augmentation made the set 7,800 / 1,008 / 800\": these are the numbers of files found. Augmentation adds none, and validation and test are not augmented."),
        new(DefectKind.Method, "10 steps of 32 an epoch: 14 epochs draw 4,480 X-rays, less than 58 % of one pass. Validation sees a random 512 of 1,008; its standard error (.013 at .90) exceeds the least difference."),
        new(DefectKind.Method, "Two sigmoids with categorical cross-entropy. The printed losses (1028, 95.9) cannot come from clipped probabilities: TensorFlow used the logits. With logits in the hundreds both sigmoids saturate, argmax takes the first, Covid: part of the \"higher covid recall\" can be ties."),
        new(DefectKind.Method, "A learning rate of 1e-1 on 100,352 unscaled features, chosen among rates by looking at the test numbers."),
        new(DefectKind.OutsideTheText, "The demonstration cell and the web application feed X-rays without preprocess_input; \"100.0 % Covid\" is a saturated sigmoid, and the two \"chances\" need not add up to 1."),
        new(DefectKind.OutsideTheText, "keras and tensorflow.keras are mixed; savefig after show writes an empty figure."),
        new(DefectKind.Claim, "The data set is a link without sources: duplicates, patients and ages are unknown. shear_range = .2 is .2 degrees."),
    ];

    /// <summary>How the training X-rays are loaded: resized, changed at random, then preprocessed as ResNet50 expects.</summary>
    /// <param name="seed">The run's seed.</param>
    public LoaderOptions TrainingLoader(long seed) => EvaluationLoader() with
    {
        Augmentation = Augmentation,
        Shuffle = true,
        Seed = seed,
        StepsPerEpoch = StepsPerEpoch,
    };

    /// <summary>How the validation X-rays are loaded in the document: unchanged but shuffled, so that the steps of an epoch see other ones each time.</summary>
    /// <param name="seed">The run's seed.</param>
    public LoaderOptions ValidationLoaderAsPublished(long seed) => EvaluationLoader() with { Shuffle = true, Seed = seed, StepsPerEpoch = ValidationSteps };

    /// <summary>All X-rays in their order, preprocessed as ResNet50 expects.</summary>
    public LoaderOptions EvaluationLoader() => new()
    {
        Width = ImageSize,
        Height = ImageSize,
        BatchSize = BatchSize,
        ColorMode = ColorMode.Rgb,
        Interpolation = Interpolation,
        Rescale = 1,
        Normalization = Normalization,
    };
}
