namespace SixLabors.ImageSharp.Formats.Bmp;

/// <summary>The format BMP.</summary>
public sealed class BmpFormat : IImageFormat<BmpMetadata>
{
    private BmpFormat()
    {
    }

    public static BmpFormat Instance { get; } = new();

    public string Name => "BMP";

    public string DefaultMimeType => "image/bmp";

    public IEnumerable<string> MimeTypes { get; } = ["image/bmp", "image/x-windows-bmp", "image/x-win-bitmap"];

    public IEnumerable<string> FileExtensions { get; } = ["bm", "bmp", "dip"];

    public BmpMetadata CreateDefaultFormatMetadata() => new();
}
