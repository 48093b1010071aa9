using System.Globalization;
using System.Reflection;
using CovidNotebooks.Data;
using CovidNotebooks.Data.Augmentation;
using CovidNotebooks.Models;
using CovidNotebooks.Protocols;
using CovidNotebooks.Training;
using Tests.Shared;

namespace Tests.Protocols;

/// <content>Each setting is changed in turn: the run differs, and its record says so.</content>
public sealed partial class ExecutableDocumentTests
{
    /// <summary>What is changed: a property, the change, and the setting of the record that has to say it.</summary>
    private static readonly Change[] Common =
    [
        new(nameof(Protocol.ImageSize), document => document with { ImageSize = document.ImageSize + 32 }, "train.width_pixels"),
        new(
            nameof(Protocol.Interpolation),
            document =>
                document with
                {
                    Interpolation = document.Interpolation == Interpolation.PilBilinear ? Interpolation.PilNearest
                        : Interpolation.PilBilinear,
                },
            "train.interpolation"),
        new(nameof(Protocol.Rescale), document => document with { Rescale = 1 / 200.0 }, "train.rescale"),
        new(
            nameof(Protocol.Normalization),
            document => document with { Normalization = PixelNormalization.ImageNet },
            "train.normalization"),
        new(
            nameof(Protocol.Augmentation),
            document => document with { Augmentation = new() { VerticalFlip = true, ZoomRange = .3 } },
            "train.augmentation"),
        new(nameof(Protocol.BatchSize), document => document with { BatchSize = 3 }, "train.batch_size"),
        new(nameof(Protocol.StepsPerEpoch), document => document with { StepsPerEpoch = 1 }, "train.steps_per_epoch"),
        new(
            nameof(Protocol.FullBatchesOnly),
            document => document with { FullBatchesOnly = !document.FullBatchesOnly },
            "train.steps_per_epoch"),
        new(
            nameof(Protocol.Split),
            document => document with { Split = new RandomSplit(ByGroup: true, 9, ["train", "val", "test"], [.4, .3, .3]) },
            "split"),
        new(
            nameof(Protocol.ValidationPart),
            document =>
                document with { ValidationPart = string.Equals(document.ValidationPart, "val", StringComparison.Ordinal) ? "test" : "val" },
            "validation.part"),
        new(
            nameof(Protocol.EvaluationPart),
            document =>
                document with { EvaluationPart = string.Equals(document.EvaluationPart, "val", StringComparison.Ordinal) ? "test" : "val" },
            "evaluation.part"),
        new(
            nameof(Protocol.ValidationIsAugmented),
            document => document with { ValidationIsAugmented = !document.ValidationIsAugmented },
            "validation"),
        new(
            nameof(Protocol.ValidationIsShuffled),
            document => document with { ValidationIsShuffled = !document.ValidationIsShuffled },
            "validation.shuffle"),
        new(
            nameof(Protocol.ValidationSteps),
            document => document with { ValidationSteps = document.Number == 2 ? 2 : 1 },
            "validation.steps_per_epoch"),
        new(
            nameof(Protocol.ValidationFullBatchesOnly),
            document => document with { ValidationFullBatchesOnly = !document.ValidationFullBatchesOnly },
            "validation.steps_per_epoch"),
        new(nameof(Protocol.Epochs), document => document with { Epochs = 2 }, "trainer.epochs"),
        new(
            nameof(Protocol.Optimizer),
            document => document with { Optimizer = new TorchAdam { LearningRate = document.LearningRate, WeightDecay = .1 } },
            "trainer.optimizer"),
        new(
            nameof(Protocol.LearningRate),
            document => document with { LearningRate = document.LearningRate / 2 },
            "trainer.optimizer.learning_rate"),
        new(
            nameof(Protocol.Loss),
            document =>
                document with
                {
                    Loss = document.Loss == Loss.CategoricalCrossEntropy ? Loss.BinaryCrossEntropyOnSoftmax : Loss.CategoricalCrossEntropy,
                },
            "trainer.loss"),
        new(
            nameof(Protocol.Activation),
            document =>
                document with
                {
                    Activation = document.Activation == OutputActivation.Sigmoid ? OutputActivation.Softmax : OutputActivation.Sigmoid,
                },
            "trainer.activation"),
        new(
            nameof(Protocol.ClassWeighting),
            document => document with { ClassWeighting = ClassWeighting.Balanced },
            "trainer.class_weights"),
        new(
            nameof(Protocol.Accumulation),
            document => document with { Accumulation = new GradientAccumulation(3) },
            "trainer.accumulation"),
        new(
            nameof(Protocol.Stopping),
            document => document with { Stopping = new EarlyStopping { Monitor = TrainingMetric.Loss, MinDelta = 1e9, Patience = 1 } },
            "trainer.stopping"),
        new(
            nameof(Protocol.BestEpoch),
            document => document with { BestEpoch = new BestEpochRule(TrainingMetric.Accuracy, MonitorMode.Min) },
            "trainer.best_by"),
        new(
            nameof(Protocol.FinalWeights),
            document =>
                document with
                {
                    BestEpoch = new BestEpochRule(TrainingMetric.Loss, MonitorMode.Max),
                    FinalWeights = document.FinalWeights == FinalWeights.Best ? FinalWeights.Last : FinalWeights.Best,
                },
            "trainer.final_weights"),
        new(
            nameof(Protocol.ValidationLossMean),
            document =>
                document with
                {
                    ValidationLossMean = document.ValidationLossMean == LossMean.PerBatch ? LossMean.PerImage : LossMean.PerBatch,
                },
            "trainer.validation_loss_mean"),
        new(nameof(Protocol.Threshold), document => document with { Threshold = ThresholdRule.YoudenOnValidation }, "threshold_rule"),
    ];

