namespace CovidNotebooks.Data.Imaging;

/// <summary>
/// An image of up to 16 bits a sample, before its values become grey levels: rows from top to bottom, pixels from left to right, channels
/// together.
/// </summary>
public sealed class DeepImage
{
    /// <summary>Wraps <paramref name="samples"/> without copying.</summary>
    /// <param name="width">Columns, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="channels">1 (grey) or 3 (red, green, blue).</param>
    /// <param name="samples">Exactly height × width × channels values.</param>
    /// <param name="maximum">The value of white where the file says it, from 1; 65,535, the default, where nothing but the depth is
    /// known.</param>
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
            throw new ArgumentException($"An image of {width} x {height} pixels with {channels} channels has " +
                $"{(long)width * height * channels} samples, not {samples.LongLength}.", nameof(samples));
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

    /// <summary>The sample that stands for a stored 0: 0, or 32,768 where a DICOM file stores signed values.</summary>
    public int Zero { get; init; }

    /// <summary>The lowest sample that can be: below <see cref="Zero"/> as far as <see cref="Maximum"/> is above.</summary>
    public int Minimum => Zero == 0 ? 0 : (2 * Zero) - Maximum - 1;

    /// <summary>
    /// Units (Hounsfield in CT) a step: a value in units is stored value × Slope + <see cref="Intercept"/>. 1 where the file says nothing.
    /// </summary>
    public double Slope { get; init; } = 1;

    /// <summary>The value in units of a stored 0. 0 where the file says nothing.</summary>
    public double Intercept { get; init; }

    /// <summary>The window that the file itself asks for, in units; null where it has none.</summary>
    public (double Black, double White)? Window { get; init; }

    /// <summary>True where the file also has a table of its own that makes grey levels of its values (VOI LUT), not applied.</summary>
    public bool HasGrayTable { get; init; }

    /// <summary>True where the lowest value is white (MONOCHROME1).</summary>
    public bool Inverted { get; init; }

    /// <summary>The highest sample.</summary>
    public int Highest => Samples.Max();

    /// <summary>
    /// How far the samples reach, to be compared with <see cref="Maximum"/> − <see cref="Minimum"/>: the highest sample; of signed
    /// values, the width of the smallest range of two's complement that holds them, 2 × the larger of the highest and of −1 − the
    /// lowest, + 1.
    /// </summary>
    public int Reach => Zero == 0 ? Highest : (2 * Math.Max(Highest - Zero, Zero - 1 - Samples.Min())) + 1;

    /// <summary>The sample, not rounded, that stands for a value in units.</summary>
    public double SampleOf(double value) => ((value - Intercept) / Slope) + Zero;

    /// <summary>
    /// Three channels of 256 levels: <paramref name="black"/> and below are 0, <paramref name="white"/> and above 255, evenly between,
    /// rounded; the other way round where <see cref="Inverted"/>.
    /// </summary>
    /// <param name="black">The value that becomes 0.</param>
    /// <param name="white">The value that becomes 255, not below <paramref name="black"/>; where they are equal it is a threshold.</param>
    public PixelImage ToLevels(double black, double white)
    {
        if (!(white >= black))
        {
            throw new ArgumentOutOfRangeException(nameof(white), white, $"White is not below black; found black {black}.");
        }

        var inversion = Inverted ? byte.MaxValue : 0;

        var levels = new PixelImage(Width, Height, Channels);
        for (var i = 0; i < Samples.Length; i++)
        {
            var level = Samples[i] <= black ? 0 : Samples[i] >= white ? 255 : (int)(((Samples[i] - black) * 255 / (white - black)) + 0.5);
            levels.Pixels[i] = (byte)(level ^ inversion);
        }

        return levels;
    }
}
