using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.Formats.Bmp;
using SixLabors.ImageSharp.Formats.Jpeg;
using SixLabors.ImageSharp.Formats.Png;

namespace SixLabors.ImageSharp;

/// <summary>Writing to files and streams.</summary>
public static class ImageExtensions
{
    public static void Save(this Image source, string path) => source.Save(path, EncoderFor(source, path));

    public static Task SaveAsync(this Image source, string path, CancellationToken cancellationToken = default) =>
        source.SaveAsync(path, EncoderFor(source, path), cancellationToken);

    public static void Save(this Image source, string path, IImageEncoder encoder)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(encoder);
        using var memory = new MemoryStream();
        source.Save(memory, encoder);
        using var file = File.Create(path);
        file.Write(memory.GetBuffer(), 0, (int)memory.Length);
    }

    public static async Task SaveAsync(this Image source, string path, IImageEncoder encoder, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(encoder);
        using var memory = new MemoryStream();
        await source.SaveAsync(memory, encoder, cancellationToken);
        await File.WriteAllBytesAsync(path, memory.ToArray(), cancellationToken);
    }

    public static void Save(this Image source, Stream stream, IImageFormat format)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(format);
        if (!stream.CanWrite)
        {
            throw new NotSupportedException("The stream cannot be written to.");
        }

        source.Save(stream, source.Configuration.ImageFormatsManager.GetEncoder(format));
    }

    public static string ToBase64String(this Image source, IImageFormat format)
    {
        ArgumentNullException.ThrowIfNull(format);
        using var memory = new MemoryStream();
        source.Save(memory, format);
        return $"data:{format.DefaultMimeType};base64,{Convert.ToBase64String(memory.GetBuffer(), 0, (int)memory.Length)}";
    }

    public static void SaveAsPng(this Image source, string path) => source.Save(path, new PngEncoder());

    public static void SaveAsPng(this Image source, string path, PngEncoder encoder) => source.Save(path, encoder ?? new PngEncoder());

    public static void SaveAsPng(this Image source, Stream stream) => source.Save(stream, new PngEncoder());

    public static void SaveAsPng(this Image source, Stream stream, PngEncoder encoder) => source.Save(stream, encoder ?? new PngEncoder());

    public static Task SaveAsPngAsync(this Image source, string path) => source.SaveAsync(path, new PngEncoder());

    public static Task SaveAsPngAsync(this Image source, Stream stream, CancellationToken cancellationToken = default) =>
        source.SaveAsync(stream, new PngEncoder(), cancellationToken);

    public static void SaveAsJpeg(this Image source, string path) => source.Save(path, new JpegEncoder());

    public static void SaveAsJpeg(this Image source, string path, JpegEncoder encoder) => source.Save(path, encoder ?? new JpegEncoder());

    public static void SaveAsJpeg(this Image source, Stream stream) => source.Save(stream, new JpegEncoder());

    public static void SaveAsJpeg(this Image source, Stream stream, JpegEncoder encoder) => source.Save(stream, encoder ?? new JpegEncoder());

    public static Task SaveAsJpegAsync(this Image source, string path) => source.SaveAsync(path, new JpegEncoder());

    public static Task SaveAsJpegAsync(this Image source, Stream stream, CancellationToken cancellationToken = default) =>
        source.SaveAsync(stream, new JpegEncoder(), cancellationToken);

    public static void SaveAsBmp(this Image source, string path) => source.Save(path, new BmpEncoder());

    public static void SaveAsBmp(this Image source, Stream stream) => source.Save(stream, new BmpEncoder());

    private static IImageEncoder EncoderFor(Image source, string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var formats = source.Configuration.ImageFormatsManager;
        var extension = Path.GetExtension(path);
        return extension.Length > 1 && formats.TryFindFormatByFileExtension(extension, out var format)
            ? formats.GetEncoder(format)
            : throw new UnknownImageFormatException($"No encoder goes by the file name extension \"{extension}\" of {path}: use .png, .jpg or .bmp.");
    }
}
