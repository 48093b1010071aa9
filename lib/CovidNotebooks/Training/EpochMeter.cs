using CovidNotebooks.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace CovidNotebooks.Training;

/// <summary>
/// Sums the losses and hits of an epoch on the model's device: Keras' running mean, each batch weighted by its images. On a CPU reading a
/// sum costs nothing; on a GPU it waits for all work before it, so there it is read once in a while. With <see cref="LossMean.PerBatch"/>
/// the loss is the mean over batches.
/// </summary>
internal sealed class EpochMeter : IDisposable
{
    private const int BatchesBetweenReads = 10;
    private readonly Tensor sums;
    private readonly bool readsAlways;
    private readonly LossMean mean;
    private int batches;

    public EpochMeter(Device device, LossMean mean = LossMean.PerImage)
    {
        this.mean = mean;
        sums = zeros(2, dtype: ScalarType.Float64, device: device).DetachFromDisposeScope();
        readsAlways = device.type == DeviceType.CPU;
    }

    public long Images { get; private set; }

    /// <summary>Mean loss so far, as of the last read.</summary>
    public double Loss { get; private set; }

    /// <summary>Fraction of the images so far that are right, as of the last read.</summary>
    public double Accuracy { get; private set; }

    /// <summary>Mean loss since the read before the last.</summary>
    public double LastLoss { get; private set; }

    private double LossSum { get; set; }

    private long ImagesRead { get; set; }

    private long Weight { get; set; }

    private long WeightRead { get; set; }

    /// <summary>Adds a batch.</summary>
    /// <returns>False when the loss has become NaN or infinite, as far as it was read.</returns>
    public bool Add(Tensor meanLoss, Tensor hits, long images)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        long weight = mean == LossMean.PerBatch ? 1 : images;
        var both = stack([meanLoss.detach().to(ScalarType.Float64).mul(weight), hits.to(ScalarType.Float64)]);
        sums.add_(both);
        Images += images;
        Weight += weight;
        batches++;
        return (!readsAlways && batches % BatchesBetweenReads != 0) || Read();
    }

    /// <summary>Reads the sums.</summary>
    /// <returns>False when the loss is NaN or infinite.</returns>
    public bool Read()
    {
        if (Images == ImagesRead)
        {
            return double.IsFinite(LossSum);
        }

        var values = TensorValues.Read(sums);
        LastLoss = (values[0] - LossSum) / (Weight - WeightRead);
        (LossSum, ImagesRead, WeightRead) = (values[0], Images, Weight);
        Loss = LossSum / Weight;
        Accuracy = values[1] / Images;
        return double.IsFinite(LossSum);
    }

    public void Dispose() => sums.Dispose();
}
