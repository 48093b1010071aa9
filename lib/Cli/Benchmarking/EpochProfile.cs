using CovidNotebooks.Data;
using CovidNotebooks.Models;
using CovidNotebooks.Training;
using static TorchSharp.torch;

namespace CovidNotebooks.Cli.Benchmarking;

/// <summary>Where the time of a training epoch goes on the CPU, and what its arithmetic makes of the processor.</summary>
/// <param name="Images">Training images of the epoch.</param>
/// <param name="WaitSeconds">Waiting for the loader.</param>
/// <param name="ForwardSeconds">The network and the loss.</param>
/// <param name="BackwardSeconds">The gradients.</param>
/// <param name="StepSeconds">The optimiser.</param>
/// <param name="ForwardGflop">10^9 operations of an image's forward pass (<see cref="Arithmetic"/>).</param>
/// <param name="BackwardGflop">The same of its backward pass.</param>
/// <param name="PeakGflops">10^9 operations a second of one large convolution here: what oneDNN reaches at best.</param>
internal sealed record EpochProfile(
    int Images,
    double WaitSeconds,
    double ForwardSeconds,
    double BackwardSeconds,
    double StepSeconds,
    double ForwardGflop,
    double BackwardGflop,
    double PeakGflops)
{
    /// <summary>10^9 operations a second while the network runs forward and backward.</summary>
    public double AchievedGflops => Images * (ForwardGflop + BackwardGflop) / (ForwardSeconds + BackwardSeconds);

    /// <summary>Trains one epoch after a first batch that does not count, as the trainer does it.</summary>
    public static EpochProfile Of(nn.Module<Tensor, Tensor> network, ImageLoader train, TrainerOptions options, TimeProvider clock)
    {
        options.Cpu.Apply();
        var peak = PeakOfAConvolution(clock);
        using var optimizer = options.Optimizer.Create(network.named_parameters());
        network.train();
        Freezing.KeepFrozenNormalizationsInEval(network);
        Arithmetic arithmetic;
        double wait = 0, forward = 0, backward = 0, step = 0;
        var mark = clock.GetTimestamp();
        using (var first = train.Epoch(0).First())
        {
            arithmetic = Arithmetic.Of(network, first.Images);
            Train(first, 0);
        }

        var (images, index) = (0, 0);
        forward = backward = step = 0;
        mark = clock.GetTimestamp();
        foreach (var batch in train.Epoch(1))
        {
            using (batch)
            {
                wait += Lap();
                Train(batch, index++);
                images += batch.Count;
            }
        }

        return new EpochProfile(images, wait, forward, backward, step, arithmetic.Forward / 1e9, arithmetic.Backward / 1e9, peak);

        void Train(Batch batch, int number)
        {
            using var scope = NewDisposeScope();
            var loss = LossFunctions.Mean(options.Loss, network.call(batch.Images), batch.Labels);
            forward += Lap();
            loss.backward();
            backward += Lap();
            if (options.Accumulation.UpdatesAfter(number))
            {
                optimizer.Step();
                network.zero_grad();
            }

            step += Lap();
        }

        double Lap()
        {
            var now = clock.GetTimestamp();
            var seconds = clock.GetElapsedTime(mark, now).TotalSeconds;
            mark = now;
            return seconds;
        }
    }

    /// <summary>The best of some 3 × 3 convolutions of 256 to 256 maps of 56 × 56, eight pictures at once: 29.6 GFLOP each.</summary>
    private static double PeakOfAConvolution(TimeProvider clock)
    {
        const int Pictures = 8, Maps = 256, Side = 56, Times = 5;
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        var (input, weights) = (rand(Pictures, Maps, Side, Side), rand(Maps, Maps, 3, 3));
        var best = double.PositiveInfinity;
        for (var i = 0; i < Times; i++)
        {
            var started = clock.GetTimestamp();
            nn.functional.conv2d(input, weights, padding: [1, 1]).Dispose();
            best = Math.Min(best, clock.GetElapsedTime(started).TotalSeconds);
        }

        return 2.0 * Pictures * Side * Side * Maps * Maps * 9 / best / 1e9;
    }
}
