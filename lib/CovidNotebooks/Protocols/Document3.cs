using CovidNotebooks.Data;
using CovidNotebooks.Data.Augmentation;
using CovidNotebooks.Display;
using CovidNotebooks.Evaluation;
using CovidNotebooks.Training;

namespace CovidNotebooks.Protocols;

/// <summary>Document 3: a pretrained VGG19 with batch normalisation on lung CT pictures with the official split, with PyTorch.</summary>
[TypeFormatterSource(typeof(DisplayedFormatters))]
public sealed record Document3 : Protocol
{
    private const string PublishedModel = "VGG19-BN, pretrained, two outputs";

    private static readonly Document3 AsPublished = new();

    /// <summary>Columns and rows that the model sees; 224.</summary>
    public int ImageSize { get; init; } = 224;

    /// <summary>The shorter side before the random crop in training; 256.</summary>
    public int ShorterSide { get; init; } = 256;

    /// <summary>The smallest share of the area that a random crop keeps; .5.</summary>
    public double SmallestCropArea { get; init; } = .5;

    /// <summary>How pictures are resized: Pillow's bilinear, torchvision's default.</summary>
    public Interpolation Interpolation { get; init; } = Interpolation.PilBilinear;

    /// <summary>Probability that a training picture is mirrored left to right; .5, torchvision's default.</summary>
    public double HorizontalFlipProbability { get; init; } = .5;

    /// <summary>
    /// What the pixels become: as published <c>ToTensor</c> and the identity <c>Normalize(0, 1)</c>. <see cref="PixelNormalization.ImageNet"/> is what the
    /// weights expect.
    /// </summary>
    public PixelNormalization Normalization { get; init; } = PixelNormalization.ToTensor;

    /// <summary>What the convolutions start from, in words; <c>ImageNet</c>, as published. Null: every weight is a random number.</summary>
    /// <remarks>Another start than the document's is shown in the setting <c>model</c>; the setting <c>weights</c> of a run is what <see cref="Comparability"/> asks.</remarks>
    public string? Start { get; init; } = "ImageNet";

    /// <summary>Pictures a batch; 8.</summary>
    public int BatchSize { get; init; } = 8;

    /// <summary>Batches whose gradients are added up; 8.</summary>
    public int AccumulatedBatches { get; init; } = 8;

    /// <summary>Epochs at most; 60.</summary>
    public int Epochs { get; init; } = 60;

    /// <summary>SGD's learning rate; .01.</summary>
    public double LearningRate { get; init; } = .01;

    /// <summary>SGD's momentum; .9.</summary>
    public double Momentum { get; init; } = .9;

    /// <summary>The stopper on running averages, patience 5.</summary>
    public RunningAverageStopper Stopping { get; init; } = new() { Patience = 5 };

    /// <summary>The best epoch: the highest validation accuracy, above 0.</summary>
    public BestEpochRule BestEpoch { get; init; } = new(TrainingMetric.ValidationAccuracy, MonitorMode.Max, Start: 0);

    /// <inheritdoc/>
    public override int Number => 3;

    /// <inheritdoc/>
    public override Quotation Title => new("肺部CT扫描…分类为新冠肺炎阳性或阴性", "lung CT scans, classified as COVID-19 positive or negative; the text has no title");

    /// <inheritdoc/>
    public override string Framework => "PyTorch, torchvision";

    /// <inheritdoc/>
    public override string Data => "COVID-CT with its official lists: 425 pictures train, 118 validate, 203 test.";

    /// <inheritdoc/>
    public override string? Dataset => "covid-ct";

    /// <inheritdoc/>
    public override string Weights => "imagenet";

    /// <inheritdoc/>
    public override string? Trunk => "VGG19-BN";

    /// <inheritdoc/>
    public override IReadOnlyList<string> ClassNames => ["CT_NonCOVID", "CT_COVID"];

    /// <inheritdoc/>
    public override int PositiveClass => 1;

