namespace SixLabors.ImageSharp.Formats;

/// <summary>A file format and its names.</summary>
public interface IImageFormat
{
    string Name { get; }

    string DefaultMimeType { get; }

    IEnumerable<string> MimeTypes { get; }

    IEnumerable<string> FileExtensions { get; }
}

/// <summary>A file format that has facts of its own about a picture.</summary>
public interface IImageFormat<out TFormatMetadata> : IImageFormat
    where TFormatMetadata : class
{
    TFormatMetadata CreateDefaultFormatMetadata();
}
