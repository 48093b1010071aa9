using CovidNotebooks.Models.Weights;
using static TorchSharp.torch;

namespace CovidNotebooks.Training;

/// <summary>A copy of a model's parameters and buffers: training on does not change it.</summary>
public sealed class WeightsSnapshot : IDisposable
{
    private readonly Dictionary<string, Tensor> tensors = new(StringComparer.Ordinal);

    /// <summary>Copies a model's weights, to the CPU.</summary>
    public WeightsSnapshot(nn.Module model)
    {
        using var noGradients = no_grad();
        using var scope = NewDisposeScope();
        foreach (var (name, tensor) in model.state_dict())
        {
            tensors[name] = tensor.detach().cpu().clone().DetachFromDisposeScope();
        }
    }

    internal WeightsSnapshot(IEnumerable<KeyValuePair<string, Tensor>> copies)
    {
        foreach (var (name, tensor) in copies)
        {
            tensors[name] = tensor.clone().DetachFromDisposeScope();
        }
    }

    /// <summary>The copies by their state_dict names.</summary>
    public IReadOnlyDictionary<string, Tensor> Tensors => tensors;

    /// <summary>Writes the copies back into the model, or into another of the same architecture.</summary>
    public void Restore(nn.Module model) => ModelWeights.Copy(tensors, model);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var tensor in tensors.Values)
        {
            tensor.Dispose();
        }

        tensors.Clear();
    }
}
