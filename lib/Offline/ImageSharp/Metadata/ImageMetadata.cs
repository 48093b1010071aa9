using System.Diagnostics.CodeAnalysis;
using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.Metadata.Profiles.Exif;

namespace SixLabors.ImageSharp.Metadata;

/// <summary>What a file says about its picture beside the pixels.</summary>
public sealed class ImageMetadata
{
    public const double DefaultHorizontalResolution = 96;
    public const double DefaultVerticalResolution = 96;
    public const PixelResolutionUnit DefaultPixelResolutionUnits = PixelResolutionUnit.PixelsPerInch;

    private readonly Dictionary<IImageFormat, object> ofFormat = [];
    private double horizontalResolution = DefaultHorizontalResolution;
    private double verticalResolution = DefaultVerticalResolution;

    /// <summary>Pixels in a unit; zero and less are ignored.</summary>
    public double HorizontalResolution
    {
        get => horizontalResolution;
        set => horizontalResolution = value > 0 ? value : horizontalResolution;
    }

    /// <summary>Pixels in a unit; zero and less are ignored.</summary>
    public double VerticalResolution
    {
        get => verticalResolution;
        set => verticalResolution = value > 0 ? value : verticalResolution;
    }

    public PixelResolutionUnit ResolutionUnits { get; set; } = DefaultPixelResolutionUnits;

    public ExifProfile? ExifProfile { get; set; }

    public IImageFormat? DecodedImageFormat { get; internal set; }

    public TFormatMetadata GetFormatMetadata<TFormatMetadata>(IImageFormat<TFormatMetadata> key)
        where TFormatMetadata : class
    {
        if (!ofFormat.TryGetValue(key, out var found))
        {
            ofFormat[key] = found = key.CreateDefaultFormatMetadata();
        }

        return (TFormatMetadata)found;
    }

    public bool TryGetFormatMetadata<TFormatMetadata>(IImageFormat<TFormatMetadata> key, [NotNullWhen(true)] out TFormatMetadata? metadata)
        where TFormatMetadata : class
    {
        metadata = ofFormat.TryGetValue(key, out var found) ? (TFormatMetadata)found : null;
        return metadata is not null;
    }

    public ImageMetadata DeepClone()
    {
        var clone = new ImageMetadata
        {
            HorizontalResolution = HorizontalResolution,
            VerticalResolution = VerticalResolution,
            ResolutionUnits = ResolutionUnits,
            ExifProfile = ExifProfile?.DeepClone(),
            DecodedImageFormat = DecodedImageFormat,
        };
        foreach (var (format, metadata) in ofFormat)
        {
            clone.ofFormat[format] = metadata is IDeepCloneable cloneable ? cloneable.DeepClone() : metadata;
        }

        return clone;
    }
}
