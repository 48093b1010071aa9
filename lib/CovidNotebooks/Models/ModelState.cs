using static TorchSharp.torch;

namespace CovidNotebooks.Models;

/// <summary>A model's parameters and buffers in PyTorch's order: layer by layer, each layer's parameters before its buffers.</summary>
public static class ModelState
{
    /// <summary>
    /// All of them by their dotted names; the tensors are the model's own, not copies. TorchSharp's <c>state_dict</c> has the same names in
    /// another order.
    /// </summary>
    public static IReadOnlyList<(string Name, Tensor Tensor)> Of(nn.Module model)
    {
        var state = new List<(string, Tensor)>();
        Add(state, model, string.Empty);
        return state;
    }

    private static void Add(List<(string, Tensor)> state, nn.Module module, string prefix)
    {
        state.AddRange(module.named_parameters(false).Select(pair => (prefix + pair.name, (Tensor)pair.parameter)));
        state.AddRange(module.named_buffers(false).Select(pair => (prefix + pair.name, pair.buffer)));
        foreach (var (name, child) in module.named_children())
        {
            Add(state, child, $"{prefix}{name}.");
        }
    }
}
