namespace CovidNotebooks.Data.Imaging;

/// <summary>
/// Pillow's NEAREST: the source index is a position that starts at half the scale and to which the scale is added for each pixel.
/// </summary>
/// <remarks>Adding instead of multiplying decides many pixels, because the rounding errors of the sum are part of the result.</remarks>
internal static class PilNearest
{
    public static PixelImage Resize(PixelImage image, int width, int height)
    {
        var columns = Indices(image.Width, width);
        var rows = Indices(image.Height, height);
        var channels = image.Channels;
        var result = new PixelImage(width, height, channels);
        for (var row = 0; row < height; row++)
        {
            var source = image.Pixels.AsSpan(rows[row] * image.Width * channels, image.Width * channels);
            var target = result.Pixels.AsSpan(row * width * channels, width * channels);
            if (row > 0 && rows[row] == rows[row - 1])
            {
                result.Pixels.AsSpan((row - 1) * width * channels, width * channels).CopyTo(target);
            }
            else if (channels == 1)
            {
                for (var column = 0; column < columns.Length; column++)
                {
                    target[column] = source[columns[column]];
                }
            }
            else
            {
                for (var column = 0; column < columns.Length; column++)
                {
                    source.Slice(columns[column] * channels, channels).CopyTo(target[(column * channels)..]);
                }
            }
        }

        return result;
    }

    private static int[] Indices(int from, int to)
    {
        var scale = (double)from / to;
        var position = scale * 0.5;
        var indices = new int[to];
        for (var i = 0; i < to; i++)
        {
            indices[i] = Math.Min((int)position, from - 1);
            position += scale;
        }

        return indices;
    }
}
