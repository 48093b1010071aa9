using CovidNotebooks.Data;
using CovidNotebooks.Models;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace CovidNotebooks.Training;

/// <summary>
/// What would end a training with an error after minutes, or let it run to a result that means nothing: found before the first step.
/// </summary>
internal static class TrainingCheck
{
    /// <exception cref="ArgumentException">The training cannot work; the message says why and what to do.</exception>
    public static void BeforeTheFirstStep(
        nn.Module<Tensor, Tensor> model, IBatchSource train, IBatchSource? validation, TrainerOptions options)
    {
        foreach (var (source, what) in new[] { (train, "training"), (validation, "validation") })
        {
            if (source is not null && (source.Dataset.Count == 0 || source.BatchesPerEpoch == 0))
            {
                throw new ArgumentException($"'{source.Dataset.Name}' gives no batch for {what}: {source.Dataset.Count} images, batches "
                    + $"of {source.BatchSize}, {source.BatchesPerEpoch} an epoch. Look at the data card and at the batch size.");
            }
        }

        ImagePrecision.Require(model, train, options.Precision);
        if (validation is null && Watched(options) is { } watched)
        {
            throw new ArgumentException($"{watched}, and there are no validation images. "
                + "Give a validation source, or watch Loss or Accuracy.");
        }

        if (Math.Min(train.Dataset.Count - (train.BatchSize * (train.BatchesPerEpoch - 1)), train.BatchSize) == 1
            && LayerWithoutVariance(model, train) is { } layer)
        {
            throw new ArgumentException(
                $"The last batch of '{train.Dataset.Name}' has one image ({train.Dataset.Count} images in batches of {train.BatchSize}), "
                    + $"and '{layer.Name}' normalises over ({string.Join(", ", layer.Shape)}): one value a channel, which has no variance. "
                    + "Set DropLast, or another batch size.");
        }
    }

    /// <exception cref="ArgumentException">The model has another number of outputs than the classes and the loss need.</exception>
    public static void Outputs(long outputs, IReadOnlyList<string> classNames, Loss loss)
    {
        var needed = loss == Loss.BinaryCrossEntropy && classNames.Count == 2 ? 1 : classNames.Count;
        if (outputs != needed || (loss == Loss.BinaryCrossEntropy && classNames.Count != 2))
        {
            throw new ArgumentException(
                $"The model has {outputs} outputs; {classNames.Count} classes ({string.Join(", ", classNames)}) with {loss} need "
                    + (loss == Loss.BinaryCrossEntropy && classNames.Count != 2 ? $"{nameof(Loss.CategoricalCrossEntropy)} and " : "")
                    + $"{needed}. Change the model's last layer, or the loss.");
        }
    }

    /// <summary>
    /// The first batch normalisation that is trained and sees one value a channel of one image: one on vectors, or on maps of 1 × 1. The
    /// model looks at an image of the first batch, in evaluation and without derivatives, so that nothing of it changes.
    /// </summary>
    private static (string Name, long[] Shape)? LayerWithoutVariance(nn.Module<Tensor, Tensor> model, IBatchSource train)
    {
        var layers = model.named_modules()
            .Where(pair => pair.module is BatchNorm1d or BatchNorm2d or BatchNorm3d && pair.module.parameters().DefaultIfEmpty()
            .Any(parameter => parameter?.requires_grad ?? true)).ToArray();
        if (layers.Length == 0)
        {
            return null;
        }

        (string Name, long[] Shape)? found = null;
        var listening = layers.Select(pair => ((nn.Module<Tensor, Tensor>)pair.module).register_forward_hook((_, input, output) =>
        {
            if (found is null && input.numel() == input.shape[1])
            {
                found = (pair.name, input.shape);
            }

            return output;
        })).ToArray();
        try
        {
            using var evaluation = new EvaluationMode(model);
            using var scope = NewDisposeScope();
            using var noGradients = no_grad();
            using var batch = train.Epoch(0).FirstOrDefault();
            if (batch is not null)
            {
                model.call(batch.Images.narrow(0, 0, 1).to(model.parameters().FirstOrDefault()?.device ?? CPU));
            }
        }
        finally
        {
            foreach (var remover in listening)
            {
                remover.remove();
            }
        }

        return found;
    }

    private static string? Watched(TrainerOptions options) => options switch
    {
        { Stopping: EarlyStopping { Monitor: TrainingMetric.ValidationLoss or TrainingMetric.ValidationAccuracy } rule } =>
            $"{nameof(EarlyStopping)} watches {rule.Monitor}",
        { Stopping: RunningAverageStopper } => $"{nameof(RunningAverageStopper)} watches the validation loss and accuracy",
        { BestBy.Monitor: TrainingMetric.ValidationLoss or TrainingMetric.ValidationAccuracy } =>
            $"BestBy watches {options.BestBy.Monitor}",
        _ => null,
    };
}
