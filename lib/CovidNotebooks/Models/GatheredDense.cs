using TorchSharp.Modules;
using static TorchSharp.torch;

namespace CovidNotebooks.Models;

/// <summary>
/// What dense layers met in the batches since the last update: their inputs and the gradients of their outputs. The gradient of a layer's
/// weights is the product of the two and as large as the weights; over all those batches together it is computed once, when an update needs
/// it and nothing else of a batch is in memory any more.
/// </summary>
internal sealed class GatheredDense : IDisposable
{
    private const string Inputs = "/inputs";
    private const string Gradients = "/gradients";
    private readonly Dictionary<Linear, List<(Tensor Inputs, Tensor Gradients)>> batches = new(ReferenceEqualityComparer.Instance);

    /// <summary>Whether the next pass through a layer has a gradient of weights that can wait.</summary>
    public static bool Takes(Linear layer) =>
        is_grad_enabled() && layer is { weight.requires_grad: true, bias.requires_grad: true } && !ForwardHooks.MayBeOn(layer);

    /// <summary>Keeps a batch: inputs (N, in) and gradients of the outputs (N, out).</summary>
    public void Add(Linear layer, Tensor inputs, Tensor gradients)
    {
        if (!batches.TryGetValue(layer, out var own))
        {
            batches[layer] = own = [];
        }

        own.Add((inputs.detach().DetachFromDisposeScope(), gradients.detach().DetachFromDisposeScope()));
        if (own.Sum(batch => batch.Inputs.numel() + batch.Gradients.numel()) > layer.weight!.numel())
        {
            Flush(layer, own);
        }
    }

    /// <summary>Adds what the batches say to the gradients of the weights, and forgets the batches.</summary>
    public void Flush()
    {
        foreach (var (layer, own) in batches)
        {
            Flush(layer, own);
        }
    }

    /// <summary>What is kept, by the layers' names in a model: for a checkpoint.</summary>
    public IReadOnlyDictionary<string, Tensor> State(nn.Module model)
    {
        var state = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        foreach (var (name, module) in model.named_modules())
        {
            if (module is Linear layer && batches.TryGetValue(layer, out var own) && own.Count > 0)
            {
                state.Add(name + Inputs, cat([.. own.Select(batch => batch.Inputs)]));
                state.Add(name + Gradients, cat([.. own.Select(batch => batch.Gradients)]));
            }
        }

        return state;
    }

    /// <summary>Keeps what <see cref="State"/> gave.</summary>
    public void Load(nn.Module model, IReadOnlyDictionary<string, Tensor> state)
    {
        using var scope = NewDisposeScope();
        foreach (var (name, module) in model.named_modules())
        {
            if (module is Linear layer && state.TryGetValue(name + Inputs, out var inputs))
            {
                Add(layer, inputs.clone(), state[name + Gradients].clone());
            }
        }
    }

    public void Dispose()
    {
        foreach (var own in batches.Values)
        {
            Forget(own);
        }
    }

    private static void Flush(Linear layer, List<(Tensor Inputs, Tensor Gradients)> own)
    {
        if (own.Count == 0)
        {
            return;
        }

        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        var weight = layer.weight!;
        var inputs = cat([.. own.Select(batch => batch.Inputs)]).to(weight.dtype);
        var gradients = cat([.. own.Select(batch => batch.Gradients)]).to(weight.dtype).t();
        if (weight.grad is { } before)
        {
            before.addmm_(gradients, inputs, 1, 1);
        }
        else
        {
            weight.grad = gradients.mm(inputs);
        }

        Forget(own);
    }

    private static void Forget(List<(Tensor Inputs, Tensor Gradients)> own)
    {
        foreach (var (inputs, gradients) in own)
        {
            inputs.Dispose();
            gradients.Dispose();
        }

        own.Clear();
    }
}
