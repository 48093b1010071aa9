namespace CovidNotebooks.Data.Imaging;

/// <summary>
/// OpenCV's INTER_LINEAR on 8-bit images: centre-aligned, weights in 11-bit fixed point, columns first with their sums kept as integers.
/// Exactly half the size in both directions is the rounded mean of 2 × 2 pixels.
/// </summary>
internal static class Cv2Linear
{
    private const int One = 2048;

    public static PixelImage Resize(PixelImage image, int width, int height)
    {
        if (image.Width == 2 * width && image.Height == 2 * height)
        {
            return Halve(image, width, height);
        }

        var channels = image.Channels;
        var stride = width * channels;
        var columns = Columns(image.Width, width);
        var result = new PixelImage(width, height, channels);
        var upper = new int[stride];
        var lower = new int[stride];
        var (upperRow, lowerRow) = (-1, -1);
        var scale = 1.0 / ((double)height / image.Height);
        for (var row = 0; row < height; row++)
        {
            var position = (float)(((row + 0.5) * scale) - 0.5);
            var floor = (int)MathF.Floor(position);
            var fraction = position - floor;
            var weight0 = (int)MathF.Round((1f - fraction) * One, MidpointRounding.ToEven);
            var weight1 = (int)MathF.Round(fraction * One, MidpointRounding.ToEven);
            var (row0, row1) = (Math.Clamp(floor, 0, image.Height - 1), Math.Clamp(floor + 1, 0, image.Height - 1));
            if (upperRow != row0)
            {
                if (lowerRow == row0)
                {
                    (upper, lower, upperRow, lowerRow) = (lower, upper, lowerRow, upperRow);
                }
                else
                {
                    HorizontalSums(image, row0, columns, upper);
                    upperRow = row0;
                }
            }

            if (lowerRow != row1)
            {
                HorizontalSums(image, row1, columns, lower);
                lowerRow = row1;
            }

            var target = result.Pixels.AsSpan(row * stride, stride);
            for (var i = 0; i < target.Length; i++)
            {
                target[i] = (byte)Math.Clamp((((weight0 * (upper[i] >> 4)) >> 16) + ((weight1 * (lower[i] >> 4)) >> 16) + 2) >> 2, 0, 255);
            }
        }

        return result;
    }

    private static (int Index0, int Index1, int Weight0, int Weight1)[] Columns(int from, int to)
    {
        var scale = 1.0 / ((double)to / from);
        var columns = new (int, int, int, int)[to];
        for (var i = 0; i < to; i++)
        {
            var position = (float)(((i + 0.5) * scale) - 0.5);
            var index = (int)MathF.Floor(position);
            var fraction = position - index;
            if (index < 0)
            {
                (index, fraction) = (0, 0f);
            }

            if (index >= from - 1)
            {
                (index, fraction) = (from - 1, 0f);
            }

            columns[i] = (
                index,
                Math.Min(index + 1, from - 1),
                (int)MathF.Round((1f - fraction) * One, MidpointRounding.ToEven),
                (int)MathF.Round(fraction * One, MidpointRounding.ToEven));
        }

        return columns;
    }

    private static void HorizontalSums(PixelImage image, int row, (int Index0, int Index1, int Weight0, int Weight1)[] columns, int[] sums)
    {
        var channels = image.Channels;
        var source = image.Pixels.AsSpan(row * image.Width * channels, image.Width * channels);
        var i = 0;
        foreach (var (index0, index1, weight0, weight1) in columns)
        {
            for (var channel = 0; channel < channels; channel++)
            {
                sums[i++] = (source[(index0 * channels) + channel] * weight0) + (source[(index1 * channels) + channel] * weight1);
            }
        }
    }

    private static PixelImage Halve(PixelImage image, int width, int height)
    {
        var channels = image.Channels;
        var stride = image.Width * channels;
        var result = new PixelImage(width, height, channels);
        var i = 0;
        for (var row = 0; row < height; row++)
        {
            for (var column = 0; column < width; column++)
            {
                for (var channel = 0; channel < channels; channel++)
                {
                    var index = (2 * row * stride) + (2 * column * channels) + channel;
                    var sum = image.Pixels[index]
                        + image.Pixels[index + channels]
                        + image.Pixels[index + stride]
                        + image.Pixels[index + stride + channels];
                    result.Pixels[i++] = (byte)((sum + 2) >> 2);
                }
            }
        }

        return result;
    }
}
