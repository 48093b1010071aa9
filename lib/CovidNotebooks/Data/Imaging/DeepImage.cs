namespace CovidNotebooks.Data.Imaging;

/// <summary>An image of up to 16 bits a sample, before its values become grey levels: rows from top to bottom, pixels from left to right, channels together.</summary>
public sealed class DeepImage
{
    /// <summary>Wraps <paramref name="samples"/> without copying.</summary>
    /// <param name="width">Columns, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="channels">1 (grey) or 3 (red, green, blue).</param>
    /// <param name="samples">Exactly height × width × channels values.</param>
    /// <param name="maximum">The value of white where the file says it, from 1; 65,535, the default, where nothing but the depth is known.</param>
    /// <exception cref="ArgumentException">The sizes and the array do not fit together.</exception>
    public DeepImage(int width, int height, int channels, ushort[] samples, int maximum = ushort.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(maximum, 1);
        if (samples.LongLength != (long)width * height * channels)
        {
            throw new ArgumentException($"An image of {width} x {height} pixels with {channels} channels has {(long)width * height * channels} samples, not {samples.LongLength}.", nameof(samples));
        }

        (Width, Height, Channels, Samples, Maximum) = (width, height, channels, samples, maximum);
    }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Samples a pixel: 1 or 3.</summary>
    public int Channels { get; }

    /// <summary>The samples themselves, not a copy: index (row × Width + column) × Channels + channel.</summary>
    public ushort[] Samples { get; }

    /// <summary>The value of white where the file says it, else 65,535.</summary>
    public int Maximum { get; }

    /// <summary>The highest sample.</summary>
    public int Highest => Samples.Max();

    /// <summary>Three channels of 256 levels: <paramref name="black"/> and below are 0, <paramref name="white"/> and above 255, evenly between, rounded.</summary>
    /// <param name="black">The value that becomes 0.</param>
    /// <param name="white">The value that becomes 255, above <paramref name="black"/>.</param>
    public PixelImage ToLevels(double black, double white)
    {
        if (!(white > black))
        {
            throw new ArgumentOutOfRangeException(nameof(white), white, $"White is above black; found black {black}.");
        }

        var scale = 255 / (white - black);
        var levels = new PixelImage(Width, Height, Channels);
        for (var i = 0; i < Samples.Length; i++)
        {
            levels.Pixels[i] = (byte)Math.Clamp(((Samples[i] - black) * scale) + 0.5, 0, 255);
        }

        return levels;
    }
}
