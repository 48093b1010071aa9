using CovidNotebooks.Data;
using CovidNotebooks.Evaluation;
using CovidNotebooks.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace CovidNotebooks.Training;

/// <summary>A model's scores for every image of a source.</summary>
public static class Predictor
{
    /// <summary>
    /// Predicts every image once, whatever the order of the source: the answers are in the order of the dataset's files, so that they can
    /// never be compared with the labels of other images.
    /// </summary>
    /// <param name="model">The model; each layer's mode is put back afterwards.</param>
    /// <param name="source">The images, best without augmentation.</param>
    /// <param name="activation">
    /// What turns logits into scores; a single output is always read through a sigmoid and gives the scores 1 - p and p.
    /// </param>
    /// <param name="loss">The loss of each image; null: softmax cross-entropy, or binary cross-entropy for a single output.</param>
    /// <param name="device">Where the model is; null, the default, asks its parameters.</param>
    /// <param name="positiveClass">The class whose score is a positive finding; default 1.</param>
    /// <exception cref="ArgumentException">The model has another number of outputs than the dataset has classes.</exception>
    /// <exception cref="InvalidOperationException">The source repeats an image or leaves images out.</exception>
    public static Predictions Predict(
        nn.Module<Tensor, Tensor> model,
        IBatchSource source,
        OutputActivation activation,
        Loss? loss = null,
        string? device = null,
        int positiveClass = 1)
    {
        var dataset = source.Dataset;
        var answers = new Prediction?[dataset.Count];
        var where = device is null ? BatchOnDevice.WhereIs(model) : torch.device(device);
        using (new EvaluationMode(model))
        using (no_grad())
        {
            foreach (var batch in source.Epoch(0))
            {
                using (batch)
                using (var scope = NewDisposeScope())
                {
                    NotebookHost.Cancellation.ThrowIfCancellationRequested();
                    Answer(model, batch, dataset, activation, loss, where, answers);
                }
            }
        }

        var items = answers.OfType<Prediction>().ToList();
        if (items.Count == 0)
        {
            throw new InvalidOperationException(
                $"'{dataset.Name}' gave no image to predict: {dataset.Count} images, {source.BatchesPerEpoch} batches. "
                    + "Look at the data card.");
        }

        return items.Count == dataset.Count ? new Predictions(dataset.ClassNames, items, positiveClass)
            : throw new InvalidOperationException(
            $"The source left out {dataset.Count - items.Count} of the {dataset.Count} images of '{dataset.Name}', the first of them "
                + $"'{dataset.Images[Array.IndexOf(answers, null)].Path}': {source.BatchesPerEpoch} batches of {source.BatchSize}. "
            +
                "Metrics would be of another set than the one named. Predict with a loader without StepsPerEpoch and DropLast, and "
                + "take files that cannot be read out of the dataset first.");
    }

    private static void Answer(
        nn.Module<Tensor, Tensor> model,
        Batch batch,
        ImageDataset dataset,
        OutputActivation activation,
        Loss? loss,
        Device device,
        Prediction?[] answers)
    {
        var (images, labels) = BatchOnDevice.Of(batch, device);
        var logits = model.call(images);
        var outputs = logits.shape[^1];
        var single = outputs == 1;
        if (single ? dataset.ClassNames.Count != 2 : outputs != dataset.ClassNames.Count)
        {
            throw new ArgumentException(
                $"The model has {outputs} outputs, '{dataset.Name}' has {dataset.ClassNames.Count} classes "
                    + $"({string.Join(", ", dataset.ClassNames)}). Use a model with one output a class, or one output for two classes.");
        }

        var measured = loss ?? (single ? Loss.BinaryCrossEntropy : Loss.CategoricalCrossEntropy);
        LossFunctions.Check(measured, logits, labels);
        var losses = TensorValues.Read(LossFunctions.PerImage(measured, logits, labels));
        var scores = TensorValues.Read(LossFunctions.Scores(single ? OutputActivation.Sigmoid : activation, logits));
        for (var i = 0; i < batch.Count; i++)
        {
            var index = batch.Indices[i];
            if (answers[index] is not null)
            {
                throw new InvalidOperationException(
                    $"'{dataset.Images[index].Path}' came twice in one epoch; a source to predict gives every image once.");
            }

            var image = dataset.Images[index];
            double[] own = single ? [1 - scores[i], scores[i]] : scores[(i * (int)outputs)..((i + 1) * (int)outputs)];
            answers[index] = new Prediction(image.Path, image.Group, image.Source, image.Label, own, losses[i]);
        }
    }
}
