using static TorchSharp.torch;

namespace CovidNotebooks.Models;

/// <summary>What convolutions give, on its way to the dense layers behind them.</summary>
internal static class DenseInput
{
    /// <summary>The maps in the data type of the dense layers' weights, where the convolutions computed in another.</summary>
    public static Tensor Of(Tensor maps, nn.Module dense) => maps.to(dense.parameters().First().dtype);
}