    /// <summary>Properties that cannot change these runs, and why.</summary>
    private static readonly (int[] Documents, string Name, string Why)[] WithoutEffect =
    [
        (
            [1, 2, 3, 4, 5],
            nameof(Protocol.ApplyExifOrientation),
            "phantoms have no EXIF orientation; that it reaches the loader is tested below"),
        ([1, 2, 4, 5], nameof(Protocol.ShorterSide), "torchvision's, for document 3"),
        ([1, 2, 4, 5], nameof(Protocol.RandomCrop), "torchvision's, for document 3"),
        ([3], nameof(Protocol.Augmentation), "Keras', which excludes torchvision's"),
        ([3, 4], nameof(Protocol.Rescale), "the normalisation takes its place: refused, tested below"),
        ([4], nameof(Protocol.FullBatchesOnly), "its steps are a number"),
        ([4], nameof(Protocol.ValidationFullBatchesOnly), "its steps are a number"),
        ([2, 3, 5], nameof(Protocol.AugmentationDraws), "the network has no frozen trunk: refused, tested below"),
        ([2], nameof(Protocol.Activation), "one output is always read through a sigmoid: refused, tested below"),
        ([2], nameof(Protocol.EvaluationPart), "its split has two parts, and both serve the training"),
        ([2], nameof(Protocol.ValidationPart), "its split has two parts, and one is trained on"),
        ([1], nameof(Protocol.EvaluationPart), "its split has two parts, and one is trained on"),
        ([1], nameof(Protocol.ValidationPart), "its split has two parts, and one is trained on"),
        ([2, 5], nameof(Protocol.ValidationLossMean), "only full batches are measured, so both means are one"),
        ([1, 4], nameof(Protocol.ValidationIsShuffled), "all are measured, in whatever order"),
        ([1, 3, 4], nameof(PretrainedProtocol.Trunk), "random numbers of another stream; files are tested with PretrainedTrunk"),
        ([2], nameof(Protocol.Normalization), "it needs three channels: refused by the loader"),
        ([1, 2, 3, 4, 5], nameof(Protocol.ColorMode), "the networks take one of the two: refused, tested below"),
    ];

