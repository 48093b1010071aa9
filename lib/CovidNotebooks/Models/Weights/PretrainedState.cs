using System.Globalization;
using static TorchSharp.torch;

namespace CovidNotebooks.Models.Weights;

/// <summary>The tensors of a file of pretrained weights under the names that this library's networks, and torchvision, give them.</summary>
internal static class PretrainedState
{
    private static readonly int[] BlocksOfResNet50 = [3, 4, 6, 3];

    private static readonly int[] BlocksOfResNet18 = [2, 2, 2, 3];

    /// <summary>Reads a file in the form that its record names.</summary>
    /// <exception cref="WeightsException">The file is not valid, or not of that network.</exception>
    public static WeightsContent Read(PretrainedWeights weights, string path) => weights.Form switch
    {
        WeightsForm.Torchvision => ModelWeights.Read(path),
        WeightsForm.Keras => FromKeras(path, weights.Network == PretrainedNetwork.Vgg16 ? KerasVgg16() : KerasResNet50()),
        _ => FromOnnx(path),
    };

    private static WeightsContent FromKeras(string path, Dictionary<string, string> layers)
    {
        var file = KerasFile.Read(path);
        return new WeightsContent(file.Layers
            .SelectMany(layer =>
                layer.Value.Select(numbers =>
                    (Name: $"{layers.GetValueOrDefault(layer.Key, $"Keras layer {layer.Key}")}.{numbers.Key}", numbers.Value)))
            .ToDictionary(pair => pair.Name, pair => pair.Value, StringComparer.Ordinal));
    }

    private static WeightsContent FromOnnx(string path)
    {
        var graph = OnnxGraph.Read(path);
        try
        {
            var state = new Dictionary<string, Tensor>(StringComparer.Ordinal);
            var layers = OnnxResNet18().ToList();
            var nodes = graph.Nodes.Where(node => node.Operator is "Conv" or "BatchNormalization").ToList();
            if (nodes.Count != layers.Count)
            {
                throw new WeightsException(
                    $"The model has {nodes.Count} convolutions and batch normalisations, CNTK's ResNet18 has {layers.Count}.");
            }

            foreach (var (node, layer) in nodes.Zip(layers))
            {
                string[] roles = string.Equals(node.Operator, "Conv", StringComparison.Ordinal) ? ["weight"]
                : ["weight", "bias", "running_mean", "running_var"];
                foreach (var (role, input) in roles.Zip(node.Inputs.Skip(1)))
                {
                    state.Add(
                        $"{layer}.{role}",
                        graph.Initializers.GetValueOrDefault(input) ?? throw new WeightsException(
                            $"The model has no numbers called '{input}', which its {layer} takes."));
                }
            }

            var used = state.Values.ToHashSet<object>(ReferenceEqualityComparer.Instance);
            return used.Count == state.Count && used.Count == graph.Initializers.Count
                ? new WeightsContent(state)
                : throw new WeightsException("The model has numbers that no layer of ResNet18 takes, or two layers that share some.");
        }
        catch
        {
            graph.Dispose();
            throw;
        }
    }

    /// <summary>Keras' layer names and torchvision's places: two places a convolution and its ReLU, one a pooling.</summary>
    private static Dictionary<string, string> KerasVgg16()
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        var place = 0;
        for (var block = 0; block < Vgg.Blocks16.Length; block++)
        {
            for (var convolution = 0; convolution < Vgg.Blocks16[block].Length; convolution++)
            {
                names.Add(
                    string.Create(CultureInfo.InvariantCulture, $"block{block + 1}_conv{convolution + 1}"),
                    place.ToString(CultureInfo.InvariantCulture));
                place += 2;
            }

            place++;
        }

        return names;
    }

    /// <summary>Keras counts stages from 2 and calls the convolution beside a block its number 0.</summary>
    private static Dictionary<string, string> KerasResNet50()
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal) { ["conv1_conv"] = "conv1", ["conv1_bn"] = "bn1" };
        foreach (var (stage, block) in Blocks(BlocksOfResNet50))
        {
            foreach (var number in Enumerable.Range(block == 0 ? 0 : 1, block == 0 ? 4 : 3))
            {
                var (keras, torch) = (
                    string.Create(CultureInfo.InvariantCulture, $"conv{stage + 2}_block{block + 1}_{number}"),
                    string.Create(CultureInfo.InvariantCulture, $"layer{stage + 1}.{block}."));
                names.Add(
                    keras + "_conv", torch + (number == 0 ? "downsample.0" : string.Create(CultureInfo.InvariantCulture, $"conv{number}")));
                names.Add(
                    keras + "_bn", torch + (number == 0 ? "downsample.1" : string.Create(CultureInfo.InvariantCulture, $"bn{number}")));
            }
        }

        return names;
    }

    /// <summary>
    /// The layers with numbers in the order in which CNTK writes them: the convolution beside a block before the block's own.
    /// </summary>
    private static IEnumerable<string> OnnxResNet18()
    {
        string[] stem = ["conv1", "bn1"];
        return stem.Concat(Blocks(BlocksOfResNet18).SelectMany(at =>
        {
            string[] own = ["conv1", "bn1", "conv2", "bn2"];
            string[] beside = at is { Stage: > 0, Block: 0 } ? ["downsample.0", "downsample.1"] : [];
            return beside.Concat(own).Select(name => string.Create(CultureInfo.InvariantCulture, $"layer{at.Stage + 1}.{at.Block}.{name}"));
        }));
    }

    private static IEnumerable<(int Stage, int Block)> Blocks(int[] counts) =>
        counts.SelectMany((count, stage) => Enumerable.Range(0, count).Select(block => (stage, block)));
}
