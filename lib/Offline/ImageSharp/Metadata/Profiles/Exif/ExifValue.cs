namespace SixLabors.ImageSharp.Metadata.Profiles.Exif;

/// <summary>A number or a text under a tag.</summary>
internal sealed class ExifValue<TValueType>(ExifTag<TValueType> tag, TValueType value) : IExifValue<TValueType>
{
    public ExifTag Tag => tag;

    public TValueType? Value { get; set; } = value;

    public object? GetValue() => Value;
}
