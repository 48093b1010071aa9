using System.Security.Cryptography;
using System.Text;
using static TorchSharp.torch;

namespace CovidNotebooks.Models.Weights;

/// <summary>A model's weights in and out of safetensors and PyTorch files, all or nothing.</summary>
public static class ModelWeights
{
    /// <summary>Writes all parameters and buffers under their state_dict names.</summary>
    /// <param name="model">The model.</param>
    /// <param name="path">
    /// The file to write: with the ending <c>.pth</c> a PyTorch file, else safetensors. An existing one is replaced once the new one is
    /// whole.
    /// </param>
    /// <param name="metadata">Strings to store beside them, or null; a PyTorch file holds none.</param>
    /// <exception cref="ArgumentException">Metadata is to be stored in a PyTorch file.</exception>
    public static void Save(nn.Module model, string path, IReadOnlyDictionary<string, string>? metadata = null)
    {
        if (!string.Equals(Path.GetExtension(path), ".pth", StringComparison.OrdinalIgnoreCase))
        {
            Safetensors.Write(path, model.state_dict(), metadata);
        }
        else if (metadata is not { Count: > 0 })
        {
            TorchFileWriter.Write(path, [.. ModelState.Of(model)]);
        }
        else
        {
            throw new ArgumentException(
                "A PyTorch file of a state dict holds tensors and nothing else. Store metadata in a .safetensors file.", nameof(metadata));
        }
    }

    /// <summary>
    /// Reads all parameters and buffers. Names, shapes and types are compared first; only when all agree is anything changed.
    /// </summary>
    /// <param name="model">The model to fill; strides, device and gradients settings stay.</param>
    /// <param name="path">
    /// A safetensors or PyTorch file with exactly the model's tensors; which of them it is is told by its content.
    /// </param>
    /// <param name="part">
    /// Null where the file is the state dict; else the key of a PyTorch checkpoint that it stands under, for example <c>state_dict</c>.
    /// </param>
    /// <returns>The file's metadata.</returns>
    /// <exception cref="WeightsException">
    /// The file is not valid or is of another model; the message says what it is, and every difference. The model is unchanged.
    /// </exception>
    public static IReadOnlyDictionary<string, string> Load(nn.Module model, string path, string? part = null)
    {
        using var content = Read(path, part);
        try
        {
            Copy(content.Tensors, model);
        }
        catch (WeightsException error)
        {
            throw new WeightsException($"'{path}' is not of this model ({model.GetName()}), nothing was loaded. {error.Message}", error);
        }

        return content.Metadata;
    }

    /// <summary>Reads the names and tensors of a safetensors or PyTorch file, told apart by their content.</summary>
    /// <param name="path">The file.</param>
    /// <param name="part">The key of a PyTorch checkpoint, or null.</param>
    /// <exception cref="WeightsException">The file is neither, is not valid, or holds no state dict.</exception>
    public static WeightsContent Read(string path, string? part = null)
    {
        switch (KindOf(path))
        {
            case "pytorch":
                var file = TorchFile.Read(path);
                try
                {
                    return new WeightsContent(file.Release(part));
                }
                catch (WeightsException error)
                {
                    throw new WeightsException($"'{path}' was not loaded. {error.Message}", error);
                }

            case "hdf5":
                throw new WeightsException(
                    $"'{path}' is an HDF5 file. Keras' weights go into the network that they are of with PretrainedWeights.Load; its "
                        + "names and axes are others than this model's.");
            default:
                return Safetensors.Read(path);
        }
    }

    /// <summary>
    /// SHA-256 over names, types, shapes and numbers of all parameters and buffers, and over which parameters are trained; in hexadecimal.
    /// </summary>
    internal static string Fingerprint(nn.Module model)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var noGradients = no_grad();
        foreach (var (name, tensor) in model.state_dict().OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            using var scope = NewDisposeScope();
            hash.AppendData(Encoding.UTF8.GetBytes($"{name} {tensor.dtype} [{string.Join(", ", tensor.shape)}] {tensor.requires_grad}\n"));
            if (tensor.numel() > 0)
            {
                hash.AppendData(tensor.detach().cpu().contiguous().bytes);
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Copies tensors into a model after comparing names, shapes and types.</summary>
    /// <exception cref="WeightsException">Something does not agree; the model is unchanged.</exception>
    internal static void Copy(IReadOnlyDictionary<string, Tensor> source, nn.Module model)
    {
        using var scope = NewDisposeScope();
        var state = model.state_dict();
        Compare(source, state);
        using var noGradients = no_grad();
        foreach (var (name, tensor) in state)
        {
            tensor.copy_(source[name]);
        }
    }

    /// <summary>Every difference of names, shapes and types between tensors and a model, one a line; empty when there is none.</summary>
    internal static IReadOnlyList<string> Differences(
        IReadOnlyDictionary<string, Tensor> source, IReadOnlyDictionary<string, Tensor> state) =>
    [
        .. state.Keys.Where(name => !source.ContainsKey(name)).Select(name => $"missing: {name} {Text(state[name])}"),
        .. source.Keys.Where(name => !state.ContainsKey(name)).Select(name => $"not in the model: {name} {Text(source[name])}"),
        .. state.Where(pair =>
            source.TryGetValue(pair.Key, out var tensor)
                && (!tensor.shape.SequenceEqual(pair.Value.shape) || tensor.dtype != pair.Value.dtype))
            .Select(pair => $"other shape or type: {pair.Key} is {Text(source[pair.Key])}, the model has {Text(pair.Value)}"),
    ];

    private static void Compare(IReadOnlyDictionary<string, Tensor> source, Dictionary<string, Tensor> state)
    {
        var differences = Differences(source, state);
        if (differences.Count > 0)
        {
            var parallel = source.Keys.All(name => name.StartsWith("module.", StringComparison.Ordinal))
                ? " Every name begins with \"module.\": the model was wrapped in DataParallel; save model.module.state_dict()."
                : "";
            throw new WeightsException(
                $"{differences.Count} differences. Build the model that the weights were saved "
                    + $"from.{parallel}\n{string.Join('\n', differences)}");
        }
    }

    private static string Text(Tensor tensor) => $"{tensor.dtype} [{string.Join(", ", tensor.shape)}]";

    private static string KindOf(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        Span<byte> begin = stackalloc byte[9];
        begin = begin[..stream.ReadAtLeast(begin, begin.Length, throwOnEndOfStream: false)];
        return begin switch
        {
            // The length of a safetensors header can begin as a pickle does.
            [_, _, _, _, _, _, _, _, (byte)'{'] => "safetensors",
            [(byte)'P', (byte)'K', ..] or [0x80, >= 2 and <= 5, ..] => "pytorch",
            [0x89, (byte)'H', (byte)'D', (byte)'F', ..] => "hdf5",
            _ => "safetensors",
        };
    }
}
