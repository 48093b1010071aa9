using TorchSharp.Modules;
using static TorchSharp.torch;

namespace CovidNotebooks.Models;

/// <summary>
/// A dense layer whose backward leaves the gradient of its weights to <see cref="GatheredDense"/>: the gradients of its input and of its
/// bias are those of <see cref="FollowingDense"/>. It can be derived once, not twice.
/// </summary>
internal sealed class GatheringDense : autograd.SingleTensorFunction<GatheringDense>
{
    private const string Sink = "sink";

    /// <inheritdoc/>
    public override string Name => nameof(GatheringDense);

    /// <summary>Runs the layer on (N, in): outputs (N, out) in the data type of the weights.</summary>
    public static Tensor Run(Linear layer, GatheredDense gathered, Tensor input)
    {
        using var scope = NewDisposeScope();
        Action<Tensor, Tensor> keep = (inputs, gradients) => gathered.Add(layer, inputs, gradients);
        return apply(input, layer.weight!, layer.bias!, keep).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var (input, weight, bias) = ((Tensor)vars[0], (Tensor)vars[1], (Tensor)vars[2]);
        using var scope = NewDisposeScope();
        var rounded = weight.to(input.dtype);
        var output = FollowingDense.With(input, rounded, bias).to(weight.dtype);
        ctx.save_for_backward([input, ReferenceEquals(rounded, weight) ? rounded : rounded.MoveToOuterDisposeScope()]);
        ctx.save_data(Sink, vars[3]);
        return output.MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor gradient)
    {
        using var scope = NewDisposeScope();
        var saved = ctx.get_saved_variables();
        var (input, weight) = (saved[0], saved[1]);
        var upstream = gradient.to(input.dtype);
        ((Action<Tensor, Tensor>)ctx.get_data(Sink))(input, upstream);
        return HandedGradients.Of(gradient, upstream.mm(weight), null, upstream.sum(dim: 0).to(gradient.dtype), null);
    }
}
