using static TorchSharp.torch;

namespace CovidNotebooks.Models;

/// <summary>A network of a trunk that is not trained and a head that is: what the trunk gives for an image can be computed once.</summary>
public interface IFrozenTrunk
{
    /// <summary>The layers that are not trained; the model's own, which disposes them.</summary>
    nn.Module<Tensor, Tensor> Trunk { get; }

    /// <summary>The layers after it; the model's own, which disposes them: training the head trains the model.</summary>
    nn.Module<Tensor, Tensor> Head { get; }
}
