using CovidNotebooks.Data.Imaging;

namespace CovidNotebooks.Audit;

/// <summary>How much of each file a scan keeps.</summary>
public enum ScanDepth
{
    /// <summary>The hash and the header; nothing is decoded.</summary>
    Headers,

    /// <summary>Also the thumbnails, for which the picture is decoded once.</summary>
    Pictures,

    /// <summary>Also a copy of 128 × 128 grey levels, for laying pictures over each other.</summary>
    Details,
}

/// <summary>What one scan found in a file.</summary>
/// <param name="Path">The file.</param>
/// <param name="Sha256">The hash of its bytes, in lower-case hexadecimal digits; null where it cannot be read at all.</param>
/// <param name="Header">What it says of itself; null where it is no whole image.</param>
/// <param name="Problem">What is wrong with it, as far as the scan looked; null for a good file.</param>
public sealed record ScannedFile(string Path, string? Sha256, ImageHeader? Header, BadImageException? Problem)
{
    /// <summary>
    /// 64 grey levels, 8 × 8, by Pillow's LANCZOS, whose filter widens so that every pixel counts; null where nothing was decoded.
    /// </summary>
    public IReadOnlyList<byte>? Smallest { get; init; }

    /// <summary>64 × 64 grey levels, by Pillow's BILINEAR; null where nothing was decoded.</summary>
    public PixelImage? Thumbnail { get; init; }

    /// <summary>128 × 128 grey levels; null where they were not asked for.</summary>
    public PixelImage? Detail { get; init; }

    /// <summary>How deep its samples are, without a class; null where nothing was decoded.</summary>
    public FileDepth? Depth { get; init; }

    /// <summary>
    /// The same file as a scan of less depth would have found it, so that a result does not depend on what was looked at before.
    /// </summary>
    /// <param name="depth">The depth that is asked for.</param>
    internal ScannedFile At(ScanDepth depth) => depth == ScanDepth.Headers
        ? this with { Problem = Header is null ? Problem : null, Smallest = null, Thumbnail = null, Detail = null, Depth = null }
        : this;
}
