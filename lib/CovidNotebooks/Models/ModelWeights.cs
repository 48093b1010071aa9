using System.Security.Cryptography;
using System.Text;
using static TorchSharp.torch;

namespace CovidNotebooks.Models;

/// <summary>A model's weights in and out of safetensors files, all or nothing.</summary>
public static class ModelWeights
{
    /// <summary>Writes all parameters and buffers under their state_dict names.</summary>
    /// <param name="model">The model.</param>
    /// <param name="path">The file to write; an existing one is replaced once the new one is whole.</param>
    /// <param name="metadata">Strings to store beside them, or null.</param>
    public static void Save(nn.Module model, string path, IReadOnlyDictionary<string, string>? metadata = null) =>
        Safetensors.Write(path, model.state_dict(), metadata);

    /// <summary>Reads all parameters and buffers. Names, shapes and types are compared first; only when all agree is anything changed.</summary>
    /// <param name="model">The model to fill; strides, device and gradients settings stay.</param>
    /// <param name="path">A file with exactly the model's tensors.</param>
    /// <returns>The file's metadata.</returns>
    /// <exception cref="SafetensorsException">The file is not valid or is of another model; the model is unchanged.</exception>
    public static IReadOnlyDictionary<string, string> Load(nn.Module model, string path)
    {
        using var content = Safetensors.Read(path);
        try
        {
            Copy(content.Tensors, model);
        }
        catch (SafetensorsException error)
        {
            throw new SafetensorsException($"'{path}' is not of this model ({model.GetName()}), nothing was loaded. {error.Message}", error);
        }

        return content.Metadata;
    }

    /// <summary>SHA-256 over names, types, shapes and numbers of all parameters and buffers, and over which parameters are trained; in hexadecimal.</summary>
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
    /// <exception cref="SafetensorsException">Something does not agree; the model is unchanged.</exception>
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

    private static void Compare(IReadOnlyDictionary<string, Tensor> source, Dictionary<string, Tensor> state)
    {
        var missing = state.Keys.Where(name => !source.ContainsKey(name)).ToList();
        var unexpected = source.Keys.Where(name => !state.ContainsKey(name)).ToList();
        if (missing.Count + unexpected.Count > 0)
        {
            throw new SafetensorsException($"Missing: {Names(missing)}; not in the model: {Names(unexpected)}. Build the model that the weights were saved from.");
        }

        foreach (var (name, tensor) in state)
        {
            if (!tensor.shape.SequenceEqual(source[name].shape) || tensor.dtype != source[name].dtype)
            {
                throw new SafetensorsException(
                    $"'{name}' is {source[name].dtype} [{string.Join(", ", source[name].shape)}], the model has {tensor.dtype} [{string.Join(", ", tensor.shape)}]. Build the model that the weights were saved from.");
            }
        }
    }

    private static string Names(List<string> names) =>
        names.Count == 0 ? "nothing" : string.Join(", ", names.Take(5)) + (names.Count > 5 ? $" and {names.Count - 5} more" : string.Empty);
}
