namespace CovidNotebooks.Audit;

/// <summary>
/// A picture as 64 grey levels: BT.601 grey, shrunk to 8 × 8 by Pillow's LANCZOS, whose filter widens so that every pixel counts.
/// </summary>
internal static class ThumbnailFeatures
{
    public const int Side = 8;

    public static IReadOnlyList<string> Names { get; } =
        [.. Enumerable.Range(0, Side * Side).Select(i => $"row {(i / Side) + 1} column {(i % Side) + 1}")];

    public static double[] Of(ScannedFile file) => [.. file.Smallest!.Select(pixel => (double)pixel)];
}
