using CovidNotebooks.Data;
using CovidNotebooks.Models;
using CovidNotebooks.Training;
using static TorchSharp.torch;

namespace CovidNotebooks.Explanation;

/// <summary>
/// Gradient-weighted class-activation maps (Selvaraju et al. 2017, "Grad-CAM"): the channels of a convolution layer, each weighted by the
/// mean over its positions of the derivative of a class's logit, added up; what is negative becomes 0.
/// </summary>
/// <remarks>
/// The score is the logit, before softmax or sigmoid. A model with a single output has two classes: class 1 is explained by the logit,
/// class 0 by its negative. The model runs in eval mode and every layer's mode is put back; no parameter's gradient is touched; frozen
/// models work too.
/// </remarks>
public static class GradCam
{
    /// <summary>Keeps the choice of images apart from every other draw of the same seed.</summary>
    private const long Purpose = 0x4743414D;

    /// <summary>The maps of a batch of images.</summary>
    /// <param name="model">A classifier that gives logits (N, classes).</param>
    /// <param name="layer">
    /// A layer inside it that gives (N, channels, rows, columns), usually the last convolution's ReLU. Where it runs more than once, the
    /// last time counts.
    /// </param>
    /// <param name="images">(N, channels, rows, columns), on the model's device.</param>
    /// <param name="targets">For each image the class to explain; null: the class with the largest logit, the first of equals.</param>
    /// <returns>One map an image, in the layer's resolution.</returns>
    /// <exception cref="ArgumentException">The layer does not run or gives no maps, or a target is not the number of a class.</exception>
    /// <exception cref="InvalidOperationException">The logits are not finite, or do not depend on the layer.</exception>
    public static IReadOnlyList<ClassActivation> Of(
        nn.Module<Tensor, Tensor> model, nn.Module<Tensor, Tensor> layer, Tensor images, IReadOnlyList<int>? targets = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(layer);
        ArgumentNullException.ThrowIfNull(images);
        using var mode = new EvaluationMode(model);
        using var tap = new LayerTap(layer);
        using var scope = NewDisposeScope();
        using var gradients = enable_grad();
        var logits = model.call(images);
        var activation = RequireMaps(tap, layer, logits, images.shape[0]);
        var scores = TensorValues.Read(logits);
        var outputs = (int)logits.shape[1];
        var predicted = Enumerable.Range(0, (int)images.shape[0]).Select(i => Predicted(scores.AsSpan(i * outputs, outputs))).ToArray();
        var explained = RequireTargets(targets ?? predicted, predicted.Length, outputs);
        var weights = autograd.grad([Score(logits, explained)], [activation])[0].mean([2, 3], keepdim: true);
        var maps = TensorValues.Read((weights * activation.detach()).sum(1).relu());
        var (height, width) = ((int)activation.shape[2], (int)activation.shape[3]);
        return [.. explained.Select((target, i) => new ClassActivation(
            new HeatMap(height, width, maps[(i * height * width)..((i + 1) * height * width)]),
            target,
            outputs == 1 ? Sign(target) * scores[i] : scores[(i * outputs) + target],
            predicted[i]))];
    }

    /// <summary>The maps of some images of each class, chosen at random.</summary>
    /// <param name="model">A classifier that gives logits (N, classes).</param>
    /// <param name="layer">A layer inside it that gives (N, channels, rows, columns), usually the last convolution's ReLU.</param>
    /// <param name="source">The images, without augmentation.</param>
    /// <param name="perClass">
    /// Images a class; fewer where the class has fewer, or where a source that skips unreadable files leaves some out.
    /// </param>
    /// <param name="seed">Of the choice: the same seed takes the same images.</param>
    /// <param name="targetClass">The class that the maps explain; null, the default, for the class that the model predicts.</param>
    /// <exception cref="ArgumentException">The layer does not run or gives no maps, or the target is not the number of a class.</exception>
    /// <exception cref="InvalidOperationException">The logits are not finite or do not depend on the layer.</exception>
    public static ActivationMaps Over(
        nn.Module<Tensor, Tensor> model,
        nn.Module<Tensor, Tensor> layer,
        IBatchSource source,
        int perClass = 100,
        long seed = 0,
        int? targetClass = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(source);
        ArgumentOutOfRangeException.ThrowIfLessThan(perClass, 1);
        return Over(model, layer, source, Chosen(source.Dataset, perClass, seed), targetClass is { } target ? _ => target : null,
            targetClass);
    }

    /// <summary>The maps that another model has of the same images, of the classes that the given maps explain.</summary>
    internal static ActivationMaps Over(nn.Module<Tensor, Tensor> model, nn.Module<Tensor, Tensor> layer, IBatchSource source,
        ActivationMaps maps)
    {
        var classes = maps.Items.ToDictionary(item => item.Image, item => item.Activation.TargetClass);
        var wanted = Enumerable.Range(0, source.Dataset.Count).Where(index => classes.ContainsKey(source.Dataset.Images[index]));
        return Over(model, layer, source, [.. wanted], image => classes[image], maps.TargetClass);
    }

