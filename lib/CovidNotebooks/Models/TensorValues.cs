using static TorchSharp.torch;

namespace CovidNotebooks.Models;

/// <summary>A tensor's numbers in memory of .NET.</summary>
internal static class TensorValues
{
    /// <summary>All elements, row by row, as double; from any device, with or without gradients.</summary>
    /// <remarks>TorchSharp's own accessor throws for a tensor without elements; here that is an empty array.</remarks>
    public static double[] Read(Tensor values)
    {
        if (values.numel() == 0)
        {
            return [];
        }

        using var scope = NewDisposeScope();
        using var read = values.detach().to(ScalarType.Float64).cpu().contiguous().data<double>();
        return read.ToArray();
    }
}
