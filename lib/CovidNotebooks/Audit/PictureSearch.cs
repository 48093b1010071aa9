using System.Collections.Concurrent;

namespace CovidNotebooks.Audit;

/// <summary>An image that is compared with the others of a split.</summary>
/// <param name="Audited">Its name, part and class.</param>
/// <param name="Group">Its group; null when unknown.</param>
/// <param name="File">What the scan found.</param>
internal sealed record ComparedImage(AuditedImage Audited, string? Group, ScannedFile File);

/// <summary>
/// Pairs of pictures whose grey thumbnails of 64 × 64 pixels correlate by .97 or more upright; by .985 or more mirrored or turned by
/// quarters; or by −.985 or less in any of these ways: one is the other's negative.
/// </summary>
/// <remarks>
/// Saving again, JPEG compression, resizing and other brightness leave the correlation above .97, so such copies are found upright. Cropped
/// and heavily annotated copies are not found this way. A pair is told once, as it correlates best. <see cref="PictureIndex"/> leaves out
/// the pairs that cannot be alike; a picture costs 1.5 KB beside its thumbnail.
/// </remarks>
internal static class PictureSearch
{
    private const double UprightThreshold = 0.97;

    /// <summary>Fifteen more ways to be alike are fifteen more chances to be so by accident, above all for symmetrical pictures.</summary>
    private const double AlteredThreshold = 0.985;

    /// <summary>
    /// The search ends when it has found more: one picture that is there three thousand times is one finding, not millions, and a pair
    /// costs about 140 bytes.
    /// </summary>
    public const int MostPairs = 4_000_000;

    /// <summary>All pairs, those that are most alike first.</summary>
    /// <param name="images">The pictures; those without a thumbnail are like no other.</param>
    /// <param name="most">How many pairs at most; beyond it the search ends with those that it has.</param>
    /// <returns>The pairs, and whether these are all.</returns>
    public static (IReadOnlyList<NearDuplicate> Found, bool AreAll) Pairs(IReadOnlyList<ComparedImage> images, int most = MostPairs)
    {
        var spectra = new float[]?[images.Count];
        var thumbnails = new GreyThumbnail[images.Count];
        Parallel.For(0, images.Count, i =>
        {
            if (images[i].File.Thumbnail is { } thumbnail)
            {
                spectra[i] = PictureIndex.Spectrum(GreyVector.Of(thumbnail.Pixels));
                thumbnails[i] = new GreyThumbnail(thumbnail.Pixels);
            }
        });
        var index = new PictureIndex(spectra);
        var pairs = new ConcurrentBag<NearDuplicate>();
        var count = 0;
        var loop = Parallel.For(0, index.Order.Count, (place, state) =>
        {
            var i = index.Order[place];
            var turned = new GreyThumbnail?[PictureTurns.All.Count];
            var best = new Dictionary<int, (double Correlation, PictureTurn Turn)>();
            foreach (var (other, turn) in index.After(place, UprightThreshold, AlteredThreshold))
            {
                var known = best.GetValueOrDefault(other);
                if (known is { Turn: PictureTurn.Upright, Correlation: > 0 })
                {
                    // An upright copy is that, however symmetrical the picture is.
                    continue;
                }

                var correlation = (turned[(int)turn] ??= thumbnails[i].Turned(turn)).Correlation(thumbnails[other]);
                var threshold = turn == PictureTurn.Upright && correlation > 0 ? UprightThreshold : AlteredThreshold;
                if (Math.Abs(correlation) >= threshold && Math.Abs(correlation) > Math.Abs(known.Correlation))
                {
                    best[other] = (correlation, turn);
                }
            }

            if (Interlocked.Add(ref count, best.Count) > most)
            {
                state.Stop();
                return;
            }

            foreach (var (other, (correlation, turn)) in best)
            {
                pairs.Add(i < other
                    ? new NearDuplicate(images[i].Audited, images[other].Audited, correlation) { Turn = turn }
                    : new NearDuplicate(images[other].Audited, images[i].Audited, correlation) { Turn = PictureTurns.Inverse(turn) });
            }
        });
        return (
        [
            .. pairs.OrderByDescending(pair => Math.Abs(pair.Correlation)).ThenBy(pair => pair.First.Path, StringComparer.Ordinal)
                .ThenBy(pair => pair.Second.Path, StringComparer.Ordinal),
        ], loop.IsCompleted);
    }
}
