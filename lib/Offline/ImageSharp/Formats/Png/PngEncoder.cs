using System.Runtime.InteropServices;
using SixLabors.ImageSharp.Interop;
using SixLabors.ImageSharp.Metadata;
using SixLabors.ImageSharp.PixelFormats;

namespace SixLabors.ImageSharp.Formats.Png;

/// <summary>Writes PNG of 8 or 16 bits a channel, without a palette.</summary>
public class PngEncoder : QuantizingImageEncoder
{
    private const double InchesInMetre = 100 / 2.54;

    /// <summary>Without it what the pixels are: gray, RGB, with or without alpha.</summary>
    public PngColorType? ColorType { get; init; }

    /// <summary>8 or 16; without it what the pixels are.</summary>
    public PngBitDepth? BitDepth { get; init; }

    public PngCompressionLevel CompressionLevel { get; init; } = PngCompressionLevel.DefaultCompression;

    public PngInterlaceMode? InterlaceMethod { get; init; }

    protected override void Encode<TPixel>(Image<TPixel> image, Stream stream, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var (naturalColor, naturalDepth) = Natural<TPixel>();
        switch (ColorType ?? naturalColor, BitDepth ?? naturalDepth)
        {
            case (PngColorType.Grayscale, PngBitDepth.Bit8):
                Encode<TPixel, L8>(image, stream, 1, 8);
                break;
            case (PngColorType.Grayscale, PngBitDepth.Bit16):
                Encode<TPixel, L16>(image, stream, 1, 16);
                break;
            case (PngColorType.GrayscaleWithAlpha, PngBitDepth.Bit8):
                Encode<TPixel, La16>(image, stream, 2, 8);
                break;
            case (PngColorType.GrayscaleWithAlpha, PngBitDepth.Bit16):
                Encode<TPixel, La32>(image, stream, 2, 16);
                break;
            case (PngColorType.Rgb, PngBitDepth.Bit8):
                Encode<TPixel, Rgb24>(image, stream, 3, 8);
                break;
            case (PngColorType.Rgb, PngBitDepth.Bit16):
                Encode<TPixel, Rgb48>(image, stream, 3, 16);
                break;
            case (PngColorType.RgbWithAlpha, PngBitDepth.Bit8):
                Encode<TPixel, Rgba32>(image, stream, 4, 8);
                break;
            case (PngColorType.RgbWithAlpha, PngBitDepth.Bit16):
                Encode<TPixel, Rgba64>(image, stream, 4, 16);
                break;
            case var (color, depth):
                throw new NotSupportedException($"PNG is written with 8 or 16 bits a channel and without a palette, not as {color} of {(int)depth} bits.");
        }
    }

    private static (PngColorType Color, PngBitDepth Depth) Natural<TPixel>()
    {
        var type = typeof(TPixel);
        var depth = type == typeof(L16) || type == typeof(La32) || type == typeof(Rgb48) || type == typeof(Rgba64) ? PngBitDepth.Bit16 : PngBitDepth.Bit8;
        var color = type == typeof(L8) || type == typeof(L16) ? PngColorType.Grayscale
            : type == typeof(La16) || type == typeof(La32) ? PngColorType.GrayscaleWithAlpha
            : type == typeof(Rgb24) || type == typeof(Rgb48) ? PngColorType.Rgb
            : PngColorType.RgbWithAlpha;
        return (color, depth);
    }

    private void Encode<TPixel, TFile>(Image<TPixel> image, Stream stream, int channels, int bits)
        where TPixel : unmanaged, IPixel<TPixel>
        where TFile : unmanaged, IPixel<TFile>
    {
        var metadata = image.Metadata;
        var unit = metadata.ResolutionUnits switch
        {
            PixelResolutionUnit.PixelsPerInch => InchesInMetre,
            PixelResolutionUnit.PixelsPerCentimeter => 100,
            PixelResolutionUnit.PixelsPerMeter => 1,
            _ => 0,
        };
        var density = SkipMetadata ? (0, 0) : ((int)Math.Round(metadata.HorizontalResolution * unit), (int)Math.Round(metadata.VerticalResolution * unit));
        var interlaced = InterlaceMethod == PngInterlaceMode.Adam7;
        if (typeof(TPixel) == typeof(TFile))
        {
            NativeImages.EncodePng(MemoryMarshal.AsBytes(image.Pixels), image.Width, image.Height, channels, bits, (int)CompressionLevel, interlaced, density, stream);
            return;
        }

        using var converted = image.CloneAs<TFile>();
        NativeImages.EncodePng(MemoryMarshal.AsBytes(converted.Pixels), image.Width, image.Height, channels, bits, (int)CompressionLevel, interlaced, density, stream);
    }
}
