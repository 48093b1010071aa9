using System.Globalization;
using CovidNotebooks.Display;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace CovidNotebooks.Models;

/// <summary>
/// A model's layers as Keras' <c>summary</c> prints them: layer and type, output shape, parameters, and whether they are trained, in the
/// order in which they run.
/// </summary>
public sealed class ModelSummary : Displayed
{
    /// <summary>More layers than this are folded away.</summary>
    private const int FewLayers = 12;

    private ModelSummary(string name, IReadOnlyList<LayerSummary> layers)
    {
        Name = name;
        Layers = layers;
    }

    /// <summary>The model's name.</summary>
    public string Name { get; }

    /// <summary>One line a layer, in the order in which a forward pass calls them.</summary>
    public IReadOnlyList<LayerSummary> Layers { get; }

    /// <summary>All parameters; like Keras, the running mean and variance of batch normalisation count.</summary>
    public long TotalParameters => Layers.Sum(layer => layer.Parameters);

    /// <summary>Parameters that training changes.</summary>
    public long TrainableParameters => Layers.Sum(layer => layer.TrainableParameters);

    /// <summary>The others: frozen layers and running statistics.</summary>
    public long FrozenParameters => TotalParameters - TrainableParameters;

    /// <summary>Runs one empty image through the model, in eval mode, and writes down what each layer gives.</summary>
    /// <param name="model">The model; its mode is put back afterwards.</param>
    /// <param name="inputShape">Channels, rows, columns of an image.</param>
    /// <exception cref="ArgumentException">The model does not take images of this shape.</exception>
    public static ModelSummary Of(nn.Module<Tensor, Tensor> model, params long[] inputShape)
    {
        var shapes = new Dictionary<string, long[]>(StringComparer.Ordinal);
        var order = new List<string>();
        var leaves = Leaves(model, string.Empty).ToList();
        var removers = leaves.Select(leaf => leaf.Layer.register_forward_hook((_, _, output) =>
        {
            if (shapes.TryAdd(leaf.Name, output.shape))
            {
                order.Add(leaf.Name);
            }

            return output;
        })).ToList();
        try
        {
            using var mode = new EvaluationMode(model);
            using var scope = NewDisposeScope();
            using var noGradients = no_grad();
            var device = model.parameters().FirstOrDefault()?.device ?? TorchSharp.torch.CPU;
            model.call(zeros([1, .. inputShape], device: device));
        }
        finally
        {
            removers.ForEach(remover => remover.remove());
        }

        var called = order.Select(name => leaves.First(leaf => string.Equals(leaf.Name, name, StringComparison.Ordinal)));
        // libtorch calls its own containers by C++ names.
        var name = model.GetName();
        return new ModelSummary(
            name.Contains("::", StringComparison.Ordinal) ? model.GetType().Name : name,
            [.. called.Select(leaf => LayerSummary.Of(leaf.Name, leaf.Layer, shapes[leaf.Name]))]);
    }

    /// <inheritdoc/>
    public override DisplayDocument Describe()
    {
        var trained = FrozenParameters == 0 ? "all trained"
            : $"{Count(TrainableParameters)} of them trained, {Count(FrozenParameters)} not";
        var document = new DisplayDocument().Say(
            $"{Name}: {Count(TotalParameters)} parameters in {Layers.Count} layers, {trained}.", ParagraphKind.Finding);
        return Layers.Count <= FewLayers ? document.Add(AsTable()) : document.Fold($"All {Layers.Count} layers", AsTable());
    }

    private static IEnumerable<(string Name, nn.Module<Tensor, Tensor> Layer)> Leaves(nn.Module module, string prefix)
    {
        foreach (var (name, child) in module.named_children())
        {
            if (child.named_children().Any())
            {
                foreach (var leaf in Leaves(child, $"{prefix}{name}."))
                {
                    yield return leaf;
                }
            }
            else if (child is nn.Module<Tensor, Tensor> layer)
            {
                yield return (prefix + name, layer);
            }
        }
    }

    private Table AsTable()
    {
        var table = new Table(
            $"Model: \"{Name}\"",
            TableColumn.Text("Layer (type)"),
            TableColumn.Text("Output Shape"),
            TableColumn.Number("Param #"),
            TableColumn.Text("Trainable"));
        foreach (var layer in Layers)
        {
            var trainable = layer.Parameters == 0 ? string.Empty : layer.TrainableParameters > 0 ? "yes" : "no";
            table.Add(
                $"{layer.Name} ({layer.Type})", $"(None, {string.Join(", ", layer.OutputShape)})", Count(layer.Parameters), trainable);
        }

        return table
            .Note($"Total params: {Count(TotalParameters)}")
            .Note($"Trainable params: {Count(TrainableParameters)}")
            .Note($"Non-trainable params: {Count(FrozenParameters)}");
    }

    private static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}

/// <summary>One layer of a <see cref="ModelSummary"/>.</summary>
/// <param name="Name">Its name in the state_dict.</param>
/// <param name="Type">Its kind, for example Conv2d.</param>
/// <param name="OutputShape">Sizes of its output for one image.</param>
/// <param name="Parameters">Its parameters and running statistics.</param>
/// <param name="TrainableParameters">Those that training changes.</param>
public sealed record LayerSummary(string Name, string Type, IReadOnlyList<long> OutputShape, long Parameters, long TrainableParameters)
{
    internal static LayerSummary Of(string name, nn.Module<Tensor, Tensor> layer, long[] outputShape)
    {
        var parameters = layer.parameters().ToList();
        var statistics = layer is BatchNorm2d
            ? layer.named_buffers().Where(pair => pair.buffer.shape.Length > 0).Sum(pair => pair.buffer.numel())
            : 0;
        return new LayerSummary(
            name,
            layer.GetType().Name,
            outputShape[1..],
            parameters.Sum(parameter => parameter.numel()) + statistics,
            parameters.Where(parameter => parameter.requires_grad).Sum(parameter => parameter.numel()));
    }
}
