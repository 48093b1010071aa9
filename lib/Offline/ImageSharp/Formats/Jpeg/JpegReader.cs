using System.Buffers;
using System.Runtime.InteropServices;
using SixLabors.ImageSharp.Interop;
using SixLabors.ImageSharp.Metadata;
using SixLabors.ImageSharp.Metadata.Profiles.Exif;
using SixLabors.ImageSharp.PixelFormats;

namespace SixLabors.ImageSharp.Formats.Jpeg;

/// <summary>Reads JPEG by libjpeg-turbo; what is missing at the end of the data is gray, without a word.</summary>
internal static class JpegReader
{
    private static ReadOnlySpan<byte> ExifCode => "Exif\0\0"u8;

    public static ImageInfo Identify(ReadOnlySpan<byte> data, DecoderOptions options)
    {
        var header = NativeImages.ReadHeader(NativeImages.Codec.Jpeg, data);
        return new ImageInfo(new PixelTypeInfo(header.FileChannels * 8), new Size(header.Width, header.Height), Metadata(data, header, options));
    }

    public static Image<TPixel> Decode<TPixel>(ReadOnlySpan<byte> data, DecoderOptions options)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        var header = NativeImages.ReadHeader(NativeImages.Codec.Jpeg, data);
        var image = ImageCodec.Allocate<TPixel>(options, header.Width, header.Height, Metadata(data, header, options));
        try
        {
            var limit = options.Configuration.MemoryAllocator.Limit * 2;
            var stride = header.Width * header.Channels;
            if ((header.Channels == 3 && typeof(TPixel) == typeof(Rgb24)) || (header.Channels == 1 && typeof(TPixel) == typeof(L8)))
            {
                NativeImages.Decode(NativeImages.Codec.Jpeg, data, ref header, MemoryMarshal.AsBytes(image.Pixels), stride, limit);
                return image;
            }

            var size = ImageCodec.BufferSize(options.Configuration, header.Width, header.Height, header.Channels);
            var buffer = ArrayPool<byte>.Shared.Rent(size);
            try
            {
                NativeImages.Decode(NativeImages.Codec.Jpeg, data, ref header, buffer.AsSpan(0, size), stride, limit);
                Convert(buffer.AsSpan(0, size), header.Channels, image);
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }

            return image;
        }
        catch
        {
            image.Dispose();
            throw;
        }
    }

    private static void Convert<TPixel>(Span<byte> pixels, int channels, Image<TPixel> image)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        switch (channels)
        {
            case 1:
                PixelRows.Convert<L8, TPixel>(MemoryMarshal.Cast<byte, L8>(pixels), image.Pixels);
                break;
            case 3:
                PixelRows.Convert<Rgb24, TPixel>(MemoryMarshal.Cast<byte, Rgb24>(pixels), image.Pixels);
                break;
            default:
                var colors = FromInvertedCmyk(pixels);
                PixelRows.Convert<Rgb24, TPixel>(colors, image.Pixels);
                break;
        }
    }

    /// <summary>CMYK as Adobe stores it (255 is no ink) to RGB, in place: each channel is what its ink and the black let through.</summary>
    private static Span<Rgb24> FromInvertedCmyk(Span<byte> pixels)
    {
        var colors = MemoryMarshal.Cast<byte, Rgb24>(pixels)[..(pixels.Length / 4)];
        for (var i = 0; i < colors.Length; i++)
        {
            var black = pixels[(i * 4) + 3];
            colors[i] = new Rgb24(Light(pixels[i * 4], black), Light(pixels[(i * 4) + 1], black), Light(pixels[(i * 4) + 2], black));
        }

        return colors;
    }

    private static byte Light(byte paper, byte black)
    {
        var taken = ((255 - paper) * black) + 128;
        return (byte)Math.Max(0, black - (((taken >> 8) + taken) >> 8));
    }

    private static ImageMetadata Metadata(ReadOnlySpan<byte> data, in NativeHeader header, DecoderOptions options)
    {
        var metadata = new ImageMetadata { DecodedImageFormat = JpegFormat.Instance };
        var jpeg = metadata.GetFormatMetadata(JpegFormat.Instance);
        jpeg.Progressive = header.Progressive != 0;
        jpeg.ColorType = header.FileChannels switch
        {
            1 => JpegEncodingColor.Luminance,
            4 => JpegEncodingColor.Cmyk,
            _ => null,
        };
        if (header.Quality > 0)
        {
            jpeg.Quality = header.Quality;
        }

        if (options.SkipMetadata)
        {
            return metadata;
        }

        if (header is { DensityUnit: >= 0, DensityX: > 0, DensityY: > 0 })
        {
            metadata.ResolutionUnits = (PixelResolutionUnit)Math.Min(header.DensityUnit, 2);
            metadata.HorizontalResolution = header.DensityX;
            metadata.VerticalResolution = header.DensityY;
        }

        metadata.ExifProfile = FindExif(data);
        return metadata;
    }

    /// <summary>Walks the segments before the first scan for the EXIF block.</summary>
    private static ExifProfile? FindExif(ReadOnlySpan<byte> data)
    {
        for (var at = 2; at + 4 <= data.Length;)
        {
            var (marker, length) = (data[at + 1], (data[at + 2] << 8) | data[at + 3]);
            if (data[at] != 0xFF || marker is 0xDA or 0xD9 || length < 2)
            {
                return null;
            }

            if (marker == 0xFF)
            {
                at++;
                continue;
            }

            var end = Math.Min(data.Length, at + 2 + length);
            var segment = data[(at + 4)..Math.Max(at + 4, end)];
            if (marker == 0xE1 && segment.StartsWith(ExifCode))
            {
                return new ExifProfile(segment.ToArray());
            }

            at += 2 + length;
        }

        return null;
    }
}
