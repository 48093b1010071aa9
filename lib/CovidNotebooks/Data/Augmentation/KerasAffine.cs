using System.Numerics;

namespace CovidNotebooks.Data.Augmentation;

/// <summary>
/// Keras' affine transformation: scipy's <c>affine_transform</c> of spline order 1, channel by channel, in double precision, then the
/// flips.
/// </summary>
/// <remarks>
/// This is the plain form, for every fill mode. <see cref="NearestAffine"/> is the fast one for 8-bit images and fill mode nearest.
/// </remarks>
public static class KerasAffine
{
    /// <summary>Transforms one image.</summary>
    /// <typeparam name="T"><see cref="byte"/> or <see cref="float"/>.</typeparam>
    /// <param name="source">height × width × channels values.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="channels">Values a pixel.</param>
    /// <param name="parameters">What to do.</param>
    /// <param name="fillMode">What shows outside the image.</param>
    /// <param name="constantValue">The value of <see cref="FillMode.Constant"/>.</param>
    /// <param name="target">As many values as the source; must not overlap it.</param>
    /// <exception cref="ArgumentException">The spans do not hold height × width × channels values.</exception>
    public static void Apply<T>(
        ReadOnlySpan<T> source,
        int height,
        int width,
        int channels,
        AffineParameters parameters,
        FillMode fillMode,
        double constantValue,
        Span<float> target)
        where T : unmanaged, INumberBase<T>
    {
        RequireSize(source.Length, height, width, channels);
        RequireSize(target.Length, height, width, channels);
        var matrix = SamplingMatrix.Keras(parameters, height, width);
        for (var row = 0; row < height; row++)
        {
            var targetRow = parameters.FlipVertical ? height - 1 - row : row;
            for (var column = 0; column < width; column++)
            {
                var targetColumn = parameters.FlipHorizontal ? width - 1 - column : column;
                var pixel = target.Slice(((targetRow * width) + targetColumn) * channels, channels);
                if (parameters.IsNeutral)
                {
                    for (var channel = 0; channel < channels; channel++)
                    {
                        pixel[channel] = float.CreateTruncating(source[(((row * width) + column) * channels) + channel]);
                    }

                    continue;
                }

                // The offset last, as scipy adds it: on the very border the rounding decides what a fill mode shows.
                var y = (row * matrix.RowFromRow) + (column * matrix.RowFromColumn) + matrix.RowOffset;
                var x = (row * matrix.ColumnFromRow) + (column * matrix.ColumnFromColumn) + matrix.ColumnOffset;
                Sample(source, height, width, channels, Map(y, height, fillMode), Map(x, width, fillMode), fillMode, constantValue, pixel);
            }
        }
    }

    private static void Sample<T>(
        ReadOnlySpan<T> source,
        int height,
        int width,
        int channels,
        double y,
        double x,
        FillMode fillMode,
        double constantValue,
        Span<float> pixel)
        where T : unmanaged, INumberBase<T>
    {
        if (double.IsNaN(y) || double.IsNaN(x))
        {
            pixel.Fill((float)constantValue);
            return;
        }

        var row = (int)Math.Floor(y);
        var column = (int)Math.Floor(x);
        var (down, right) = (y - row, x - column);
        var row0 = Index(row, height, fillMode) * width;
        var row1 = Index(row + 1, height, fillMode) * width;
        var column0 = Index(column, width, fillMode);
        var column1 = Index(column + 1, width, fillMode);
        for (var channel = 0; channel < channels; channel++)
        {
            double At(ReadOnlySpan<T> values, int index) => double.CreateTruncating(values[(index * channels) + channel]);
            pixel[channel] = (float)(
                (At(source, row0 + column0) * (1 - down) * (1 - right))
                + (At(source, row0 + column1) * (1 - down) * right)
                + (At(source, row1 + column0) * down * (1 - right))
                + (At(source, row1 + column1) * down * right));
        }
    }

    /// <summary>
    /// A position along an axis of <paramref name="length"/> pixels, brought to the image as scipy does; NaN where the constant shows.
    /// </summary>
    private static double Map(double position, int length, FillMode fillMode)
    {
        var last = length - 1;
        if (position >= 0 && position <= last)
        {
            return position;
        }

        switch (fillMode)
        {
            case FillMode.Constant:
                return double.NaN;
            case FillMode.Nearest:
                return position < 0 ? 0 : last;
            case FillMode.Wrap when last == 0:
                return 0;
            case FillMode.Wrap:
                return position < 0
                    ? position + (last * (Math.Truncate(-position / last) + 1))
                    : position - (last * Math.Truncate(position / last));
            case FillMode.Reflect:
                var period = 2.0 * length;
                var inside = position - (period * Math.Floor(position / period));
                return inside >= length ? period - inside - 1 : inside;
            default:
                throw new ArgumentOutOfRangeException(nameof(fillMode), fillMode, "Expected Nearest, Constant, Reflect or Wrap.");
        }
    }

    /// <summary>The pixel that stands for an index one beyond the image: its weight is 0 unless the fill mode reflects.</summary>
    private static int Index(int index, int length, FillMode fillMode)
    {
        if (index >= 0 && index < length)
        {
            return index;
        }

        var beyond = index < 0 ? -index : index - length + 1;
        return fillMode == FillMode.Reflect
            ? (index < 0 ? Math.Min(beyond - 1, length - 1) : Math.Max(length - beyond, 0))
            : (index < 0 ? 0 : length - 1);
    }

    internal static void RequireSize(int found, int height, int width, int channels)
    {
        if (height < 1 || width < 1 || channels < 1 || found != (long)height * width * channels)
        {
            throw new ArgumentException(
                $"An image of {width} x {height} pixels with {channels} channels has {(long)height * width * channels} values; found "
                    + $"{found}.");
        }
    }
}
