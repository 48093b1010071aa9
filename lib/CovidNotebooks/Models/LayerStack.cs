using System.Globalization;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace CovidNotebooks.Models;

/// <summary>
/// Layers one after another, named 0, 1, 2, … as in torchvision. What a layer gave is let go as soon as the next has run, so that a frozen
/// trunk needs the memory of two layers; a ReLU before a max-pooling runs after it. Where a hook listens, the published order runs and
/// nothing is let go.
/// </summary>
internal sealed class LayerStack : nn.Module<Tensor, Tensor>, IFollowsImageType
{
    private readonly nn.Module<Tensor, Tensor>[] layers;

    public LayerStack(IEnumerable<nn.Module<Tensor, Tensor>> layers)
        : base(nameof(LayerStack))
    {
        this.layers = [.. layers];
        for (var i = 0; i < this.layers.Length; i++)
        {
            register_module(i.ToString(CultureInfo.InvariantCulture), this.layers[i]);
        }
    }

    /// <summary>Where gradients of dense layers' weights wait, while somebody asks for that.</summary>
    public GatheredDense? Gathered { get; set; }

    public override Tensor forward(Tensor input) => layers.Any(ForwardHooks.MayBeOn) ? Published(input) : Fast(input);

    private Tensor Published(Tensor input) => layers.Aggregate(
        input,
        (x, layer) => layer switch
        {
            Conv2d convolution => FollowingConvolution.Run(convolution, x),
            Linear dense => FollowingDense.Run(dense, x),
            _ => layer.call(x),
        });

    private Tensor Fast(Tensor input)
    {
        var x = input;
        for (var i = 0; i < layers.Length; i++)
        {
            if (layers[i] is ReLU && i > 0 && (i + 1 == layers.Length || layers[i + 1] is not MaxPool2d))
            {
                // In place gives another handle of the same map: the first would keep it alive to the end of the batch.
                var before = x;
                x = nn.functional.relu(x, inplace: true);
                Release(before, input, x);
                continue;
            }

            var next = layers[i] switch
            {
                ReLU when i > 0 => PooledActivation.Run((MaxPool2d)layers[++i], x),
                Conv2d convolution => FollowingConvolution.Run(convolution, x),
                Linear dense when Gathered is not null && GatheredDense.Takes(dense) => GatheringDense.Run(dense, Gathered, x),
                Linear dense => FollowingDense.Run(dense, x),
                _ => layers[i].call(x),
            };
            Release(x, input, next);
            x = next;
        }

        return x;
    }

    /// <summary>Frees what the last layer gave; autograd keeps what it needs. Dropout and identity may give back what they got.</summary>
    private static void Release(Tensor x, Tensor input, Tensor next)
    {
        if (!ReferenceEquals(x, input) && !ReferenceEquals(x, next))
        {
            x.Dispose();
        }
    }
}
