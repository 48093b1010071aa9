using CovidNotebooks.Data.Augmentation;
using CovidNotebooks.Evaluation;
using CovidNotebooks.Models;
using CovidNotebooks.Models.Weights;
using CovidNotebooks.Recording;
using CovidNotebooks.Training;
using static TorchSharp.torch;

namespace CovidNotebooks.Protocols;

/// <summary>Document 4: a frozen ResNet50 with one dense layer on 9,608 X-rays, covid against normal, with Keras.</summary>
public sealed record Document4 : PretrainedProtocol
{
    private const string Notebook = "from the author's notebook; not in the text";

    /// <summary>The settings of the document.</summary>
    public Document4()
    {
        ImageSize = 224;
        Rescale = 1;
        Normalization = PixelNormalization.KerasCaffe;
        BatchSize = 32;
        StepsPerEpoch = 10;
        ValidationIsShuffled = true;
        ValidationSteps = 16;
        Epochs = 30;
        Optimizer = new KerasAdam { LearningRate = 1e-1 };
        Activation = OutputActivation.Sigmoid;
        Stopping = new EarlyStopping { Monitor = TrainingMetric.ValidationAccuracy, MinDelta = .01, Patience = 5 };
        BestEpoch = new(TrainingMetric.ValidationAccuracy);
        FinalWeights = FinalWeights.Best;
        Augmentation = new() { ZoomRange = .2, ShearRange = .2, HorizontalFlip = true };
    }

    /// <summary>A frozen trunk's maps leave holes fast; to return them between two epochs takes little.</summary>
    private protected override CpuTuning Cpu => new() { TrimSeconds = 4 };

    /// <summary>
    /// The validation accuracy after each of the 14 epochs, from the author's notebook (not in the text): hits of 512 random X-rays.
    /// </summary>
    public IReadOnlyList<double> ValidationAccuracies { get; } =
    [
        .. new[] { 313, 432, 437, 405, 444, 441, 436, 450, 458, 461, 461, 452, 441, 446 }.Select(hits => hits / 512.0),
    ];

    /// <inheritdoc/>
    public override int Number => 4;

    /// <inheritdoc/>
    public override Quotation Title => new("通过分析胸部 X 射线图像进行新冠肺炎检测-I", "COVID-19 detection by analyzing chest X-ray images, I");

    /// <inheritdoc/>
    public override string Framework => "Keras, TensorFlow 2.4 or 2.5";

    /// <inheritdoc/>
    public override string Data =>
        "An archive of 9,608 X-rays without named sources: 7,800 train, 1,008 validate, 800 test (500 covid, 300 normal).";

    /// <inheritdoc/>
    public override string? Dataset => "covid-xray-document-4";

    /// <inheritdoc/>
    public override string Weights => "imagenet";

    /// <inheritdoc/>
    public override string? PublishedTrunk => "ResNet50";

    /// <inheritdoc/>
    public override IReadOnlyList<string> ClassNames => ["Covid", "Normal"];

    /// <summary>Covid, class 0. The document's AUC takes Normal as positive, which gives the same area for two classes.</summary>
    public override int PositiveClass => 0;

    /// <inheritdoc/>
    public override string? StandIn => "covid-xray";

    /// <inheritdoc/>
    public override (int Training, int Validation) PublishedImages => (7800, 1008);

    /// <inheritdoc/>
    public override Protocol AsPublished => new Document4();

