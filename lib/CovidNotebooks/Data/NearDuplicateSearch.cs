using System.Collections.Concurrent;
using CovidNotebooks.Data.Imaging;

namespace CovidNotebooks.Data;

/// <summary>Pairs of pictures whose grey thumbnails of 64 × 64 pixels correlate by .97 or more.</summary>
/// <remarks>Mirrored, cropped and annotated copies are not found this way.</remarks>
internal static class NearDuplicateSearch
{
    public const double Threshold = 0.97;
    private const int Side = 64;
    private const int CoarseSide = 16;
    private const float CoarseThreshold = 0.93f;

    public static IReadOnlyList<NearDuplicate> Pairs(IReadOnlyList<(string File, AuditedImage Image)> images)
    {
        var thumbnails = new (float[] Fine, float[] Coarse)?[images.Count];
        Parallel.For(0, images.Count, i => thumbnails[i] = Thumbnail(images[i].File));
        var pairs = new ConcurrentBag<NearDuplicate>();
        Parallel.For(0, images.Count, i =>
        {
            if (thumbnails[i] is not { } first)
            {
                return;
            }

            for (var j = i + 1; j < images.Count; j++)
            {
                if (thumbnails[j] is { } second
                    && Vectors.Dot(first.Coarse, second.Coarse) >= CoarseThreshold
                    && Vectors.Dot(first.Fine, second.Fine) is var correlation && correlation >= Threshold)
                {
                    pairs.Add(new NearDuplicate(images[i].Image, images[j].Image, Math.Min(1, correlation)));
                }
            }
        });
        return [.. pairs.OrderByDescending(pair => pair.Correlation).ThenBy(pair => pair.First.Path, StringComparer.Ordinal).ThenBy(pair => pair.Second.Path, StringComparer.Ordinal)];
    }

    private static (float[] Fine, float[] Coarse)? Thumbnail(string file)
    {
        try
        {
            var fine = ImageResizer.Resize(new ImageFileReader().Read(file).ToGrayscale(), Side, Side, Interpolation.PilBilinear);
            return (Standardised(fine), Standardised(ImageResizer.Resize(fine, CoarseSide, CoarseSide, Interpolation.PilBilinear)));
        }
        catch (BadImageException)
        {
            return null; // Unreadable files are the data card's business.
        }
    }

    private static float[] Standardised(PixelImage image) => Vectors.Standardise([.. image.Pixels.Select(pixel => (float)pixel)]);
}
