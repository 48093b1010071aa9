namespace SixLabors.ImageSharp.Metadata.Profiles.Exif;

/// <summary>An EXIF value.</summary>
public interface IExifValue
{
    ExifTag Tag { get; }

    object? GetValue();
}

/// <summary>An EXIF value of a known type.</summary>
public interface IExifValue<TValueType> : IExifValue
{
    TValueType? Value { get; set; }
}
