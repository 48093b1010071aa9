using System.Runtime.InteropServices;
using SixLabors.ImageSharp.Interop;
using SixLabors.ImageSharp.Metadata;
using SixLabors.ImageSharp.PixelFormats;

namespace SixLabors.ImageSharp.Formats.Jpeg;

/// <summary>Writes JPEG: gray from gray pixels, else YCbCr.</summary>
public sealed class JpegEncoder : ImageEncoder
{
    private const int DefaultQuality = 75;
    private readonly int? quality;

    /// <summary>1 to 100; without it the quality of the file that the picture came from, else 75.</summary>
    public int? Quality
    {
        get => quality;
        init => quality = value is null or (>= 1 and <= 100)
            ? value
            : throw new ArgumentException($"The quality of a JPEG is 1 to 100, not {value}.", nameof(value));
    }

    public JpegEncodingColor? ColorType { get; init; }

    protected override void Encode<TPixel>(Image<TPixel> image, Stream stream, CancellationToken cancellationToken)
    {
        var color = ColorType ?? (typeof(TPixel) == typeof(L8) || typeof(TPixel) == typeof(L16) || typeof(TPixel) == typeof(La16) || typeof(TPixel) == typeof(La32)
            ? JpegEncodingColor.Luminance
            : JpegEncodingColor.YCbCrRatio420);
        if (color == JpegEncodingColor.Luminance)
        {
            Encode<TPixel, L8>(image, stream, 1, (1, 1));
            return;
        }

        var sampling = color switch
        {
            JpegEncodingColor.YCbCrRatio420 => (2, 2),
            JpegEncodingColor.YCbCrRatio422 => (2, 1),
            JpegEncodingColor.YCbCrRatio444 => (1, 1),
            JpegEncodingColor.YCbCrRatio411 => (4, 1),
            _ => throw new NotSupportedException($"JPEG is written as {nameof(JpegEncodingColor.Luminance)} or YCbCr, not as {color}."),
        };
        Encode<TPixel, Rgb24>(image, stream, 3, sampling);
    }

    private void Encode<TPixel, TFile>(Image<TPixel> image, Stream stream, int channels, (int Horizontal, int Vertical) sampling)
        where TPixel : unmanaged, IPixel<TPixel>
        where TFile : unmanaged, IPixel<TFile>
    {
        const int LargestSide = 65_500;
        if (image.Width > LargestSide || image.Height > LargestSide)
        {
            throw new ImageProcessingException($"A JPEG has at most {LargestSide} pixels a side; the picture has {image.Width} x {image.Height}.");
        }

        var metadata = image.Metadata;
        var chosen = Quality ?? (metadata.TryGetFormatMetadata(JpegFormat.Instance, out var jpeg) ? jpeg.Quality : DefaultQuality);
        var density = metadata.ResolutionUnits == PixelResolutionUnit.PixelsPerMeter
            ? (2, (int)Math.Round(metadata.HorizontalResolution / 100), (int)Math.Round(metadata.VerticalResolution / 100))
            : ((int)metadata.ResolutionUnits, (int)Math.Round(metadata.HorizontalResolution), (int)Math.Round(metadata.VerticalResolution));
        if (typeof(TPixel) == typeof(TFile))
        {
            NativeImages.EncodeJpeg(MemoryMarshal.AsBytes(image.Pixels), image.Width, image.Height, channels, chosen, sampling, density, stream);
            return;
        }

        using var converted = image.CloneAs<TFile>();
        NativeImages.EncodeJpeg(MemoryMarshal.AsBytes(converted.Pixels), image.Width, image.Height, channels, chosen, sampling, density, stream);
    }
}
