using System.Security.Cryptography;
using CovidNotebooks.Data;
using CovidNotebooks.Data.Augmentation;
using CovidNotebooks.Models;
using CovidNotebooks.Training;
using Tests.Data;
using static TorchSharp.torch;

namespace Tests.Training;

/// <summary>Each document's network on synthetic images: the same seed gives the same bits, whatever the workers and whether it was interrupted.</summary>
[Collection(SharedGenerator.Name)]
public class PhantomTrainingTests
{
    private static readonly Dictionary<string, Case> Cases = new(StringComparer.Ordinal)
    {
        ["document 1"] = new(() => new CovidXrayVgg16(seed: 1), 224, ColorMode.Rgb, 4, new KerasAdam { Decay = 1e-3 / 25 }, Loss.BinaryCrossEntropyOnSoftmax),
        ["document 2"] = new(() => CovidCtCnn.Final(seed: 1), 248, ColorMode.Grayscale, 4, new KerasAdam { LearningRate = 0.01 }, Loss.BinaryCrossEntropy),
        ["document 3"] = new(() => Vgg.Vgg19BatchNorm(classes: 2, seed: 1), 64, ColorMode.Rgb, 2, new Sgd { LearningRate = 0.01, Momentum = 0.9 }, Loss.CategoricalCrossEntropy),
        ["document 4"] = new(() => new CovidXrayResNet50(seed: 1), 224, ColorMode.Rgb, 4, new KerasAdam { LearningRate = 0.1 }, Loss.CategoricalCrossEntropy),
        ["document 5"] = new(() => new PneumoniaCnn(seed: 1), 150, ColorMode.Rgb, 4, new KerasAdam { LearningRate = 1e-4 }, Loss.CategoricalCrossEntropy),
    };

    public static TheoryData<string> Documents => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Workers_and_an_interruption_change_no_bit(string document)
    {
        using var folder = new TemporaryFolder();
        var images = Phantoms.Create(folder.Path, new PhantomOptions { TrainPerClass = 3, TestPerClass = 1 });
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
    }

    private static (List<double> Losses, string Hash) Train(Case experiment, DatasetSplit images, int workers, string? checkpoint, int? interruptAfter)
    {
        var loading = new LoaderOptions { Width = experiment.Size, Height = experiment.Size, ColorMode = experiment.Color, BatchSize = experiment.BatchSize, Workers = workers, Seed = 3 };
        var augmentation = new KerasAugmentation { WidthShiftRange = 0.1, HeightShiftRange = 0.1, ShearRange = 0.2, HorizontalFlip = true };
        using var train = new ImageLoader(images["train"], loading with { Augmentation = augmentation, Shuffle = true, StepsPerEpoch = 1 });
        using var test = new ImageLoader(images["test"], loading);
        using var model = experiment.Create();
        using var interruption = new CancellationTokenSource();
        var options = new TrainerOptions { Epochs = 3, Seed = 5, Optimizer = experiment.Optimizer, Loss = experiment.Loss, CheckpointPath = checkpoint, Resume = checkpoint is not null };
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

    private sealed record Case(Func<nn.Module<Tensor, Tensor>> Create, int Size, ColorMode Color, int BatchSize, OptimizerSettings Optimizer, Loss Loss);
}
