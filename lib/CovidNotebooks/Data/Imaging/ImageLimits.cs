namespace CovidNotebooks.Data.Imaging;

/// <summary>What an image file may cost at most. Checked on the file's header, before anything is decoded.</summary>
public sealed record ImageLimits
{
    /// <summary>More pixels are never decoded, whatever the limits say: four bytes each fit into one array (536,870,911).</summary>
    public const long MostPixels = int.MaxValue / 4;

    /// <summary>The default limits.</summary>
    public static ImageLimits Default { get; } = new();

    /// <summary>Largest file in bytes. Default 64 MB (67,108,864).</summary>
    public long MaxFileBytes { get; init; } = 64L << 20;

    /// <summary>Largest width or height in pixels. Default 16,384.</summary>
    public int MaxSide { get; init; } = 16_384;

    /// <summary>Most pixels (width × height). Default 89,478,485, the number above which Pillow warns of a decompression bomb.</summary>
    public long MaxPixels { get; init; } = 89_478_485;

    /// <summary>Throws when a limit is not positive.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A limit is less than 1.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxFileBytes, 1, nameof(MaxFileBytes));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxSide, 1, nameof(MaxSide));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxPixels, 1, nameof(MaxPixels));
    }
}
