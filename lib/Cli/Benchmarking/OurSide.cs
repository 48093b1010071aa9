using System.Diagnostics;
using System.Text.Json;
using CovidNotebooks.Data;
using CovidNotebooks.Protocols;
using CovidNotebooks.Training;
using TorchSharp;

namespace CovidNotebooks.Cli.Benchmarking;

/// <summary>
/// The library's side of a benchmark, a process of its own. It answers lines with lines of JSON: <c>epoch</c>, <c>pipeline</c> and
/// <c>model</c> with their <c>seconds</c>, <c>memory</c> with <c>peak_megabytes</c>, <c>profile</c> with an <see cref="EpochProfile"/>;
/// anything else ends it. Its first line, when it is ready to train, names <c>torch</c>.
/// </summary>
internal sealed class OurSide : ITrainingObserver, IDisposable
{
    private const long Seed = 1;
    private static readonly JsonSerializerOptions InOneLine = new(BenchmarkJob.Json) { WriteIndented = false };
    private readonly BenchmarkJob job;
    private readonly Protocol document;
    private readonly TextReader asked;
    private readonly TextWriter answers;
    private readonly TimeProvider clock;
    private readonly ImageLoader train;
    private readonly ImageLoader validation;
    private readonly CancellationTokenSource end = new();
    private int pass;

    public OurSide(BenchmarkJob job, TextReader asked, TextWriter answers, TimeProvider clock)
    {
        (this.job, this.asked, this.answers, this.clock) = (job, asked, answers, clock);
        document = Protocol.All.Single(document => document.Number == job.Document);
        train = Loader(job.Train, document.TrainingLoader(Seed, job.Train.Count), job.TrainBatches);
        validation = Loader(job.Validation, document.ValidationLoader(Seed, job.Validation.Count), job.ValidationBatches);
    }

    /// <summary>The document's, without what the peers leave out too: the end of training and a copy of the best weights.</summary>
    private TrainerOptions Options
    {
        get
        {
            var published = document.TrainerOptions(Seed, train.Dataset);
            return published with
            {
                Epochs = int.MaxValue,
                Stopping = null,
                FinalWeights = FinalWeights.Last,
                Cpu = published.Cpu with { Threads = job.Threads },
                Precision = job.InBfloat16 ? ReducedPrecision.Bfloat16 : null,
            };
        }
    }

    /// <summary>Answers until it is told to end.</summary>
    public void Serve()
    {
        using var model = document.Model(Seed);
        Answer(new { torch = torch.__version__ });
        if (GoesOn())
        {
            Trainer.Fit(model, train, validation, Options, this, clock, end.Token);
        }
    }

    public void OnBatch(TrainingProgress progress)
    {
    }

    public void OnEpoch(TrainingHistory history)
    {
        Answer(new { seconds = history.Epochs[^1].Seconds });
        if (!GoesOn())
        {
            end.Cancel();
        }
    }

    public void Dispose()
    {
        train.Dispose();
        validation.Dispose();
        end.Dispose();
    }

    /// <summary>Answers until the next epoch is asked for (true) or the end (false).</summary>
    private bool GoesOn()
    {
        while (true)
        {
            switch (asked.ReadLine())
            {
                case "epoch":
                    return true;
                case "pipeline":
                    Answer(new { seconds = PipelineSeconds() });
                    break;
                case "model":
                    Answer(new { seconds = ModelSeconds() });
                    break;
                case "memory":
                    using (var process = Process.GetCurrentProcess())
                    {
                        var peak = process.PeakWorkingSet64 / 1048576.0;
                        Answer(new { peak_megabytes = peak, process_megabytes = peak });
                    }

                    break;
                case "profile":
                    using (var network = document.Model(Seed))
                    {
                        Answer(EpochProfile.Of(network, train, Options, clock));
                    }

                    break;
                default:
                    return false;
            }
        }
    }

    private double PipelineSeconds()
    {
        var started = clock.GetTimestamp();
        pass++;
        foreach (var batch in train.Epoch(pass).Concat(validation.Epoch(pass)))
        {
            batch.Dispose();
        }

        return clock.GetElapsedTime(started).TotalSeconds;
    }

    /// <summary>
    /// Forward, backward and step of an epoch's batches, and those of the validation forward; the network's first batches are not counted.
    /// </summary>
    private double ModelSeconds()
    {
        using var first = train.Epoch(0).First();
        using var network = document.Model(Seed);
        var warm = new RepeatedBatch(train.Dataset, first, 1);
        Trainer.Fit(network, warm, warm, Options with { Epochs = 1 }, clock: clock);
        return Trainer.Fit(
            network,
            new RepeatedBatch(train.Dataset, first, job.TrainBatches),
            new RepeatedBatch(train.Dataset, first, job.ValidationBatches),
            Options with { Epochs = 1 },
            clock: clock).Seconds;
    }

    private void Answer(object answer)
    {
        answers.WriteLine(JsonSerializer.Serialize(answer, InOneLine));
        answers.Flush();
    }

    private ImageLoader Loader(IReadOnlyList<BenchmarkImage> images, LoaderOptions options, int batches) =>
        new(job.Dataset($"document {job.Document}", images), options with { StepsPerEpoch = batches, Workers = job.Workers });
}
