using TorchSharp.Modules;
using static TorchSharp.torch;

namespace CovidNotebooks.Models;

/// <summary>Layers that are not trained.</summary>
public static class Freezing
{
    /// <summary>Stops training a module: its parameters get no gradients, its batch normalisations use their stored statistics.</summary>
    public static void Freeze(nn.Module module)
    {
        SetTrainable(module, trainable: false);
        KeepFrozenNormalizationsInEval(module);
    }

    /// <summary>Trains a module again.</summary>
    public static void Unfreeze(nn.Module module) => SetTrainable(module, trainable: true);

    /// <summary>Trains a model's layers from one on, in the order of its parameters, and freezes those before it.</summary>
    /// <param name="model">The model.</param>
    /// <param name="layer">Name of the first layer to train, for example <c>features.24</c> or <c>layer4</c>.</param>
    /// <exception cref="ArgumentException">There is no such layer, or it has no parameters.</exception>
    public static void UnfreezeFrom(nn.Module model, string layer)
    {
        var names = model.named_parameters().Select(pair => pair.name).ToList();
        var first = names.FindIndex(name => name.StartsWith(layer + ".", StringComparison.Ordinal));
        if (first < 0)
        {
            var layers = names.Select(name => name[..name.LastIndexOf('.')]).Distinct(StringComparer.Ordinal);
            throw new ArgumentException($"No layer '{layer}' with parameters; the layers are {string.Join(", ", layers)}.", nameof(layer));
        }

        foreach (var ((_, parameter), index) in model.named_parameters().Select((pair, index) => (pair, index)))
        {
            parameter.requires_grad = index >= first;
        }

        KeepFrozenNormalizationsInEval(model);
    }

    /// <summary>
    /// Puts frozen batch normalisations into eval mode: call it after <c>train()</c>. They then use their stored statistics and do not
    /// change them, as Keras 2 does with layers that are not trainable.
    /// </summary>
    public static void KeepFrozenNormalizationsInEval(nn.Module model)
    {
        foreach (var (_, module) in model.named_modules())
        {
            if (module is BatchNorm2d { weight: { requires_grad: false } })
            {
                module.eval();
            }
        }
    }

    private static void SetTrainable(nn.Module module, bool trainable)
    {
        foreach (var parameter in module.parameters())
        {
            parameter.requires_grad = trainable;
        }
    }
}
