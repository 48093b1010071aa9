using CovidNotebooks.Data;
using CovidNotebooks.Data.Augmentation;
using CovidNotebooks.Evaluation;
using CovidNotebooks.Models;
using CovidNotebooks.Models.Weights;
using CovidNotebooks.Recording;
using CovidNotebooks.Training;
using static TorchSharp.torch;

namespace CovidNotebooks.Protocols;

/// <summary>Document 3: a pretrained VGG19 with batch normalisation on lung CT pictures with the official split, with PyTorch.</summary>
public sealed record Document3 : PretrainedProtocol
{
    /// <summary>The settings of the document.</summary>
    public Document3()
    {
        ImageSize = 224;
        ShorterSide = 256;
        RandomCrop = new RandomResizedCrop { Scale = (.5, 1), HorizontalFlipProbability = .5 };
        Interpolation = Interpolation.PilBilinear;
        Normalization = PixelNormalization.ToTensor;
        BatchSize = 8;
        Accumulation = new GradientAccumulation(8, AccumulationRule.AsDocument3);
        Epochs = 60;
        Optimizer = new Sgd { LearningRate = .01, Momentum = .9 };
        Stopping = new RunningAverageStopper { Patience = 5 };
        BestEpoch = new(TrainingMetric.ValidationAccuracy, MonitorMode.Max, Start: 0);
        FinalWeights = FinalWeights.Best;
        ValidationLossMean = LossMean.PerBatch;
    }

    /// <summary>
    /// The weights of the first dense layer and each tensor of their size, 392 MB, get blocks of their own, which are returned; the largest
    /// maps of a batch of eight, 98 MB, are kept.
    /// </summary>
    private protected override CpuTuning Cpu => new() { LargestKeptMegabytes = 110 };

    /// <inheritdoc/>
    public override int Number => 3;

    /// <inheritdoc/>
    public override Quotation Title =>
        new("肺部CT扫描…分类为新冠肺炎阳性或阴性", "lung CT scans, classified as COVID-19 positive or negative; the text has no title");

    /// <inheritdoc/>
    public override string Framework => "PyTorch, torchvision";

    /// <inheritdoc/>
    public override string Data => "COVID-CT with its official lists: 425 pictures train, 118 validate, 203 test.";

    /// <inheritdoc/>
    public override string? Dataset => "covid-ct";

    /// <inheritdoc/>
    public override string Weights => "imagenet";

    /// <inheritdoc/>
    public override string? PublishedTrunk => "VGG19-BN";

    /// <inheritdoc/>
    public override IReadOnlyList<string> ClassNames => ["CT_NonCOVID", "CT_COVID"];

    /// <inheritdoc/>
    public override int PositiveClass => 1;

    /// <inheritdoc/>
    public override (int Training, int Validation) PublishedImages => (425, 118);

    /// <inheritdoc/>
    public override Protocol AsPublished => new Document3();

