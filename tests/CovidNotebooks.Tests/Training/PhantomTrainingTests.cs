using System.Globalization;
using System.Security.Cryptography;
using CovidNotebooks.Data;
using CovidNotebooks.Models;
using CovidNotebooks.Protocols;
using CovidNotebooks.Training;
using Tests.Data;
using Xunit.Abstractions;
using static TorchSharp.torch;

namespace Tests.Training;

/// <summary>
/// Each document's network on synthetic images, loaded as the document does: the same seed gives the same bits, whatever the workers and
/// whether it was interrupted.
/// </summary>
[Collection(SharedGenerator.Name)]
public class PhantomTrainingTests(ITestOutputHelper output)
{
    private const int Seed = 3;
    private const int Images = 6;

    /// <summary>More than one, so that workers can overtake one another: a worker makes whole batches.</summary>
    private const int StepsPerEpoch = 2;

    // As many layers as the document's, on pictures of a third or a quarter of its size: VGG16 at 224 pixels and kernels of 8 x 8 over 128
    // channels at 248 pixels would take minutes.
    private static readonly Document1 SmallerFirst = new() { ImageSize = 128 };
    private static readonly Document2 SmallerSecond = new() { ImageSize = 62 };
    private static readonly Document3 SmallerThird = new() { ImageSize = 64, ShorterSide = 73 };
    private static readonly Dictionary<string, Case> Cases = new(StringComparer.Ordinal)
    {
        ["document 1"] = new(
            () => new CovidXrayVgg16(seed: 1, new CovidXrayVgg16Options { ImageSize = SmallerFirst.ImageSize }),
            SmallerFirst.TrainingLoader(Seed, Images),
            SmallerFirst.EvaluationLoader(),
            1,
            new KerasAdam { Decay = 1e-3 / 25 },
            Loss.BinaryCrossEntropyOnSoftmax),
        ["document 2, large"] = OfDocument2(
            SmallerSecond, () => new CovidCtCnn(seed: 1, CovidCtCnnOptions.Large with { ImageSize = SmallerSecond.ImageSize })),
        ["document 2, small"] = OfDocument2(new Document2(), () => CovidCtCnn.Small(seed: 1)),
        ["document 2, final"] = OfDocument2(new Document2(), () => CovidCtCnn.Final(seed: 1)),
        ["document 3"] = new(
            SmallerHead,
            SmallerThird.TrainingLoader(Seed),
            SmallerThird.EvaluationLoader(),
            2,
            new Sgd { LearningRate = 0.01, Momentum = 0.9 },
            Loss.CategoricalCrossEntropy)
        {
            // The second batch's gradients wait for the next epoch, in the checkpoint too.
            Accumulation = new GradientAccumulation(2, AccumulationRule.AsDocument3),
            Stopping = new RunningAverageStopper(),
        },
        ["document 4"] = new(
            () => new CovidXrayResNet50(seed: 1),
            new Document4().TrainingLoader(Seed),
            new Document4().EvaluationLoader(),
            1,
            new KerasAdam { LearningRate = 0.1 },
            Loss.CategoricalCrossEntropy)
        {
            Stopping = new EarlyStopping { Monitor = TrainingMetric.ValidationAccuracy, MinDelta = 0.01, Patience = 5 },
        },
        ["document 5"] = new(
            () => new PneumoniaCnn(seed: 1),
            new Document5().TrainingLoader(Seed, Images),
            new Document5().EvaluationLoader(),
            1,
            new KerasAdam { LearningRate = 1e-4 },
            Loss.CategoricalCrossEntropy),
    };