    /// <inheritdoc/>
    public override IReadOnlyList<Citation> Citations =>
    [
        new("train.width_pixels", new("ResNet50", "the text names no size"), Notebook),
        new("train.interpolation", new("ImageDataGenerator"), "not named, so Keras' default: nearest"),
        new("train.normalization.bgr", new("预处理 _ 输入", "preprocess_input"), "in mode caffe, after the augmentation"),
        new("train.normalization.mean", new("预处理 _ 输入", "preprocess_input"), "in mode caffe, after the augmentation"),
        new("train.batch_size", new("ImageDataGenerator"), Notebook),
        new(
            "train.steps_per_epoch",
            new("训练过程", "the training process"),
            Notebook + "; 14 epochs see less than 58 % of the training X-rays once"),
        new("train.augmentation.zoom_range", new("数据扩充", "data augmentation"), Notebook),
        new("train.augmentation.shear_range_degrees", new("数据扩充", "data augmentation"), Notebook + "; degrees: practically no shear"),
        new("train.augmentation.horizontal_flip", new("数据扩充", "data augmentation"), Notebook),
        new("validation.shuffle", new("训练过程", "the training process"), "not named, so Keras' default: validation X-rays are shuffled"),
        new("validation.steps_per_epoch", new("训练过程", "the training process"), Notebook + "; a random 512 of 1,008 X-rays"),
        new("evaluation.activation", new("致密层", "a dense layer"), Notebook + "; two sigmoids"),
        new("model", new("平坦层…致密层", "a flat layer and a dense layer"), "ResNet50, frozen; Flatten; Dense 2"),
        new("trainer.epochs", new("对模型进行 30 个时期的训练", "train the model for 30 epochs")),
        new("trainer.optimizer", new("将 Adam 优化器的学习率设置为 1e-1", "set the learning rate of the Adam optimizer to 1e-1")),
        new(
            "trainer.optimizer.learning_rate",
            new("将 Adam 优化器的学习率设置为 1e-1", "set the learning rate of the Adam optimizer to 1e-1"),
            "chosen by looking at the test set"),
        new("trainer.optimizer.epsilon", new("Adam"), "not named, so Keras' default"),
        new("trainer.loss", new("编译模型", "compiling the model"), Notebook + "; TensorFlow took the logits, so it is softmax cross-entropy"),
        new("trainer.stopping.monitor", new("当验证准确性没有增加时，训练会停止", "training stops when the validation accuracy does not increase")),
        new("trainer.stopping.min_delta", new("EarlyStopping"), Notebook),
        new("trainer.stopping.patience_epochs", new("EarlyStopping"), Notebook),
        new("trainer.best_by.monitor", new("验证准确性增加时立即保存模型", "save the model as soon as the validation accuracy increases")),
        new("trainer.final_weights", new("验证准确性增加时立即保存模型", "save the model as soon as the validation accuracy increases")),
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
        new(
            "\"AUC\"",
            .903,
            3,
            new("计算了 AUC 分数，结果是 0.903", "computed the AUC score; it was 0.903"),
            MetricNames.BalancedAccuracy,
            "computed from hard labels: (471/500 + 259/300)/2 is the balanced accuracy"),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<PublishedMatrix> Matrices =>
        [
            new(
                "from the author's notebook",
                ConfusionMatrix.Of(new[,] { { 471, 29 }, { 41, 259 } }, ClassNames),
                new("融合矩阵图", "confusion matrix, a picture")),
        ];

    /// <inheritdoc/>
    public override IReadOnlyList<Defect> Defects =>
    [
        new(
            DefectKind.Contradiction,
            "\"Stopped after epoch 13\": the author's log ends with epoch 14, which is what its 14 values, a least difference of .01 "
                + "and a patience of 5 give."),
        new(
            DefectKind.Contradiction,
            "The AUC .903 is computed from hard labels: it is the balanced accuracy, and its ROC curve has one point. It supports "
                + "nothing beyond the matrix."),
        new(
            DefectKind.Claim,
            "\"Augmentation made the set 7,800 / 1,008 / 800\": these are the numbers of files found. Augmentation adds none, and "
                + "validation and test are not augmented."),
        new(
            DefectKind.Method,
            "10 steps of 32 an epoch: 14 epochs draw 4,480 X-rays, less than 58 % of one pass. Validation sees a random 512 of "
                + "1,008; its standard error (.013 at .90) exceeds the least difference."),
        new(
            DefectKind.Method,
            "Two sigmoids with categorical cross-entropy. The printed losses (1028, 95.9) cannot come from clipped probabilities: "
                + "TensorFlow used the logits. With logits in the hundreds both sigmoids saturate, argmax takes the first, Covid: part of "
                + "the \"higher covid recall\" can be ties."),
        new(DefectKind.Method, "A learning rate of 1e-1 on 100,352 unscaled features, chosen among rates by looking at the test numbers."),
        new(
            DefectKind.OutsideTheText,
            "The demonstration cell and the web application feed X-rays without preprocess_input; \"100.0 % Covid\" is a saturated "
                + "sigmoid, and the two \"chances\" need not add up to 1."),
        new(DefectKind.OutsideTheText, "keras and tensorflow.keras are mixed; savefig after show writes an empty figure."),
        new(
            DefectKind.Claim,
            "The data set is a link without sources: duplicates, patients and ages are unknown. shear_range = .2 is .2 degrees."),
    ];

    /// <inheritdoc/>
    public override nn.Module<Tensor, Tensor> Model(long seed) => new CovidXrayResNet50(seed, trunk: Trunk, imageSize: ImageSize);

    /// <inheritdoc/>
    public override PretrainedNetwork PretrainedNetwork => PretrainedNetwork.ResNet50;

    private protected override string NetworkName => FlatSettings.Word(nameof(CovidXrayResNet50));

    private protected override IReadOnlyDictionary<string, object?> NetworkSettings =>
        new Dictionary<string, object?>(StringComparer.Ordinal) { ["image_size_pixels"] = ImageSize };
}
