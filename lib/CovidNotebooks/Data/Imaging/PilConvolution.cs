namespace CovidNotebooks.Data.Imaging;

/// <summary>
/// Pillow's convolutions BILINEAR and LANCZOS: a filter that widens with the scale when shrinking, weights in 22-bit fixed point, columns
/// first, rounded to bytes between the passes.
/// </summary>
internal static class PilConvolution
{
    private const int Precision = 22;

    /// <summary>The triangle, 1 pixel to either side.</summary>
    public static PixelImage Bilinear(PixelImage image, int width, int height) =>
        Resize(image, width, height, 1, distance => Math.Abs(distance) is var away && away < 1 ? 1 - away : 0);

    /// <summary>The sine cardinal windowed by a wider one, 3 pixels to either side.</summary>
    public static PixelImage Lanczos(PixelImage image, int width, int height) =>
        Resize(image, width, height, 3, distance => distance is >= -3 and < 3 ? Sinc(distance) * Sinc(distance / 3) : 0);

    private static double Sinc(double x) => x == 0 ? 1 : Math.Sin(x * Math.PI) / (x * Math.PI);

    private static PixelImage Resize(PixelImage image, int width, int height, double reach, Func<double, double> kernel)
    {
        var result = image;
        if (width != image.Width)
        {
            result = ResizeColumns(result, Filter.Make(image.Width, width, reach, kernel));
        }

        if (height != image.Height)
        {
            result = ResizeRows(result, Filter.Make(image.Height, height, reach, kernel));
        }

        return result;
    }

    private static PixelImage ResizeColumns(PixelImage image, Filter filter)
    {
        var width = filter.First.Length;
        var channels = image.Channels;
        var result = new PixelImage(width, image.Height, channels);
        for (var row = 0; row < image.Height; row++)
        {
            var source = image.Pixels.AsSpan(row * image.Width * channels, image.Width * channels);
            var target = result.Pixels.AsSpan(row * width * channels, width * channels);
            for (var column = 0; column < width; column++)
            {
                var weights = filter.WeightsOf(column);
                var first = filter.First[column] * channels;
                for (var channel = 0; channel < channels; channel++)
                {
                    var sum = 1 << (Precision - 1);
                    var index = first + channel;
                    foreach (var weight in weights)
                    {
                        sum += source[index] * weight;
                        index += channels;
                    }

                    target[(column * channels) + channel] = Clip(sum);
                }
            }
        }

        return result;
    }

    private static PixelImage ResizeRows(PixelImage image, Filter filter)
    {
        var height = filter.First.Length;
        var stride = image.Width * image.Channels;
        var result = new PixelImage(image.Width, height, image.Channels);
        var sums = new int[stride];
        for (var row = 0; row < height; row++)
        {
            Array.Fill(sums, 1 << (Precision - 1));
            var sourceRow = filter.First[row];
            foreach (var weight in filter.WeightsOf(row))
            {
                var source = image.Pixels.AsSpan(sourceRow++ * stride, stride);
                for (var i = 0; i < sums.Length; i++)
                {
                    sums[i] += source[i] * weight;
                }
            }

            var target = result.Pixels.AsSpan(row * stride, stride);
            for (var i = 0; i < sums.Length; i++)
            {
                target[i] = Clip(sums[i]);
            }
        }

        return result;
    }

    private static byte Clip(int sum) => (byte)Math.Clamp(sum >> Precision, 0, 255);

    private sealed class Filter(int[] first, int[] counts, int[] weights, int stride)
    {
        public int[] First { get; } = first;

        public ReadOnlySpan<int> WeightsOf(int index) => weights.AsSpan(index * stride, counts[index]);

        public static Filter Make(int from, int to, double reach, Func<double, double> kernel)
        {
            var scale = (double)from / to;
            var widening = Math.Max(scale, 1.0);
            var support = reach * widening;
            var stride = ((int)Math.Ceiling(support) * 2) + 1;
            var first = new int[to];
            var counts = new int[to];
            var weights = new int[to * stride];
            var exact = new double[stride];
            for (var i = 0; i < to; i++)
            {
                var center = (i + 0.5) * scale;
                var low = Math.Max(0, (int)(center - support + 0.5));
                var high = Math.Min(from, (int)(center + support + 0.5));
                var total = 0.0;
                for (var k = 0; k < high - low; k++)
                {
                    exact[k] = kernel((k + low - center + 0.5) * (1.0 / widening));
                    total += exact[k];
                }

                first[i] = low;
                counts[i] = high - low;
                for (var k = 0; k < high - low; k++)
                {
                    var weight = total == 0 ? exact[k] : exact[k] / total;
                    weights[(i * stride) + k] = (int)((weight < 0 ? -0.5 : 0.5) + (weight * (1 << Precision)));
                }
            }

            return new Filter(first, counts, weights, stride);
        }
    }
}