    public static TheoryData<string> Documents => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Workers_and_an_interruption_change_no_bit(string document)
    {
        using var folder = new TemporaryFolder();
        var images = Phantoms.Create(folder.Path, new PhantomOptions { TrainPerClass = Images / 2, TestPerClass = 1 });
        var checkpoint = Path.Combine(folder.Path, "checkpoint.safetensors");
        var experiment = Cases[document];
        var whole = Train(experiment, images, workers: 1, checkpoint: null, interruptAfter: null);
        var interrupted = Train(experiment, images, workers: 4, checkpoint, interruptAfter: 2);
        var resumed = Train(experiment, images, workers: 4, checkpoint, interruptAfter: null);
        Assert.Equal(2, interrupted.Losses.Count);
        Assert.Equal(3, whole.Losses.Count);
        Assert.NotEqual(whole.Hash, interrupted.Hash);
        if (whole.Hash != resumed.Hash || !whole.Losses.SequenceEqual(resumed.Losses))
        {
            // The same setting again, and other workers alone, say which of the three it was.
            var again = Train(experiment, images, workers: 1, checkpoint: null, interruptAfter: null);
            var byFour = Train(experiment, images, workers: 4, checkpoint: null, interruptAfter: null);
            Assert.Fail(
                $"The same seed gave other bits. Losses {Text(whole)} by one worker, {Text(resumed)} interrupted with four; "
                    + $"{Text(again)} by one worker again, {Text(byFour)} by four without an interruption.");
        }

        // Two runs of this test on one machine print the same line.
        output.WriteLine($"{document}: weights after 3 epochs, sha256 {whole.Hash}");
    }

    private static (List<double> Losses, string Hash) Train(
        Case experiment, DatasetSplit images, int workers, string? checkpoint, int? interruptAfter)
    {
        using var train = new ImageLoader(
            images["train"],
            experiment.Training with { BatchSize = experiment.BatchSize, StepsPerEpoch = StepsPerEpoch, Workers = workers });
        using var test = new ImageLoader(
            images["test"], experiment.Evaluation with { BatchSize = experiment.BatchSize, Workers = workers });
        using var model = experiment.Create();
        using var interruption = new CancellationTokenSource();
        var options = new TrainerOptions
        {
            Epochs = 3,
            Seed = 5,
            Optimizer = experiment.Optimizer,
            Loss = experiment.Loss,
            Accumulation = experiment.Accumulation,
            Stopping = experiment.Stopping,
            CheckpointPath = checkpoint,
            Resume = checkpoint is not null,
        };
        var observer = new RecordingObserver(onEpoch: history =>
        {
            if (history.Epochs.Count == interruptAfter)
            {
                interruption.Cancel();
            }
        });
        var history = Trainer.Fit(model, train, test, options, observer, cancellation: interruption.Token);
        return ([.. history.Epochs.Select(epoch => epoch.ValidationLoss!.Value)], Hash(model));
    }

    /// <summary>
    /// VGG19's convolutions with batch normalisation, and its dense layers made narrow: theirs hold 119 million numbers, which each
    /// checkpoint would write three times over (weights, velocities, waiting gradients).
    /// </summary>
    private static LayerStack SmallerHead()
    {
        var network = new LayerStack(
            [
                Vgg.Features(Vgg.Blocks19, batchNormalization: true),
                nn.AdaptiveAvgPool2d((2L, 2L)),
                nn.Flatten(),
                nn.Linear(512 * 2 * 2, 64),
                nn.ReLU(),
                nn.Dropout(.5),
                nn.Linear(64, 2),
            ]);
        TorchvisionInitializers.Apply(network, seed: 1);
        return network;
    }

    private static string Text((List<double> Losses, string Hash) training) =>
        string.Create(CultureInfo.InvariantCulture, $"{string.Join(", ", training.Losses)} ({training.Hash[..8]})");

    private static string Hash(nn.Module model)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (_, tensor) in ModelState.Of(model))
        {
            using var scope = NewDisposeScope();
            hash.AppendData(tensor.detach().contiguous().bytes);
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }

    private static Case OfDocument2(Document2 document, Func<nn.Module<Tensor, Tensor>> create) =>
        new(
            create,
            document.TrainingLoader(Seed, Images),
            document.EvaluationLoader(),
            1,
            new KerasAdam { LearningRate = 0.01 },
            Loss.BinaryCrossEntropy)
        {
            Stopping = new EarlyStopping { Patience = 7, RestoreBestWeights = true },
        };

    private sealed record Case(
        Func<nn.Module<Tensor, Tensor>> Create,
        LoaderOptions Training,
        LoaderOptions Evaluation,
        int BatchSize,
        OptimizerSettings Optimizer,
        Loss Loss)
    {
        public GradientAccumulation Accumulation { get; init; } = new();

        public StoppingRule? Stopping { get; init; }
    }
}
