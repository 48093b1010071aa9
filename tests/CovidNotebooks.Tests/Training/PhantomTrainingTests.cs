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

    private static readonly Document3 Small = new() { ImageSize = 64, ShorterSide = 73 };
    private static readonly Dictionary<string, Case> Cases = new(StringComparer.Ordinal)
    {
        ["document 1"] = new(
            () => new CovidXrayVgg16(seed: 1),
            new Document1().TrainingLoader(Seed, Images),
            new Document1().EvaluationLoader(),
            1,
            new KerasAdam { Decay = 1e-3 / 25 },
            Loss.BinaryCrossEntropyOnSoftmax),
        ["document 2, large"] = OfDocument2(() => CovidCtCnn.Large(seed: 1)),
        ["document 2, small"] = OfDocument2(() => CovidCtCnn.Small(seed: 1)),
        ["document 2, final"] = OfDocument2(() => CovidCtCnn.Final(seed: 1)),
        ["document 3"] = new(
            () => Vgg.Vgg19BatchNorm(classes: 2, seed: 1),
            Small.TrainingLoader(Seed),
            Small.EvaluationLoader(),
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
        Assert.Equal(whole.Losses, resumed.Losses);
        Assert.Equal(whole.Hash, resumed.Hash);
        Assert.NotEqual(whole.Hash, interrupted.Hash);

        // The same setting again, and other workers alone: a difference says which of the three it was.
        var again = Train(experiment, images, workers: 1, checkpoint: null, interruptAfter: null);
        var byFour = Train(experiment, images, workers: 4, checkpoint: null, interruptAfter: null);
        Assert.Equal(whole.Losses, again.Losses);
        Assert.Equal(whole.Hash, again.Hash);
        Assert.Equal(whole.Losses, byFour.Losses);
        Assert.Equal(whole.Hash, byFour.Hash);

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

    private static Case OfDocument2(Func<nn.Module<Tensor, Tensor>> create) =>
        new(
            create,
            new Document2().TrainingLoader(Seed, Images),
            new Document2().EvaluationLoader(),
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