    /// <inheritdoc/>
    public override IReadOnlyList<Citation> Citations =>
    [
        new("split", new("trainCT_COVID.txt"), "the official lists"),
        new("train.width_pixels", new("裁剪的大小调整为224×224", "the crop is resized to 224 x 224")),
        new("train.shorter_side_pixels", new("Transforms.Resize(256)")),
        new("train.random_crop.scale", new("Scale=(0.5,1.0)"), "of the area, not of the size; the ratio 3/4 to 4/3 is absolute"),
        new("train.random_crop.horizontal_flip_probability", new("Transforms.RandomHorizontalFlip()")),
        new(
            "train.normalization.mean",
            new("Transforms.ToT()…Normalize(Mean=[0,0,0],Std=[1,1,1])", "ToTensor, damaged in the text, and the identity"),
            "the ImageNet weights expect their own mean"),
        new(
            "train.normalization.deviation",
            new("Transforms.ToT()…Normalize(Mean=[0,0,0],Std=[1,1,1])", "ToTensor, damaged in the text, and the identity"),
            "and deviation"),
        new("train.interpolation", new("Transforms.Resize(256)"), "not named, so torchvision's default: bilinear"),
        new("train.batch_size", new("BatchSize=8")),
        new("trainer.accumulation.batches", new("如果ITER_Num%8==0:Optimizer.step()", "if iter_num % 8 == 0: step")),
        new(
            "trainer.accumulation.rule",
            new("如果ITER_Num%8==0:Optimizer.step()", "if iter_num % 8 == 0: step"),
            "the first update of the run uses one batch"),
        new("model", new("具有批归一化的预先训练的VGG-19", "pretrained VGG-19 with batch normalisation")),
        new("trainer.optimizer", new("动量值为0.9的随机梯度下降", "stochastic gradient descent with a momentum of 0.9")),
        new("trainer.optimizer.learning_rate", new("初始学习率为0.01", "initial learning rate 0.01")),
        new("trainer.optimizer.momentum", new("动量值为0.9", "momentum 0.9")),
        new("trainer.loss", new("nn.CrossEntropyLoss()")),
        new("trainer.epochs", new("范围(60)中的纪元", "epochs in range(60)")),
        new("trainer.stopping.patience_epochs", new("EarlyStopping(Patience=5)")),
        new("trainer.stopping.new_weight", new("0.2*Accuracy+0.8*self.Previous_Accuracy")),
        new("trainer.stopping.learning_rate_factor", new("学习率乘以0.1", "multiply the learning rate by 0.1")),
        new("trainer.validation_loss_mean", new("loss / len(loader)"), "a mean of batch means"),
        new("trainer.best_by.monitor", new("具有最佳验证精度的模型", "the model with the best validation accuracy")),
        new("trainer.final_weights", new("具有最佳验证精度的模型", "the model with the best validation accuracy")),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<PublishedNumber> Published =>
        [
            new(
                "accuracy",
                .828,
                3,
                new("..", "the text breaks off before its results; 82.8 % is from an undamaged copy of the article"),
                MetricNames.Accuracy,
                "168/203 [.770, .873]; not in this text"),
        ];

    /// <inheritdoc/>
    public override IReadOnlyList<PublishedMatrix> Matrices => [];

    /// <inheritdoc/>
    public override IReadOnlyList<Defect> Defects =>
    [
        new(
            DefectKind.Damage,
            "Machine translation fused the running-average lines, lost the initial best loss and the return conditions, renamed "
                + "identifiers and files, printed one optimiser step twice, and cut the text before its results."),
        new(
            DefectKind.Method,
            "The confusion-matrix plot names its axes CoViD, NonCoViD, but class 0 is NonCOVID: the labels are swapped."),
        new(
            DefectKind.Method,
            "Updates when iteration % 8 == 0: the first of the run uses one batch; 54 batches give 7 updates, batches 49 to 53 wait "
                + "for the next epoch, the last five of the run are lost. It is not \"64\"."),
        new(
            DefectKind.Method,
            "The last training batch holds one picture (425 = 53 x 8 + 1) and weighs as much as eight. The validation loss is a mean "
                + "of batch means (118 = 14 x 8 + 6)."),
        new(DefectKind.Contradiction, "The loss is divided by 8 before it is logged: the \"average loss\" is 63 times too small."),
        new(
            DefectKind.OutsideTheText,
            "The undamaged article compares a training loss of about .01 with .6 in validation: "
                + "the same fault (the TensorBoard loss is 8 times too small)."),
        new(
            DefectKind.OutsideTheText,
            "The text calls its template for the accumulation very simple and has lost it. In the undamaged article it adds the loss "
                + "up and goes backward every 8: not what the loop does."),
        new(
            DefectKind.Method,
            "Normalize(mean=[0,0,0], std=[1,1,1]) subtracts 0 and divides by 1: the identity. The weights expect ImageNet's mean and "
                + "deviation. Training keeps the aspect ratio, evaluation does not."),
        new(
            DefectKind.Claim,
            "The crop keeps 50 to 100 % of the area, not of the size; its ratio 3/4 to 4/3 is absolute, not relative to the picture."),
        new(DefectKind.Method, "squeeze() breaks on a batch of one; it works only because 118 and 203 leave 6 and 3."),
        new(
            DefectKind.Method,
            "The stopper needs patience + 1 bad epochs; ties count as improvement; code 3 clears both counters, so code 1 is rare; "
                + "code 2 does nothing; best_model = model is an alias."),
        new(
            DefectKind.Method,
            "Only Python's random is seeded, neither torch nor numpy. "
                + "Loading a downloaded .pkl with torch.load runs whatever code is in it."),
        new(
            DefectKind.Method,
            "Three preprints have pictures in two of the three lists. "
                + "All 746 listed files exist, and no file or pixel-identical picture is in two lists."),
        new(
            DefectKind.OutsideTheText,
            "Grad-CAM takes features \"35\": the last ReLU of VGG19 without batch normalisation, but conv4_3 of VGG19-BN; and its "
                + "input is BGR where training used RGB."),
        new(DefectKind.OutsideTheText, "82.8 % is 168/203 [.770, .873]."),
    ];

    /// <inheritdoc/>
    public override nn.Module<Tensor, Tensor> Model(long seed) => Trunk?.Classifier(seed) ?? Vgg.Vgg19BatchNorm(classes: 2, seed);

    /// <inheritdoc/>
    public override PretrainedNetwork PretrainedNetwork => PretrainedNetwork.Vgg19BatchNorm;

    private protected override string NetworkName =>
        FlatSettings.Word(Trunk is null || Trunk.Network == PretrainedNetwork ? nameof(Vgg) : nameof(TrunkClassifier));

    private protected override IReadOnlyDictionary<string, object?> NetworkSettings =>
        new Dictionary<string, object?>(StringComparer.Ordinal);

    /// <inheritdoc/>
    protected internal override PhantomKind Phantoms => PhantomKind.LungCt;
}
