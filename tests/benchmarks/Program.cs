using System.Diagnostics;
using System.Globalization;
using Benchmarks;
using CovidNotebooks.Data;
using CovidNotebooks.Data.Augmentation;
using CovidNotebooks.Models;
using CovidNotebooks.Training;

// Document 5's training as the library runs it. See README.md in this folder.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var what = args.FirstOrDefault() ?? "model";
var cpu = new CpuTuning(int.Parse(Option("--threads", "0"), CultureInfo.InvariantCulture), KeepFreedMemory: !args.Contains("--return-memory", StringComparer.Ordinal));
if (args.Contains("--pool-thread", StringComparer.Ordinal))
{
    await Task.Run(() => Measure(what));
}
else
{
    Measure(what);
}

string Option(string name, string otherwise) => Array.IndexOf(args, name) is >= 0 and var i && i + 1 < args.Length ? args[i + 1] : otherwise;

void Measure(string measured)
{
    using var model = new PneumoniaCnn(seed: 42);
    var options = new TrainerOptions { Epochs = int.Parse(Option("--epochs", "2"), CultureInfo.InvariantCulture), Optimizer = new KerasAdam { LearningRate = 1e-4 }, Seed = 42, Cpu = cpu };
    using var process = Process.GetCurrentProcess();
    var processor = process.TotalProcessorTime;
    TrainingHistory history;
    if (measured == "model")
    {
        var noise = new RandomImages(50, int.Parse(Option("--batches", "12"), CultureInfo.InvariantCulture), PneumoniaCnn.ImageSize);
        history = Trainer.Fit(model, noise, null, options, new SpeedPrinter());
    }
    else
    {
        var data = DataFolder.Resolve(Option("--data", string.Empty) is { Length: > 0 } folder ? folder : null, Environment.GetEnvironmentVariable, Environment.CurrentDirectory).Open(Datasets.ChestXrayPneumonia);
        var loading = new LoaderOptions { Width = 150, Height = 150, BatchSize = 50, Workers = int.Parse(Option("--workers", "2"), CultureInfo.InvariantCulture), Seed = 42 };
        var augmentation = new KerasAugmentation { WidthShiftRange = 0.1, HeightShiftRange = 0.1, ShearRange = 0.2, HorizontalFlip = true };
        using var train = new ImageLoader(data.Train, loading with { Augmentation = augmentation, Shuffle = true, DropLast = true });
        using var test = new ImageLoader(data.Test, loading);
        history = Trainer.Fit(model, train, test, options, new SpeedPrinter());
    }

    process.Refresh();
    Console.WriteLine(history.ToPlainText());
    Console.WriteLine($"processor {(process.TotalProcessorTime - processor).TotalSeconds:F1} s, peak memory {process.PeakWorkingSet64 / 1048576.0:F0} MB, threads {cpu.EffectiveThreads}");
}
