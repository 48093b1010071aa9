using System.Diagnostics.CodeAnalysis;
using SixLabors.ImageSharp.Formats.Bmp;
using SixLabors.ImageSharp.Formats.Jpeg;
using SixLabors.ImageSharp.Formats.Png;

namespace SixLabors.ImageSharp.Formats;

/// <summary>The formats that are known: JPEG, PNG and BMP.</summary>
public class ImageFormatManager
{
    private static readonly IImageFormat[] Known = [PngFormat.Instance, JpegFormat.Instance, BmpFormat.Instance];

    public IEnumerable<IImageFormat> ImageFormats => Known;

    public bool TryFindFormatByFileExtension(string extension, [NotNullWhen(true)] out IImageFormat? format)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(extension);
        format = Array.Find(Known, known => known.FileExtensions.Contains(extension.TrimStart('.'), StringComparer.OrdinalIgnoreCase));
        return format is not null;
    }

    public bool TryFindFormatByMimeType(string mimeType, [NotNullWhen(true)] out IImageFormat? format)
    {
        format = Array.Find(Known, known => known.MimeTypes.Contains(mimeType, StringComparer.OrdinalIgnoreCase));
        return format is not null;
    }

    public IImageEncoder GetEncoder(IImageFormat format)
    {
        ArgumentNullException.ThrowIfNull(format);
        return format switch
        {
            PngFormat => new PngEncoder(),
            JpegFormat => new JpegEncoder(),
            BmpFormat => new BmpEncoder(),
            _ => throw new UnknownImageFormatException($"There is no encoder for {format.Name}: pictures are written as PNG, JPEG or BMP."),
        };
    }
}