    /// <inheritdoc/>
    public override IReadOnlyList<Setting> Settings =>
    [
        new("image_size", AsPublished.ImageSize, ImageSize, new("裁剪的大小调整为224×224", "the crop is resized to 224 x 224")),
        new("shorter_side", AsPublished.ShorterSide, ShorterSide, new("Transforms.Resize(256)")),
        new("smallest_crop_area", AsPublished.SmallestCropArea, SmallestCropArea, new("Scale=(0.5,1.0)"), "of the area, not of the size; the ratio 3/4 to 4/3 is absolute"),
        new("horizontal_flip", AsPublished.HorizontalFlipProbability, HorizontalFlipProbability, new("Transforms.RandomHorizontalFlip()")),
        new("normalisation", AsPublished.Normalization, Normalization, new("Transforms.ToT()…Normalize(Mean=[0,0,0],Std=[1,1,1])", "ToTensor, damaged in the text, and the identity"), "the ImageNet weights expect their own mean and deviation"),
        new("interpolation", AsPublished.Interpolation, Interpolation, new("Transforms.Resize(256)"), "not named, so torchvision's default: bilinear"),
        new("batch_size", AsPublished.BatchSize, BatchSize, new("BatchSize=8")),
        new("accumulated_batches", AsPublished.AccumulatedBatches, AccumulatedBatches, new("如果ITER_Num%8==0:Optimizer.step()", "if iter_num % 8 == 0: step"), "the first update of the run uses one batch"),
        new("model", PublishedModel, Model, new("具有批归一化的预先训练的VGG-19", "pretrained VGG-19 with batch normalisation")),
        new("optimizer", "SGD", "SGD", new("动量值为0.9的随机梯度下降", "stochastic gradient descent with a momentum of 0.9")),
        new("learning_rate", AsPublished.LearningRate, LearningRate, new("初始学习率为0.01", "initial learning rate 0.01")),
        new("momentum", AsPublished.Momentum, Momentum, new("动量值为0.9", "momentum 0.9")),
        new("loss", "cross-entropy on logits", "cross-entropy on logits", new("nn.CrossEntropyLoss()")),
        new("epochs", AsPublished.Epochs, Epochs, new("范围(60)中的纪元", "epochs in range(60)")),
        new("stopper_patience", AsPublished.Stopping.Patience, Stopping.Patience, new("EarlyStopping(Patience=5)")),
        new("stopper_new_weight", AsPublished.Stopping.NewWeight, Stopping.NewWeight, new("0.2*Accuracy+0.8*self.Previous_Accuracy")),
        new("stopper_rate_factor", AsPublished.Stopping.LearningRateFactor, Stopping.LearningRateFactor, new("学习率乘以0.1", "multiply the learning rate by 0.1")),
        new("best_epoch", AsPublished.BestEpoch.Monitor, BestEpoch.Monitor, new("具有最佳验证精度的模型", "the model with the best validation accuracy")),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<PublishedNumber> Published =>
        [new("accuracy", .828, 3, new("..", "the text breaks off before its results; 82.8 % is from an undamaged copy of the article"), MetricNames.Accuracy, "168/203 [.770, .873]; not in this text")];

    /// <inheritdoc/>
    public override IReadOnlyList<PublishedMatrix> Matrices => [];

    /// <inheritdoc/>
    public override IReadOnlyList<Defect> Defects =>
    [
        new(DefectKind.Damage, "Machine translation fused the running-average lines, lost the initial best loss and the return conditions, renamed identifiers and files, printed one optimiser step twice, and cut the text before its results."),
        new(DefectKind.Method, "The confusion-matrix plot names its axes CoViD, NonCoViD, but class 0 is NonCOVID: the labels are swapped."),
        new(DefectKind.Method, "Updates when iteration % 8 == 0: the first of the run uses one batch; 54 batches give 7 updates, batches 49 to 53 wait for the next epoch, the last five of the run are lost. It is not \"64\"."),
        new(DefectKind.Method, "The last training batch holds one picture (425 = 53 x 8 + 1) and weighs as much as eight. The validation loss is a mean of batch means (118 = 14 x 8 + 6)."),
        new(DefectKind.Contradiction, "The loss is divided by 8 before it is logged: the \"average loss\" is 63 times too small."),
        new(DefectKind.OutsideTheText, "The undamaged article compares a training loss of about .01 with .6 in validation: the same fault (the TensorBoard loss is 8 times too small)."),
        new(DefectKind.OutsideTheText, "The text calls its template for the accumulation very simple and has lost it. In the undamaged article it adds the loss up and goes backward every 8: not what the loop does."),
        new(DefectKind.Method, "Normalize(mean=[0,0,0], std=[1,1,1]) subtracts 0 and divides by 1: the identity. The weights expect ImageNet's mean and deviation. Training keeps the aspect ratio, evaluation does not."),
        new(DefectKind.Claim, "The crop keeps 50 to 100 % of the area, not of the size; its ratio 3/4 to 4/3 is absolute, not relative to the picture."),
        new(DefectKind.Method, "squeeze() breaks on a batch of one; it works only because 118 and 203 leave 6 and 3."),
        new(DefectKind.Method, "The stopper needs patience + 1 bad epochs; ties count as improvement; code 3 clears both counters, so code 1 is rare; code 2 does nothing; best_model = model is an alias."),
        new(DefectKind.Method, "Only Python's random is seeded, neither torch nor numpy. Loading a downloaded .pkl with torch.load runs whatever code is in it."),
        new(DefectKind.Method, "Three preprints have pictures in two of the three lists. All 746 listed files exist, and no file or pixel-identical picture is in two lists."),
        new(DefectKind.OutsideTheText, "Grad-CAM takes features \"35\": the last ReLU of VGG19 without batch normalisation, but conv4_3 of VGG19-BN; and its input is BGR where training used RGB."),
        new(DefectKind.OutsideTheText, "82.8 % is 168/203 [.770, .873]."),
    ];

    private string Model => Start is null ? "VGG19-BN, random weights, two outputs"
        : string.Equals(Start, AsPublished.Start, StringComparison.Ordinal) ? PublishedModel
        : $"VGG19-BN, convolutions from {Start}, two outputs";

    /// <summary>
    /// How the training pictures are loaded, in torchvision's order: RGB, shorter side to <see cref="ShorterSide"/>, a random part resized to
    /// <see cref="ImageSize"/>, a random flip, <c>ToTensor</c>, <c>Normalize</c>; shuffled, the last batch as short as it is.
    /// </summary>
    /// <param name="seed">The run's seed.</param>
    public LoaderOptions TrainingLoader(long seed) => EvaluationLoader() with
    {
        ShorterSide = ShorterSide,
        RandomCrop = new RandomResizedCrop { Scale = (SmallestCropArea, 1), HorizontalFlipProbability = HorizontalFlipProbability },
        Shuffle = true,
        Seed = seed,
    };

    /// <summary>All pictures of a list, resized without their ratio, in their order: the document's validation and test transform.</summary>
    public LoaderOptions EvaluationLoader() => new()
    {
        Width = ImageSize,
        Height = ImageSize,
        BatchSize = BatchSize,
        ColorMode = ColorMode.Rgb,
        Interpolation = Interpolation,
        Normalization = Normalization,
    };
}
