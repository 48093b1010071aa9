using CovidNotebooks.Data;
using CovidNotebooks.Data.Augmentation;
using CovidNotebooks.Models.Weights;
using CovidNotebooks.Training;
using static TorchSharp.torch;

namespace Tests.Training;

/// <summary>
/// A training as a process of its own, so that a test can kill it: <c>dotnet CovidNotebooks.Tests.dll train IMAGES FOLDER NAME</c>.
/// </summary>
internal static class TrainingProcess
{
    public const int Epochs = 100;
    private const int Side = 32;

    /// <summary>
    /// Trains on the images of the folder IMAGES, goes on from FOLDER/NAME.checkpoint.safetensors, and in the end writes
    /// FOLDER/NAME.safetensors.
    /// </summary>
    public static int Main(string[] arguments)
    {
        if (arguments is not ["train", var images, var folder, var name])
        {
            Console.Error.WriteLine("These are tests: run them with dotnet test. The only other use is: train IMAGES FOLDER NAME.");
            return 2;
        }

        using var train = new ImageLoader(
            ImageDataset.FromFolders(Path.Combine(images, "train")),
            new LoaderOptions
            {
                Width = Side,
                Height = Side,
                BatchSize = 8,
                Shuffle = true,
                Seed = 3,
                Augmentation = new KerasAugmentation { ZoomRange = .2 },
            });
        manual_seed(1);

        // Wide, so that a good part of an epoch is spent in writing the checkpoint.
        using var model = nn.Sequential(nn.Flatten(), nn.Linear(3 * Side * Side, 256), nn.ReLU(), nn.Dropout(.5), nn.Linear(256, 2));
        var options = new TrainerOptions
        {
            Epochs = Epochs,
            Seed = 4,
            Optimizer = new KerasAdam { Decay = 1e-2 },
            FinalWeights = FinalWeights.Best,
            CheckpointPath = Path.Combine(folder, name + ".checkpoint.safetensors"),
            Resume = true,
        };
        Console.Out.WriteLine("started");
        Trainer.Fit(
            model, train, null, options, new RecordingObserver(onEpoch: history => Console.Out.WriteLine($"epoch {history.Epochs.Count}")));
        ModelWeights.Save(model, Path.Combine(folder, name + ".safetensors"));
        return 0;
    }
}
