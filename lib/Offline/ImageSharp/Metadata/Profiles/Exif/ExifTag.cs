namespace SixLabors.ImageSharp.Metadata.Profiles.Exif;

/// <summary>The number of an EXIF value.</summary>
public abstract class ExifTag : IEquatable<ExifTag>
{
    private readonly ushort value;

    private protected ExifTag(ushort value) => this.value = value;

    public static ExifTag<ushort> Orientation { get; } = new(0x0112);

    public static ExifTag<ushort> PhotometricInterpretation { get; } = new(0x0106);

    public static ExifTag<ushort> SamplesPerPixel { get; } = new(0x0115);

    public static ExifTag<ushort> ResolutionUnit { get; } = new(0x0128);

    public static ExifTag<ushort> ColorSpace { get; } = new(0xA001);

    public static ExifTag<string> ImageDescription { get; } = new(0x010E);

    public static ExifTag<string> Make { get; } = new(0x010F);

    public static ExifTag<string> Model { get; } = new(0x0110);

    public static ExifTag<string> Software { get; } = new(0x0131);

    public static ExifTag<string> DateTime { get; } = new(0x0132);

    public static ExifTag<string> Artist { get; } = new(0x013B);

    public static ExifTag<string> Copyright { get; } = new(0x8298);

    public static ExifTag<string> DateTimeOriginal { get; } = new(0x9003);

    public static bool operator ==(ExifTag? left, ExifTag? right) => Equals(left, right);

    public static bool operator !=(ExifTag? left, ExifTag? right) => !Equals(left, right);

    public static explicit operator ushort(ExifTag tag) => tag?.value ?? ushort.MaxValue;

    public bool Equals(ExifTag? other) => other is not null && value == other.value;

    public override bool Equals(object? obj) => Equals(obj as ExifTag);

    public override int GetHashCode() => value.GetHashCode();

    public override string ToString() => $"0x{value:X4}";
}

/// <summary>The number of an EXIF value and the type of the value.</summary>
public sealed class ExifTag<TValueType> : ExifTag
{
    internal ExifTag(ushort value)
        : base(value)
    {
    }
}
