using static TorchSharp.torch;

namespace CovidNotebooks.Models;

/// <summary>
/// Grad-CAM (Selvaraju et al. 2017): where in the picture a class's score comes from. Each channel of a layer's output is weighted by the mean of the score's
/// gradient over its positions; the map is the positive part of the weighted sum.
/// </summary>
public static class GradCam
{
    /// <summary>The map of a class for each image.</summary>
    /// <param name="model">The model; it runs in eval mode and its mode is put back.</param>
    /// <param name="layer">Name of the layer whose output is looked at, as in the summary; its output is (N, channels, rows, columns).</param>
    /// <param name="images">Images (N, channels, rows, columns).</param>
    /// <param name="classIndex">The class, from 0. Its score is its logit, before softmax or sigmoid; with a single output, class 1 is its logit and class 0 the negative.</param>
    /// <returns>One map an image.</returns>
    /// <exception cref="ArgumentException">There is no such layer or class, or the layer's output is no feature map.</exception>
    public static IReadOnlyList<GradCamMap> Of(nn.Module<Tensor, Tensor> model, string layer, Tensor images, int classIndex)
    {
        var target = Find(model, layer);
        var wasTraining = model.training;
        using var scope = NewDisposeScope();
        using var gradients = enable_grad();
        Tensor? activation = null;
        var remover = target.register_forward_hook((_, _, output) => activation = output.detach().clone().requires_grad_());
        try
        {
            model.eval();
            var logits = model.call(images);
            if (activation is null || activation.shape.Length != 4)
            {
                throw new ArgumentException($"Layer '{layer}' gave {(activation is null ? "nothing" : $"({string.Join(", ", activation.shape)})")}; Grad-CAM needs a feature map (images, channels, rows, columns): choose a convolution, its ReLU or its batch normalisation.", nameof(layer));
            }

            var slope = autograd.grad([Score(logits, classIndex)], [activation])[0];
            var weights = slope.mean([2L, 3L], keepdim: true);
            var maps = nn.functional.relu((weights * activation).sum(1)).detach();
            return [.. Enumerable.Range(0, (int)images.shape[0]).Select(i => GradCamMap.Of(maps[i], weights.detach()[i]))];
        }
        finally
        {
            remover.remove();
            model.train(wasTraining);
            Freezing.KeepFrozenNormalizationsInEval(model);
        }
    }

    private static Tensor Score(Tensor logits, int classIndex)
    {
        var outputs = logits.shape[^1];
        var classes = Math.Max(outputs, 2);
        if (classIndex < 0 || classIndex >= classes)
        {
            throw new ArgumentException($"Class {classIndex} was asked for; the model has the classes 0 to {classes - 1}.", nameof(classIndex));
        }

        return outputs == 1 ? logits.sum() * ((2 * classIndex) - 1) : logits.select(1, classIndex).sum();
    }

    private static nn.Module<Tensor, Tensor> Find(nn.Module model, string layer)
    {
        var layers = model.named_modules().Where(pair => pair.module is nn.Module<Tensor, Tensor>).ToList();
        var found = layers.FirstOrDefault(pair => string.Equals(pair.name, layer, StringComparison.Ordinal)).module;
        return found as nn.Module<Tensor, Tensor>
            ?? throw new ArgumentException($"No layer '{layer}'; the layers are {string.Join(", ", layers.Select(pair => pair.name))}.", nameof(layer));
    }
}