    private static ActivationMaps Over(nn.Module<Tensor, Tensor> model, nn.Module<Tensor, Tensor> layer, IBatchSource source,
        HashSet<int> wanted, Func<LabeledImage, int>? classOf, int? targetClass)
    {
        var dataset = source.Dataset;
        var device = Training.BatchOnDevice.WhereIs(model);
        var found = new SortedDictionary<int, ImageActivation>();
        var (height, width) = (1, 1);
        foreach (var batch in source.Epoch(0))
        {
            using (batch)
            using (var scope = NewDisposeScope())
            {
                NotebookHost.Cancellation.ThrowIfCancellationRequested();
                var rows = Enumerable.Range(0, batch.Count).Where(row => wanted.Remove(batch.Indices[row])).ToArray();
                if (rows.Length > 0)
                {
                    (height, width) = ((int)batch.Images.shape[2], (int)batch.Images.shape[3]);
                    var images = batch.Images.index_select(0, tensor(rows.Select(row => (long)row).ToArray())).to(device);
                    var activations = Of(model, layer, images, classOf is null ? null
                        : [.. rows.Select(row => classOf(dataset.Images[batch.Indices[row]]))]);
                    foreach (var (row, activation) in rows.Zip(activations))
                    {
                        found.Add(batch.Indices[row], new ImageActivation(dataset.Images[batch.Indices[row]], activation));
                    }
                }
            }

            if (wanted.Count == 0)
            {
                break;
            }
        }

        return new ActivationMaps(dataset, [.. found.Values], height, width, targetClass);
    }

    private static HashSet<int> Chosen(ImageDataset dataset, int perClass, long seed) => [.. dataset.ClassNames.SelectMany((_, label) =>
    {
        var own = Enumerable.Range(0, dataset.Count).Where(index => dataset.Images[index].Label == label).ToArray();
        return new RandomStream(seed, Purpose, label).Permutation(own.Length).Take(perClass).Select(i => own[i]).ToArray();
    })];

    private static Tensor RequireMaps(LayerTap tap, nn.Module layer, Tensor logits, long images)
    {
        var activation = tap.Activation ?? throw new ArgumentException(
            $"The layer {layer.GetName()} did not run when the model was called. Give one of the model's own layers, for example its "
                + "LastConvolution; a layer whose forward is called directly cannot be listened to.", nameof(layer));
        if (activation.shape.Length != 4)
        {
            throw new ArgumentException(
                $"The layer {layer.GetName()} gives ({string.Join(", ", activation.shape)}); a class-activation map needs (images, "
                    + "channels, rows, columns). Give a convolution layer or the activation or pooling after one.", nameof(layer));
        }

        if (logits.shape.Length != 2 || logits.shape[0] != images)
        {
            throw new ArgumentException(
                $"The model gives ({string.Join(", ", logits.shape)}) for {images} images; expected logits (images, classes).");
        }

        return logits.requires_grad
            ? activation
            : throw new InvalidOperationException(
                $"The logits do not depend on the layer {layer.GetName()}, so it explains nothing. Give a layer between the images "
                    + "and the logits, and a model that does not detach what it computes.");
    }

    private static IReadOnlyList<int> RequireTargets(IReadOnlyList<int> targets, int images, int outputs)
    {
        if (targets.Count != images)
        {
            throw new ArgumentException(
                $"There are {images} images, but {targets.Count} classes to explain. Give one an image.", nameof(targets));
        }

        var classes = Math.Max(outputs, 2);
        return targets.All(target => target >= 0 && target < classes)
            ? targets
            : throw new ArgumentException(
                $"The model has the classes 0 to {classes - 1}, but {targets.First(target => target < 0 || target >= classes)} was to "
                    + "be explained.",
                nameof(targets));
    }

    private static int Predicted(ReadOnlySpan<double> scores)
    {
        var best = 0;
        for (var i = 0; i < scores.Length; i++)
        {
            if (!double.IsFinite(scores[i]))
            {
                throw new InvalidOperationException(
                    "A logit is NaN or infinite, so no class can be explained. Look at the training's last epochs, or reload the weights.");
            }

            best = scores[i] > scores[best] ? i : best;
        }

        return scores.Length > 1 ? best : scores[0] > 0 ? 1 : 0;
    }

    /// <summary>
    /// The sum of the explained logits: images do not influence each other, so its derivatives are those of each image's own logit.
    /// </summary>
    private static Tensor Score(Tensor logits, IReadOnlyList<int> targets)
    {
        var outputs = (int)logits.shape[1];
        var selection = new float[targets.Count * outputs];
        for (var i = 0; i < targets.Count; i++)
        {
            selection[outputs == 1 ? i : (i * outputs) + targets[i]] = outputs == 1 ? Sign(targets[i]) : 1;
        }

        return (logits * tensor(selection).reshape(logits.shape).to(logits.dtype).to(logits.device)).sum();
    }

    private static int Sign(int target) => target == 1 ? 1 : -1;
}
