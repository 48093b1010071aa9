using SixLabors.ImageSharp.Formats.Bmp;
using SixLabors.ImageSharp.Formats.Jpeg;
using SixLabors.ImageSharp.Formats.Png;
using SixLabors.ImageSharp.Memory;
using SixLabors.ImageSharp.Metadata;
using SixLabors.ImageSharp.PixelFormats;
using SixLabors.ImageSharp.Processing;

namespace SixLabors.ImageSharp.Formats;

/// <summary>Finds the format by the first bytes and calls its reader.</summary>
internal static class ImageCodec
{
    private static ReadOnlySpan<byte> PngSignature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    public static IImageFormat Detect(DecoderOptions options, ReadOnlySpan<byte> data)
    {
        if (data.StartsWith(PngSignature))
        {
            return PngFormat.Instance;
        }

        if (data.Length >= 4 && data[0] == 0xFF && data[1] == 0xD8 && data[2] == 0xFF)
        {
            return JpegFormat.Instance;
        }

        return BmpReader.Recognizes(data)
            ? BmpFormat.Instance
            : throw new UnknownImageFormatException(
                data.IsEmpty
                    ? "There are no bytes: the picture is an empty file or stream."
                    : $"The data is no picture of a known format (JPEG, PNG, BMP): it begins with {Convert.ToHexString(data[..Math.Min(8, data.Length)])}.");
    }

    public static ImageInfo Identify(DecoderOptions options, ReadOnlySpan<byte> data) => Detect(options, data) switch
    {
        PngFormat => PngReader.Identify(data, options),
        JpegFormat => JpegReader.Identify(data, options),
        _ => BmpReader.Identify(data),
    };

    public static Image Decode(DecoderOptions options, ReadOnlySpan<byte> data) => Detect(options, data) switch
    {
        PngFormat => PngReader.NaturalPixel(data) switch
        {
            (1, 8) => Decode<L8>(options, data),
            (1, 16) => Decode<L16>(options, data),
            (2, 8) => Decode<La16>(options, data),
            (2, 16) => Decode<La32>(options, data),
            (3, 8) => Decode<Rgb24>(options, data),
            (3, 16) => Decode<Rgb48>(options, data),
            (4, 16) => Decode<Rgba64>(options, data),
            _ => Decode<Rgba32>(options, data),
        },
        JpegFormat => Decode<Rgb24>(options, data),
        _ => Decode<Rgba32>(options, data),
    };

    public static Image<TPixel> Decode<TPixel>(DecoderOptions options, ReadOnlySpan<byte> data)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        var image = Detect(options, data) switch
        {
            PngFormat => PngReader.Decode<TPixel>(data, options),
            JpegFormat => JpegReader.Decode<TPixel>(data, options),
            _ => BmpReader.Decode<TPixel>(data, options),
        };
        if (options.TargetSize is { } target && target.Width != image.Width && target.Height != image.Height)
        {
            image.Mutate(context => context.Resize(new ResizeOptions { Size = target, Mode = ResizeMode.Max, Sampler = options.Sampler }));
        }

        return image;
    }

    /// <summary>A picture to decode into; a picture over the allocator's limit is a damaged one.</summary>
    public static Image<TPixel> Allocate<TPixel>(DecoderOptions options, int width, int height, ImageMetadata metadata)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        if (width <= 0 || height <= 0)
        {
            throw new InvalidImageContentException($"The header says {width} x {height} pixels.");
        }

        try
        {
            return new Image<TPixel>(options.Configuration, width, height, metadata, clear: false);
        }
        catch (Exception e) when (e is InvalidMemoryOperationException or OutOfMemoryException)
        {
            throw new InvalidImageContentException($"The picture is too large to read: {width} x {height} pixels. {e.Message}", e);
        }
    }

    /// <summary>The bytes of a buffer to decode into before the pixels are converted.</summary>
    public static int BufferSize(Configuration configuration, int width, int height, int bytesPerPixel)
    {
        try
        {
            return configuration.MemoryAllocator.BytesFor(width, height, bytesPerPixel);
        }
        catch (InvalidMemoryOperationException e)
        {
            throw new InvalidImageContentException($"The picture is too large to read: {e.Message}", e);
        }
    }
}
