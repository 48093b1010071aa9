using System.Globalization;
using CovidNotebooks.Models;
using CovidNotebooks.Models.Weights;
using PureHDF;
using static TorchSharp.torch;

namespace Tests.Models.Weights;

/// <summary>Writes HDF5 files as Keras lays them out, so that the tests need no Python.</summary>
internal static class KerasFiles
{
    /// <summary>Layers, each with its datasets.</summary>
    public static string Write(string folder, string name, Dictionary<string, Dictionary<string, Array>> layers)
    {
        var file = new H5File();
        foreach (var (layer, numbers) in layers)
        {
            var inner = new H5Group();
            foreach (var (dataset, values) in numbers)
            {
                inner.Add(dataset, values);
            }

            file.Add(layer, new H5Group { [layer] = inner });
        }

        var path = Path.Combine(folder, name);
        file.Write(path);
        return path;
    }

    /// <summary>
    /// A trunk under the name of the file that Keras publishes, in Keras' axes and with Keras' names, written out one by one from
    /// keras-applications.
    /// </summary>
    public static string Write(string folder, PretrainedWeights weights, nn.Module trunk)
    {
        var state = trunk.state_dict();
        var layers = new Dictionary<string, Dictionary<string, Array>>(StringComparer.Ordinal);
        foreach (var (keras, torch) in weights.Network == PretrainedNetwork.Vgg16 ? Vgg16() : ResNet50())
        {
            var convolution = state[torch + ".weight"].dim() == 4;
            layers[keras] = new Dictionary<string, Array>(StringComparer.Ordinal)
            {
                [convolution ? "kernel:0" : "gamma:0"] = Numbers(
                    convolution ? state[torch + ".weight"].permute(2, 3, 1, 0) : state[torch + ".weight"]),
                [convolution ? "bias:0" : "beta:0"] = Numbers(state[torch + ".bias"]),
            };
            if (!convolution)
            {
                layers[keras]["moving_mean:0"] = Numbers(state[torch + ".running_mean"]);
                layers[keras]["moving_variance:0"] = Numbers(state[torch + ".running_var"]);
            }
        }

        return Write(folder, weights.FileName, layers);
    }

    public static nn.Module<Tensor, Tensor> Trunk(PretrainedNetwork network, long seed)
    {
        nn.Module<Tensor, Tensor> trunk = network == PretrainedNetwork.Vgg16 ? new CovidXrayVgg16(seed).Trunk
        : new ResNet50(classes: null, ResNetForm.Keras, seed);
        Freezing.Unfreeze(trunk);
        return trunk;
    }

    private static IEnumerable<(string Keras, string Torch)> Vgg16() =>
    [
        ("block1_conv1", "0"), ("block1_conv2", "2"), ("block2_conv1", "5"), ("block2_conv2", "7"), (
            "block3_conv1", "10"), ("block3_conv2", "12"), ("block3_conv3", "14"),
        (
            "block4_conv1",
            "17"), ("block4_conv2", "19"), ("block4_conv3", "21"), ("block5_conv1", "24"), ("block5_conv2", "26"), ("block5_conv3", "28"),
    ];

    private static IEnumerable<(string Keras, string Torch)> ResNet50()
    {
        yield return ("conv1_conv", "conv1");
        yield return ("conv1_bn", "bn1");
        foreach (var (stack, blocks) in new[] { (2, 3), (3, 4), (4, 6), (5, 3) })
        {
            for (var block = 1; block <= blocks; block++)
            {
                var (keras, torch) = (
                    string.Create(CultureInfo.InvariantCulture, $"conv{stack}_block{block}"),
                    string.Create(CultureInfo.InvariantCulture, $"layer{stack - 1}.{block - 1}"));
                for (var i = 1; i <= 3; i++)
                {
                    yield return ($"{keras}_{i}_conv", $"{torch}.conv{i}");
                    yield return ($"{keras}_{i}_bn", $"{torch}.bn{i}");
                }

                if (block == 1)
                {
                    yield return ($"{keras}_0_conv", $"{torch}.downsample.0");
                    yield return ($"{keras}_0_bn", $"{torch}.downsample.1");
                }
            }
        }
    }

    private static Array Numbers(Tensor tensor)
    {
        using var whole = tensor.detach().contiguous();
        using var read = whole.data<float>();
        var flat = read.ToArray();
        var shaped = Array.CreateInstance(typeof(float), [.. tensor.shape]);
        Buffer.BlockCopy(flat, 0, shaped, 0, flat.Length * sizeof(float));
        return shaped;
    }
}
