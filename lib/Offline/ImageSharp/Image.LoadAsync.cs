using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.PixelFormats;

namespace SixLabors.ImageSharp;

/// <summary>Reading from files and streams without holding the calling thread.</summary>
public abstract partial class Image
{
    public static Task<IImageFormat> DetectFormatAsync(string path, CancellationToken cancellationToken = default) =>
        DetectFormatAsync(DecoderOptions.Default, path, cancellationToken);

    public static Task<IImageFormat> DetectFormatAsync(DecoderOptions options, string path, CancellationToken cancellationToken = default) =>
        ImageData.ReadAsync(options, path, ImageCodec.Detect, cancellationToken);

    public static Task<ImageInfo> IdentifyAsync(string path, CancellationToken cancellationToken = default) =>
        IdentifyAsync(DecoderOptions.Default, path, cancellationToken);

    public static Task<ImageInfo> IdentifyAsync(DecoderOptions options, string path, CancellationToken cancellationToken = default) =>
        ImageData.ReadAsync(options, path, ImageCodec.Identify, cancellationToken);

    public static Task<ImageInfo> IdentifyAsync(Stream stream, CancellationToken cancellationToken = default) =>
        IdentifyAsync(DecoderOptions.Default, stream, cancellationToken);

    public static Task<ImageInfo> IdentifyAsync(DecoderOptions options, Stream stream, CancellationToken cancellationToken = default) =>
        ImageData.ReadAsync(options, stream, ImageCodec.Identify, cancellationToken);

    public static Task<Image> LoadAsync(string path, CancellationToken cancellationToken = default) =>
        LoadAsync(DecoderOptions.Default, path, cancellationToken);

    public static Task<Image> LoadAsync(DecoderOptions options, string path, CancellationToken cancellationToken = default) =>
        ImageData.ReadAsync(options, path, ImageCodec.Decode, cancellationToken);

    public static Task<Image> LoadAsync(Stream stream, CancellationToken cancellationToken = default) =>
        LoadAsync(DecoderOptions.Default, stream, cancellationToken);

    public static Task<Image> LoadAsync(DecoderOptions options, Stream stream, CancellationToken cancellationToken = default) =>
        ImageData.ReadAsync(options, stream, ImageCodec.Decode, cancellationToken);

    public static Task<Image<TPixel>> LoadAsync<TPixel>(string path, CancellationToken cancellationToken = default)
        where TPixel : unmanaged, IPixel<TPixel> => LoadAsync<TPixel>(DecoderOptions.Default, path, cancellationToken);

    public static Task<Image<TPixel>> LoadAsync<TPixel>(DecoderOptions options, string path, CancellationToken cancellationToken = default)
        where TPixel : unmanaged, IPixel<TPixel> => ImageData.ReadAsync(options, path, ImageCodec.Decode<TPixel>, cancellationToken);

    public static Task<Image<TPixel>> LoadAsync<TPixel>(Stream stream, CancellationToken cancellationToken = default)
        where TPixel : unmanaged, IPixel<TPixel> => LoadAsync<TPixel>(DecoderOptions.Default, stream, cancellationToken);

    public static Task<Image<TPixel>> LoadAsync<TPixel>(DecoderOptions options, Stream stream, CancellationToken cancellationToken = default)
        where TPixel : unmanaged, IPixel<TPixel> => ImageData.ReadAsync(options, stream, ImageCodec.Decode<TPixel>, cancellationToken);
}