    public static TheoryData<int> Numbers => [1, 2, 3, 4, 5];

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Every_property_is_tried(int number)
    {
        var tried = Changes(number).Select(change => change.Name)
            .Concat(WithoutEffect.Where(item => item.Documents.Contains(number)).Select(item => item.Name))
            .ToHashSet(StringComparer.Ordinal);
        var properties = Protocol.All[number - 1].GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.CanWrite).Select(property => property.Name);
        Assert.Empty(properties.Except(tried, StringComparer.Ordinal));
    }

    [Fact]
    public void Each_setting_of_document_5_changes_the_run_and_its_record() => EachChangesTheRun(5);

    [Fact]
    public void Each_setting_of_document_2_changes_the_run_and_its_record() => EachChangesTheRun(2);

    [LongTheory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    public void Each_setting_of_a_pretrained_network_changes_the_run_and_its_record(int number) => EachChangesTheRun(number);

    private static IEnumerable<Change> Changes(int number)
    {
        IEnumerable<Change> own = number switch
        {
            1 =>
            [
                new(nameof(Document1.Pooling), document => (Document1)document with { Pooling = Vgg16Pooling.WholeMap }, "model.pooling"),
                new(nameof(Document1.HiddenUnits), document => (Document1)document with { HiddenUnits = 8 }, "model.hidden_units"),
                new(nameof(Document1.Dropout), document => (Document1)document with { Dropout = 0 }, "model.dropout"),
                new(nameof(Protocol.AugmentationDraws), document => document with { AugmentationDraws = 1 }, "1 draws"),
            ],
            2 =>
                [
                    new(
                        nameof(Document2.Network),
                        document => (Document2)document with { Network = CovidCtCnnOptions.Final with { Dense = [(8, .1)] } },
                        "model.dense"),
                ],
            3 =>
            [
                new(nameof(Protocol.ShorterSide), document => document with { ShorterSide = 60 }, "train.shorter_side_pixels"),
                new(
                    nameof(Protocol.RandomCrop),
                    document => document with { RandomCrop = new() { Scale = (.2, .4) } },
                    "train.random_crop.scale"),
            ],
            4 => [new(nameof(Protocol.AugmentationDraws), document => document with { AugmentationDraws = 1 }, "1 draws")],
            _ =>
            [
                new(nameof(Document5.HiddenUnits), document => (Document5)document with { HiddenUnits = 8 }, "model.hidden_units"),
                new(
                    nameof(Document5.HiddenActivation),
                    document => (Document5)document with { HiddenActivation = HiddenActivation.Relu },
                    "model.hidden_activation"),
                new(nameof(Document5.Dropout), document => (Document5)document with { Dropout = 0 }, "model.dropout"),
            ],
        };
        return Common.Where(change => !WithoutEffect.Any(item => item.Documents.Contains(number) && item.Name == change.Name)).Concat(own);
    }

    private void EachChangesTheRun(int number)
    {
        var document = Small(number);
        var (outcome, differs) = Outcome(document);
        var refused = new List<string>();
        foreach (var change in Changes(number))
        {
            var (changed, said) = Outcome(change.Apply(document));
            Assert.True(changed != outcome, $"document {number}: {change.Name} was changed and the run was the same");
            if (changed.StartsWith("refused", StringComparison.Ordinal))
            {
                refused.Add(change.Name);
            }
            else
            {
                var names = said.Except(differs, StringComparer.Ordinal).Concat(differs.Except(said, StringComparer.Ordinal)).ToArray();
                Assert.True(
                    names.Any(sentence => sentence.StartsWith(change.Setting, StringComparison.Ordinal)),
                    $"document {number}: {change.Name} was changed and the record says: {string.Join("; ", names)}");
            }
        }

        Assert.Equal(number == 2 ? [nameof(Protocol.Loss)] : [], refused); // One output takes the binary loss alone.
    }

    /// <summary>All that a run measures, or that it was refused; and what its record says that differs.</summary>
    private (string Outcome, IReadOnlyList<string> Differs) Outcome(Protocol document)
    {
        try
        {
            using var run = document.Run(store, Images(document), Options);
            var epochs = run.History.Epochs.Select(
                epoch =>
                    string.Create(
                        CultureInfo.InvariantCulture, $"{epoch.Loss} {epoch.Accuracy} {epoch.ValidationLoss} {epoch.ValidationAccuracy}"));
            var answers = run.Predictions.Items.Select(
                item => string.Create(CultureInfo.InvariantCulture, $"{item.Id} {item.Scores[0]} {item.Loss}"));
            return (
                string.Join('\n', [.. epochs, $"{run.History.BestRule}", $"{run.Predictions.Threshold}", .. answers]),
                Differs(store.Load(run.Id).Parameters));
        }
        catch (ArgumentException refused)
        {
            return ($"refused: {refused.Message}", []);
        }
    }

    private sealed record Change(string Name, Func<Protocol, Protocol> Apply, string Setting);
}
