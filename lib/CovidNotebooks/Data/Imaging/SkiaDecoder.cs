using System.Buffers;
using System.Buffers.Binary;
using SkiaSharp;

namespace CovidNotebooks.Data.Imaging;

/// <summary>
/// JPEG, PNG of up to 8 bits, BMP, GIF and WebP by Skia, whose pixels are those of Pillow: both stand on libjpeg-turbo and libwebp, and no
/// colour profile is
/// applied (a colour space of null).
/// </summary>
internal static class SkiaDecoder
{
    public static bool IsGif(ReadOnlySpan<byte> file) => file.StartsWith("GIF87a"u8) || file.StartsWith("GIF89a"u8);

    public static bool IsWebP(ReadOnlySpan<byte> file) => file.Length >= 12 && file.StartsWith("RIFF"u8) && file[8..].StartsWith("WEBP"u8);

    /// <summary>The header of a BMP, GIF or WebP file.</summary>
    public static unsafe (ImageHeader? Header, string Found, string Advice) ReadHeader(ReadOnlySpan<byte> file, ImageFileFormat format)
    {
        if (format == ImageFileFormat.WebP && BinaryPrimitives.ReadUInt32LittleEndian(file[4..]) + 8L > file.Length)
        {
            return (null, ImageStructure.Truncated("WebP", file.Length), ImageStructure.TruncatedAdvice);
        }

        fixed (byte* bytes = file)
        {
            using var data = SKData.Create((nint)bytes, file.Length);
            using var codec = SKCodec.Create(data);
            if (codec is null)
            {
                return (null, $"the {Name(format)}'s header is damaged or cut off.", ImageStructure.TruncatedAdvice);
            }

            var info = codec.Info;
            var mode = format switch
            {
                ImageFileFormat.Gif => "P",
                ImageFileFormat.Bmp => file.Length > 30 && file[file[14] == 12 ? 24 : 28] <= 8 ? "P"
                    : info.AlphaType == SKAlphaType.Opaque ? "RGB" : "RGBA",
                _ => info.AlphaType == SKAlphaType.Opaque ? "RGB" : "RGBA",
            };
            return (new ImageHeader(format, info.Width, info.Height, mode, 8, IsProgressive: false), "", "");
        }
    }

    /// <summary>The first frame as RGB, and its EXIF orientation (1 to 8).</summary>
    /// <exception cref="BadImageException">The content is damaged or cut off.</exception>
    public static unsafe (PixelImage Image, int Orientation) Decode(ReadOnlySpan<byte> file, ImageHeader header, string path)
    {
        fixed (byte* bytes = file)
        {
            using var data = SKData.Create((nint)bytes, file.Length);
            using var codec = SKCodec.Create(data) ?? throw Damaged("its header cannot be read");
            var found = codec.Info;
            if (found.Width != header.Width || found.Height != header.Height)
            {
                throw Damaged($"it has two headers, of {header.Width} x {header.Height} and of {found.Width} x {found.Height} pixels");
            }

            var gray = found.ColorType == SKColorType.Gray8;
            var alpha = found.AlphaType == SKAlphaType.Opaque ? SKAlphaType.Opaque : SKAlphaType.Unpremul;
            var wanted = new SKImageInfo(found.Width, found.Height, gray ? SKColorType.Gray8 : SKColorType.Rgba8888, alpha,
                colorspace: null);
            var pixels = ArrayPool<byte>.Shared.Rent(wanted.BytesSize);
            try
            {
                SKCodecResult result;
                fixed (byte* target = pixels)
                {
                    result = codec.GetPixels(wanted, (nint)target, wanted.RowBytes, SKCodecOptions.Default);
                }

                return result switch
                {
                    SKCodecResult.Success =>
                        (gray ? new PixelImage(found.Width, found.Height, 1, pixels[..wanted.BytesSize]).ToRgb()
                        : WithoutAlpha(pixels, found), (int)codec.EncodedOrigin),
                    SKCodecResult.IncompleteInput =>
                        throw new BadImageException(path, ImageStructure.Truncated(Name(header.Format), file.Length),
                        ImageStructure.TruncatedAdvice),
                    _ => throw Damaged($"Skia says {result}"),
                };
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(pixels);
            }
        }

        BadImageException Damaged(string found) =>
            new(path, $"the {Name(header.Format)} content is damaged: {found}.", ImageStructure.DamagedAdvice);
    }

    private static PixelImage WithoutAlpha(byte[] rgba, SKImageInfo size)
    {
        var image = new PixelImage(size.Width, size.Height, 3);
        var rgb = image.Pixels;
        for (int from = 0, to = 0; to < rgb.Length; from += 4, to += 3)
        {
            rgb[to] = rgba[from];
            rgb[to + 1] = rgba[from + 1];
            rgb[to + 2] = rgba[from + 2];
        }

        return image;
    }

    private static string Name(ImageFileFormat format) => format == ImageFileFormat.WebP ? "WebP" : format.ToString().ToUpperInvariant();
}
