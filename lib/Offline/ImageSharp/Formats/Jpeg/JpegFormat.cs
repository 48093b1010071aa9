namespace SixLabors.ImageSharp.Formats.Jpeg;

/// <summary>The format JPEG.</summary>
public sealed class JpegFormat : IImageFormat<JpegMetadata>
{
    private JpegFormat()
    {
    }

    public static JpegFormat Instance { get; } = new();

    public string Name => "JPEG";

    public string DefaultMimeType => "image/jpeg";

    public IEnumerable<string> MimeTypes { get; } = ["image/jpeg", "image/pjpeg"];

    public IEnumerable<string> FileExtensions { get; } = ["jpg", "jpeg", "jfif"];

    public JpegMetadata CreateDefaultFormatMetadata() => new();
}
