using CovidNotebooks.Data;
using static TorchSharp.torch;

namespace CovidNotebooks.Models;

/// <summary>What a network accepts as input; checked before libtorch sees it.</summary>
internal static class InputShape
{
    /// <summary>Throws for a side that no loader gives, before dense layers as wide as its maps are asked of the memory.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The side is above <see cref="LoaderOptions.LargestSide"/>.</exception>
    public static void RequireSize(int side)
    {
        if (side > LoaderOptions.LargestSide)
        {
            throw new ArgumentOutOfRangeException(
                nameof(side), side,
                    $"Pictures of {side} pixels a side were asked for; {LoaderOptions.LargestSide} are the most, "
                    + "224 is usual. Make the pictures smaller.");
        }
    }

    /// <summary>Throws unless <paramref name="images"/> is (N, channels, rows, columns).</summary>
    /// <exception cref="ArgumentException">The shape is another one.</exception>
    public static void Require(Tensor images, long channels, long rows, long columns)
    {
        var shape = images.shape;
        if (shape.Length != 4 || shape[1] != channels || shape[2] != rows || shape[3] != columns)
        {
            throw new ArgumentException(
                $"The images have shape ({string.Join(", ", shape)}); this network takes (images, {channels}, {rows}, {columns}): "
                    + "channels first, then rows and columns. Set Width, Height and ColorMode of the loader accordingly.",
                nameof(images));
        }
    }

    /// <summary>
    /// Throws unless <paramref name="images"/> is (N, channels, any rows, any columns) with at least <paramref name="least"/> of each.
    /// </summary>
    /// <exception cref="ArgumentException">The shape is another one.</exception>
    public static void RequireAtLeast(Tensor images, long channels, long least)
    {
        var shape = images.shape;
        if (shape.Length != 4 || shape[1] != channels || shape[2] < least || shape[3] < least)
        {
            throw new ArgumentException(
                $"The images have shape ({string.Join(", ", shape)}); this network takes (images, {channels}, rows, columns) with at "
                    + $"least {least} rows and columns. Set Width, Height and ColorMode of the loader accordingly.",
                nameof(images));
        }
    }
}
