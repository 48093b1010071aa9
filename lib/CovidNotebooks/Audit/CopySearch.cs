using CovidNotebooks.Data.Imaging;

namespace CovidNotebooks.Audit;

/// <summary>
/// Finds the known picture that another one is a copy of, also when one of them was trimmed at its borders: an X-ray that two collections
/// cut out of one publication.
/// </summary>
/// <remarks>
/// Every known picture is compared as a whole and trimmed by 12 % at any of its sides; the most similar ones are then laid over the other
/// picture as well as possible by moving the four sides by up to 28 %. What counts is the correlation of grey levels where the two overlap.
/// Mirrored, turned and annotated copies are not found for certain.
/// </remarks>
internal sealed class CopySearch
{
    /// <summary>
    /// From this correlation on, two laid-over pictures are called copies. In the X-rays of covid-xray, those of xray-25 reach .997 and
    /// more, other pictures .966 and less.
    /// </summary>
    public const double Threshold = 0.975;
    private const int Candidates = 24;

    private readonly TrimmedViews?[] known;

    /// <param name="files">The known pictures, scanned with details; unreadable ones are left out.</param>
    public CopySearch(IReadOnlyList<ScannedFile> files)
    {
        known = new TrimmedViews?[files.Count];
        Parallel.For(0, files.Count, i => known[i] = files[i].Detail is { } detail ? new TrimmedViews(detail) : null);
    }

    /// <summary>The best match of a picture; null where no known picture could be read.</summary>
    public (int Index, double Correlation)? Best(PixelImage picture)
    {
        var asked = new TrimmedViews(picture);
        var candidates = Enumerable.Range(0, known.Length).Where(i => known[i] is not null)
            .Select(i => (Index: i, Coarse: asked.Coarse(known[i]!)))
            .OrderByDescending(candidate => candidate.Coarse.Correlation).Take(Candidates).ToArray();
        return candidates.Length == 0
            ? null
            : candidates.Select(candidate => (candidate.Index, asked.Fit(known[candidate.Index]!, candidate.Coarse.Start)))
                .MaxBy(candidate => candidate.Item2);
    }

    /// <summary>Pictures of a list that are copies of an earlier one, as wholes.</summary>
    public static IReadOnlyList<(int Index, int First, double Correlation)> Repetitions(IReadOnlyList<PixelImage> pictures)
    {
        var wholes = pictures.Select(picture => new SidedPicture(picture).Standardised(Sides.None, Overlay.Side)).ToArray();
        var found = new List<(int, int, double)>();
        for (var i = 1; i < wholes.Length; i++)
        {
            var (first, correlation) = Enumerable.Range(0, i).Select(j => (j, (double)GreyVector.Correlation(wholes[i], wholes[j])))
                .MaxBy(pair => pair.Item2);
            if (correlation >= Threshold)
            {
                found.Add((i, first, correlation));
            }
        }

        return found;
    }
}
