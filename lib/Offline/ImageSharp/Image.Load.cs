using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.PixelFormats;

namespace SixLabors.ImageSharp;

/// <summary>Reading from files, streams and bytes.</summary>
public abstract partial class Image
{
    public static IImageFormat DetectFormat(string path) => DetectFormat(DecoderOptions.Default, path);

    public static IImageFormat DetectFormat(DecoderOptions options, string path) => ImageData.Read(options, path, ImageCodec.Detect);

    public static IImageFormat DetectFormat(Stream stream) => DetectFormat(DecoderOptions.Default, stream);

    public static IImageFormat DetectFormat(DecoderOptions options, Stream stream) => ImageData.Read(options, stream, ImageCodec.Detect, stay: true);

    public static IImageFormat DetectFormat(ReadOnlySpan<byte> buffer) => DetectFormat(DecoderOptions.Default, buffer);

    public static IImageFormat DetectFormat(DecoderOptions options, ReadOnlySpan<byte> buffer) => ImageData.Read(options, buffer, ImageCodec.Detect);

    public static ImageInfo Identify(string path) => Identify(DecoderOptions.Default, path);

    public static ImageInfo Identify(DecoderOptions options, string path) => ImageData.Read(options, path, ImageCodec.Identify);

    public static ImageInfo Identify(Stream stream) => Identify(DecoderOptions.Default, stream);

    public static ImageInfo Identify(DecoderOptions options, Stream stream) => ImageData.Read(options, stream, ImageCodec.Identify);

    public static ImageInfo Identify(ReadOnlySpan<byte> buffer) => Identify(DecoderOptions.Default, buffer);

    public static ImageInfo Identify(DecoderOptions options, ReadOnlySpan<byte> buffer) => ImageData.Read(options, buffer, ImageCodec.Identify);

    public static Image Load(string path) => Load(DecoderOptions.Default, path);

    public static Image Load(DecoderOptions options, string path) => ImageData.Read(options, path, ImageCodec.Decode);

    public static Image Load(Stream stream) => Load(DecoderOptions.Default, stream);

    public static Image Load(DecoderOptions options, Stream stream) => ImageData.Read(options, stream, ImageCodec.Decode);

    public static Image Load(ReadOnlySpan<byte> buffer) => Load(DecoderOptions.Default, buffer);

    public static Image Load(DecoderOptions options, ReadOnlySpan<byte> buffer) => ImageData.Read(options, buffer, ImageCodec.Decode);

    public static Image<TPixel> Load<TPixel>(string path)
        where TPixel : unmanaged, IPixel<TPixel> => Load<TPixel>(DecoderOptions.Default, path);

    public static Image<TPixel> Load<TPixel>(DecoderOptions options, string path)
        where TPixel : unmanaged, IPixel<TPixel> => ImageData.Read(options, path, ImageCodec.Decode<TPixel>);

    public static Image<TPixel> Load<TPixel>(Stream stream)
        where TPixel : unmanaged, IPixel<TPixel> => Load<TPixel>(DecoderOptions.Default, stream);

    public static Image<TPixel> Load<TPixel>(DecoderOptions options, Stream stream)
        where TPixel : unmanaged, IPixel<TPixel> => ImageData.Read(options, stream, ImageCodec.Decode<TPixel>);

    public static Image<TPixel> Load<TPixel>(ReadOnlySpan<byte> data)
        where TPixel : unmanaged, IPixel<TPixel> => Load<TPixel>(DecoderOptions.Default, data);

    public static Image<TPixel> Load<TPixel>(DecoderOptions options, ReadOnlySpan<byte> data)
        where TPixel : unmanaged, IPixel<TPixel> => ImageData.Read(options, data, ImageCodec.Decode<TPixel>);
}
