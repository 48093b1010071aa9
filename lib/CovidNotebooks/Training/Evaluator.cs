using CovidNotebooks.Data;
using CovidNotebooks.Models;
using static TorchSharp.torch;

namespace CovidNotebooks.Training;

/// <summary>Loss and accuracy of a model on a set of images, without training.</summary>
public static class Evaluator
{
    /// <summary>Keras' <c>evaluate</c>: the model in eval mode, no gradients.</summary>
    /// <param name="model">The model; each layer's mode is put back afterwards.</param>
    /// <param name="source">The images.</param>
    /// <param name="loss">The loss to measure.</param>
    /// <param name="activation">What the accuracy looks at.</param>
    /// <param name="steps">Batches to look at; null for all.</param>
    /// <param name="epoch">The epoch to ask of the source, from 0: it decides the order and the draws of a source that has any.</param>
    /// <param name="device">Where the model is; null, the default, asks its parameters.</param>
    /// <param name="mean">How the batches' losses become one; the accuracy is always that of the images.</param>
    /// <param name="precision">What the model computes in; null, the default, for float32.</param>
    /// <returns>Mean loss and accuracy (0..1).</returns>
    /// <exception cref="ArgumentException">The model cannot compute in the precision.</exception>
    /// <exception cref="InvalidOperationException">The source gave no image.</exception>
    public static (double Loss, double Accuracy) Evaluate(
        nn.Module<Tensor, Tensor> model,
        IBatchSource source,
        Loss loss,
        OutputActivation activation,
        int? steps = null,
        int epoch = 0,
        Device? device = null,
        LossMean mean = LossMean.PerImage,
        ReducedPrecision? precision = null)
    {
        ImagePrecision.Require(model, source, precision);
        using var mode = new EvaluationMode(model);
        using var noGradients = no_grad();
        device ??= BatchOnDevice.WhereIs(model);
        using var meter = new EpochMeter(device, mean);
        foreach (var batch in source.Epoch(epoch).Take(steps ?? int.MaxValue))
        {
            using (batch)
            using (var scope = NewDisposeScope())
            {
                NotebookHost.Cancellation.ThrowIfCancellationRequested();
                var (images, labels) = BatchOnDevice.Of(batch, device);
                var logits = model.call(ImagePrecision.Of(images, precision));
                LossFunctions.Check(loss, logits, labels);
                meter.Add(LossFunctions.Mean(loss, logits, labels), LossFunctions.Hits(activation, logits, labels), batch.Count);
            }
        }

        if (meter.Images == 0)
        {
            throw new InvalidOperationException(
                $"'{source.Dataset.Name}' gave no image to evaluate: {source.Dataset.Count} images, {source.BatchesPerEpoch} batches. "
                    + "Look at the data card.");
        }

        meter.Read();
        return (meter.Loss, meter.Accuracy);
    }
}
