using static TorchSharp.torch;

namespace CovidNotebooks.Models;

/// <summary>A Grad-CAM map of one image.</summary>
/// <param name="Rows">Rows of the layer's output.</param>
/// <param name="Columns">Columns of the layer's output.</param>
/// <param name="Values">The map, row by row; at least 0.</param>
/// <param name="ChannelWeights">The weight of each channel.</param>
public sealed record GradCamMap(int Rows, int Columns, IReadOnlyList<double> Values, IReadOnlyList<double> ChannelWeights)
{
    /// <summary>The map divided by its largest value, 0..1; all zero where the class has no positive evidence.</summary>
    public IReadOnlyList<double> Normalized
    {
        get
        {
            var largest = Values.Max();
            return largest > 0 ? [.. Values.Select(value => value / largest)] : Values;
        }
    }

    /// <summary>The normalised map in the size of a picture, row by row: bilinear, pixel centres aligned (<c>align_corners</c> false).</summary>
    /// <param name="rows">Rows of the picture.</param>
    /// <param name="columns">Columns of the picture.</param>
    public IReadOnlyList<double> Resized(int rows, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        using var scope = NewDisposeScope();
        var map = tensor(Normalized.ToArray()).reshape(1, 1, Rows, Columns);
        return Read(nn.functional.interpolate(map, size: [rows, columns], mode: InterpolationMode.Bilinear, align_corners: false));
    }

    internal static GradCamMap Of(Tensor map, Tensor weights) => new((int)map.shape[0], (int)map.shape[1], Read(map), Read(weights));

    private static double[] Read(Tensor values)
    {
        using var read = values.to(ScalarType.Float64).cpu().contiguous().data<double>();
        return read.ToArray();
    }
}
