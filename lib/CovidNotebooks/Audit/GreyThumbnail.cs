using System.Numerics;
using System.Runtime.InteropServices;

namespace CovidNotebooks.Audit;

/// <summary>The grey levels of a thumbnail with the sums that its correlation with others needs, in whole numbers.</summary>
internal sealed class GreyThumbnail
{
    private const int Side = FileScanner.ThumbnailSide;

    private readonly byte[] pixels;
    private readonly long sum;
    private readonly long variation;

    /// <param name="pixels">64 × 64 grey levels, row by row.</param>
    public GreyThumbnail(byte[] pixels)
    {
        this.pixels = pixels;
        sum = pixels.Sum(pixel => (long)pixel);
        variation = (pixels.Length * Products(pixels, pixels)) - (sum * sum);
    }

    private GreyThumbnail(GreyThumbnail upright, PictureTurn turn)
    {
        pixels = PictureTurns.Of(upright.pixels, Side, turn);
        (sum, variation) = (upright.sum, upright.variation);
    }

    /// <summary>The same picture mirrored or turned.</summary>
    public GreyThumbnail Turned(PictureTurn turn) => turn == PictureTurn.Upright ? this : new GreyThumbnail(this, turn);

    /// <summary>Pearson's correlation, -1 to 1; not a number where a picture has equal grey levels.</summary>
    public double Correlation(GreyThumbnail other) => Math.Clamp(
        ((pixels.Length * Products(pixels, other.pixels)) - (sum * other.sum)) / Math.Sqrt((double)variation * other.variation), -1, 1);

    private static long Products(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        var a = MemoryMarshal.Cast<byte, Vector<byte>>(first);
        var b = MemoryMarshal.Cast<byte, Vector<byte>>(second);

        // All 4,096 products together are below 2^28. A picture is a whole number of vectors.
        var sums = Vector<uint>.Zero;
        for (var i = 0; i < a.Length; i++)
        {
            Vector.Widen(a[i], out var firstLow, out var firstHigh);
            Vector.Widen(b[i], out var secondLow, out var secondHigh);
            Vector.Widen(firstLow * secondLow, out var one, out var two);
            Vector.Widen(firstHigh * secondHigh, out var three, out var four);
            sums += one + two + three + four;
        }

        return Vector.Sum(sums);
    }
}
