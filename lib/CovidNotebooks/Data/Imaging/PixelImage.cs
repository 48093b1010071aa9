namespace CovidNotebooks.Data.Imaging;

/// <summary>An 8-bit image in memory: rows from top to bottom, pixels from left to right, channels together (HWC).</summary>
public sealed class PixelImage
{
    /// <summary>Wraps <paramref name="pixels"/> without copying.</summary>
    /// <param name="width">Columns, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="channels">1 (grey) or 3 (red, green, blue).</param>
    /// <param name="pixels">Exactly height × width × channels bytes.</param>
    /// <exception cref="ArgumentException">The sizes and the array do not fit together.</exception>
    public PixelImage(int width, int height, int channels, byte[] pixels)
    {
        ArgumentNullException.ThrowIfNull(pixels);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        if (pixels.LongLength != (long)width * height * channels)
        {
            throw new ArgumentException(
                $"An image of {width} x {height} pixels with {channels} channels has {(long)width * height * channels} bytes, not "
                    + $"{pixels.LongLength}.",
                nameof(pixels));
        }

        Width = width;
        Height = height;
        Channels = channels;
        Pixels = pixels;
    }

    /// <summary>An image of zeros.</summary>
    public PixelImage(int width, int height, int channels)
        : this(width, height, channels, new byte[checked(width * height * channels)])
    {
    }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Bytes a pixel: 1 (grey) or 3 (red, green, blue).</summary>
    public int Channels { get; }

    /// <summary>The bytes themselves, not a copy: index (row × Width + column) × Channels + channel.</summary>
    public byte[] Pixels { get; }

    /// <summary>The part of the image inside a box.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The box is empty or reaches beyond the image.</exception>
    public PixelImage Crop(int top, int left, int height, int width)
    {
        if (top < 0 || left < 0 || height < 1 || width < 1 || top + height > Height || left + width > Width)
        {
            throw new ArgumentOutOfRangeException(
                nameof(top), $"The box (top {top}, left {left}, {width} x {height}) is not inside an image of {Width} x {Height} pixels.");
        }

        var cropped = new PixelImage(width, height, Channels);
        for (var row = 0; row < height; row++)
        {
            Pixels.AsSpan((((top + row) * Width) + left) * Channels, width * Channels)
                .CopyTo(cropped.Pixels.AsSpan(row * width * Channels));
        }

        return cropped;
    }

    /// <summary>The image mirrored left to right.</summary>
    public PixelImage FlipHorizontally()
    {
        var flipped = new PixelImage(Width, Height, Channels);
        for (var row = 0; row < Height; row++)
        {
            for (var column = 0; column < Width; column++)
            {
                Pixels.AsSpan(((row * Width) + Width - 1 - column) * Channels, Channels)
                    .CopyTo(flipped.Pixels.AsSpan(((row * Width) + column) * Channels));
            }
        }

        return flipped;
    }

    /// <summary>
    /// One channel by BT.601, in the integer arithmetic of Pillow's <c>convert("L")</c>; a grey image is returned as it is.
    /// </summary>
    public PixelImage ToGrayscale()
    {
        if (Channels == 1)
        {
            return this;
        }

        var gray = new PixelImage(Width, Height, 1);
        var source = Pixels;
        var target = gray.Pixels;
        for (int i = 0, j = 0; i < target.Length; i++, j += Channels)
        {
            target[i] = (byte)(((source[j] * 19595) + (source[j + 1] * 38470) + (source[j + 2] * 7471) + 0x8000) >> 16);
        }

        return gray;
    }

    /// <summary>Three channels; those of a grey image are equal.</summary>
    public PixelImage ToRgb()
    {
        if (Channels == 3)
        {
            return this;
        }

        var rgb = new PixelImage(Width, Height, 3);
        for (int i = 0, j = 0; i < Pixels.Length; i++, j += 3)
        {
            rgb.Pixels[j] = rgb.Pixels[j + 1] = rgb.Pixels[j + 2] = Pixels[i];
        }

        return rgb;
    }

    /// <summary>True when red, green and blue are equal in every pixel (always true for one channel).</summary>
    public bool IsGray()
    {
        if (Channels == 1)
        {
            return true;
        }

        for (var i = 0; i < Pixels.Length; i += Channels)
        {
            if (Pixels[i] != Pixels[i + 1] || Pixels[i] != Pixels[i + 2])
            {
                return false;
            }
        }

        return true;
    }
}
