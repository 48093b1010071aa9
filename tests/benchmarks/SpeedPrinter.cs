using System.Diagnostics;
using CovidNotebooks.Training;

namespace Benchmarks;

/// <summary>Prints the training speed of each epoch, by the wall clock and by processor time: the second hardly depends on what else the machine does.</summary>
internal sealed class SpeedPrinter : ITrainingObserver
{
    private readonly Process process = Process.GetCurrentProcess();
    private TimeSpan processor;
    private int first;

    public void OnBatch(TrainingProgress progress)
    {
        if (progress.Batch == 2)
        {
            process.Refresh();
            (processor, first) = (process.TotalProcessorTime, progress.Batch);
        }

        if (progress.Batch == progress.Batches)
        {
            process.Refresh();
            var used = (process.TotalProcessorTime - processor).TotalSeconds / (progress.Batches - first);
            Console.WriteLine($"epoch {progress.Epoch}: {progress.ImagesPerSecond:F0} images/s by the clock, {50 / used * Environment.ProcessorCount:F0} by processor time on {Environment.ProcessorCount} cores");
        }
    }

    public void OnEpoch(TrainingHistory history)
    {
    }
}
