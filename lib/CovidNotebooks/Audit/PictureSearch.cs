using System.Collections.Concurrent;
using CovidNotebooks.Data;
using CovidNotebooks.Data.Imaging;

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
    private const int CoarseSide = 16;
    private const float CoarseThreshold = 0.93f;

    public static IReadOnlyList<NearDuplicate> Pairs(IReadOnlyList<ComparedImage> images)
    {
        var spectra = new float[]?[images.Count];
        var coarse = new float[images.Count][];
        Parallel.For(0, images.Count, i =>
        {
            if (images[i].File.Thumbnail is { } thumbnail)
            {
                spectra[i] = PictureIndex.Spectrum(GreyVector.Of(thumbnail.Pixels));
                coarse[i] = GreyVector.Of(ImageResizer.Resize(thumbnail, CoarseSide, CoarseSide, Interpolation.PilBilinear).Pixels);
            }
        });
        var index = new PictureIndex(spectra);
        var pairs = new ConcurrentBag<NearDuplicate>();
        Parallel.For(0, images.Count, i =>
        {
            var near = index.After(i, UprightThreshold, AlteredThreshold);
            if (near.Count == 0)
            {
                return;
            }

            var turned = PictureTurns.All.Select(turn => PictureTurns.Of(coarse[i], CoarseSide, turn)).ToArray();
            var turnedFine = new float[turned.Length][];
            foreach (var j in near)
            {
                if (Best(j) is { } best)
                {
                    var correlation = Math.Clamp(best.Correlation, -1, 1);
                    pairs.Add(new NearDuplicate(images[i].Audited, images[j].Audited, correlation) { Turn = best.Turn });
                }
            }

            (double Correlation, PictureTurn Turn)? Best(int j)
            {
                (double Correlation, PictureTurn Turn)? best = null;
                float[]? fine = null;
                foreach (var turn in PictureTurns.All)
                {
                    if (Math.Abs(GreyVector.Correlation(turned[(int)turn], coarse[j])) < CoarseThreshold)
                    {
                        continue;
                    }

                    turnedFine[(int)turn] ??= PictureTurns.Of(Fine(i), FileScanner.ThumbnailSide, turn);
                    var correlation = GreyVector.Correlation(turnedFine[(int)turn], fine ??= Fine(j));
                    var threshold = turn == PictureTurn.Upright && correlation > 0 ? UprightThreshold : AlteredThreshold;
                    if (Math.Abs(correlation) >= threshold && !(Math.Abs(correlation) <= Math.Abs(best?.Correlation ?? 0)))
                    {
                        best = (correlation, turn);
                    }

                    // An upright copy is that, however symmetrical the picture is.
                    if (turn == PictureTurn.Upright && best is { Correlation: > 0 })
                    {
                        return best;
                    }
                }

                return best;
            }

            // 16 KB each: made where they are needed, not kept for every picture.
            float[] Fine(int picture) => GreyVector.Of(images[picture].File.Thumbnail!.Pixels);
        });
        return
        [
            .. pairs.OrderByDescending(pair => Math.Abs(pair.Correlation)).ThenBy(pair => pair.First.Path, StringComparer.Ordinal)
                .ThenBy(pair => pair.Second.Path, StringComparer.Ordinal),
        ];
    }
}
