using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using SixLabors.ImageSharp.Interop;
using SixLabors.ImageSharp.Metadata;
using SixLabors.ImageSharp.Metadata.Profiles.Exif;
using SixLabors.ImageSharp.PixelFormats;

namespace SixLabors.ImageSharp.Formats.Png;

/// <summary>Reads PNG by libpng.</summary>
internal static class PngReader
{
    public static (int Channels, int Bits) NaturalPixel(ReadOnlySpan<byte> data)
    {
        var header = NativeImages.ReadHeader(NativeImages.Codec.Png, data);
        return header.FileChannels == (int)PngColorType.Palette ? (4, 8) : (header.Channels, header.Bits);
    }

    public static ImageInfo Identify(ReadOnlySpan<byte> data, DecoderOptions options)
    {
        var header = NativeImages.ReadHeader(NativeImages.Codec.Png, data);
        var channels = (PngColorType)header.FileChannels switch
        {
            PngColorType.GrayscaleWithAlpha => 2,
            PngColorType.Rgb => 3,
            PngColorType.RgbWithAlpha => 4,
            _ => 1,
        };
        return new ImageInfo(new PixelTypeInfo(channels * header.FileBits), new Size(header.Width, header.Height), Metadata(data, header, options));
    }

    public static Image<TPixel> Decode<TPixel>(ReadOnlySpan<byte> data, DecoderOptions options)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        var header = NativeImages.ReadHeader(NativeImages.Codec.Png, data);
        var image = ImageCodec.Allocate<TPixel>(options, header.Width, header.Height, Metadata(data, header, options));
        try
        {
            switch (header.Channels, header.Bits)
            {
                case (1, 8):
                    Decode<L8, TPixel>(data, header, image);
                    break;
                case (1, _):
                    Decode<L16, TPixel>(data, header, image);
                    break;
                case (2, 8):
                    Decode<La16, TPixel>(data, header, image);
                    break;
                case (2, _):
                    Decode<La32, TPixel>(data, header, image);
                    break;
                case (3, 8):
                    Decode<Rgb24, TPixel>(data, header, image);
                    break;
                case (3, _):
                    Decode<Rgb48, TPixel>(data, header, image);
                    break;
                case (_, 8):
                    Decode<Rgba32, TPixel>(data, header, image);
                    break;
                default:
                    Decode<Rgba64, TPixel>(data, header, image);
                    break;
            }

            return image;
        }
        catch
        {
            image.Dispose();
            throw;
        }
    }

    private static void Decode<TFile, TPixel>(ReadOnlySpan<byte> data, NativeHeader header, Image<TPixel> image)
        where TFile : unmanaged, IPixel<TFile>
        where TPixel : unmanaged, IPixel<TPixel>
    {
        var stride = header.Width * Marshal.SizeOf<TFile>();
        var limit = image.Configuration.MemoryAllocator.Limit;
        if (typeof(TFile) == typeof(TPixel))
        {
            NativeImages.Decode(NativeImages.Codec.Png, data, ref header, MemoryMarshal.AsBytes(image.Pixels), stride, limit);
            return;
        }

        var size = ImageCodec.BufferSize(image.Configuration, header.Width, header.Height, Marshal.SizeOf<TFile>());
        var buffer = ArrayPool<byte>.Shared.Rent(size);
        try
        {
            var pixels = buffer.AsSpan(0, size);
            NativeImages.Decode(NativeImages.Codec.Png, data, ref header, pixels, stride, limit);
            PixelRows.Convert<TFile, TPixel>(MemoryMarshal.Cast<byte, TFile>(pixels), image.Pixels);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static ImageMetadata Metadata(ReadOnlySpan<byte> data, in NativeHeader header, DecoderOptions options)
    {
        var metadata = new ImageMetadata { DecodedImageFormat = PngFormat.Instance };
        var png = metadata.GetFormatMetadata(PngFormat.Instance);
        png.ColorType = (PngColorType)header.FileChannels;
        png.BitDepth = (PngBitDepth)header.FileBits;
        png.InterlaceMethod = header.Progressive != 0 ? PngInterlaceMode.Adam7 : PngInterlaceMode.None;
        if (options.SkipMetadata)
        {
            return metadata;
        }

        if (header is { DensityUnit: >= 0, DensityX: > 0, DensityY: > 0 })
        {
            metadata.ResolutionUnits = header.DensityUnit == 1 ? PixelResolutionUnit.PixelsPerMeter : PixelResolutionUnit.AspectRatio;
            metadata.HorizontalResolution = header.DensityX;
            metadata.VerticalResolution = header.DensityY;
        }

        metadata.ExifProfile = FindExif(data);
        return metadata;
    }

    /// <summary>Walks the chunks for the EXIF block.</summary>
    private static ExifProfile? FindExif(ReadOnlySpan<byte> data)
    {
        for (long at = 8; at + 12 <= data.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(data[(int)at..]);
            var name = data.Slice((int)at + 4, 4);
            if (name.SequenceEqual("IEND"u8) || length > data.Length - at - 12)
            {
                return null;
            }

            if (name.SequenceEqual("eXIf"u8))
            {
                return new ExifProfile(data.Slice((int)at + 8, (int)length).ToArray());
            }

            at += 12 + (long)length;
        }

        return null;
    }
}
