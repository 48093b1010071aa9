using CovidNotebooks.Data.Imaging;

namespace CovidNotebooks.Data;

/// <summary>
/// Finds the known picture that another one is a copy of, also when one of them was trimmed at its borders: an X-ray that two collections cut out of one
/// publication.
/// </summary>
/// <remarks>
/// Every known picture is compared as a whole and trimmed by 12 % at any of its sides; the most similar ones are then laid over the other picture as well as
/// possible by moving the four sides by up to 28 %. What counts is the correlation of grey levels where the two overlap. Mirrored, turned and annotated
/// copies are not found for certain.
/// </remarks>
internal sealed class CopySearch
{
    /// <summary>
    /// From this correlation on, two laid-over pictures are called copies. In the X-rays of covid-xray, those of xray-25 reach .997 and more, other
    /// pictures .966 and less.
    /// </summary>
    public const double Threshold = 0.975;
    private const int Side = 24;
    private const double CoarseTrim = 0.12;
    private const int Candidates = 24;

    private readonly SidedPicture?[] known;
    private readonly float[]?[][] views;

    /// <summary>Reads the known pictures; unreadable ones are left out.</summary>
    public CopySearch(IReadOnlyList<string> files)
    {
        known = new SidedPicture?[files.Count];
        views = new float[]?[files.Count][];
        Parallel.For(0, files.Count, i =>
        {
            known[i] = Read(files[i]);
            views[i] = known[i] is { } picture ? [.. CoarseSides().Select(sides => picture.Standardised(sides, Side))] : [];
        });
    }

    /// <summary>The best match of a picture; null where no known picture could be read.</summary>
    public (int Index, double Correlation)? Best(PixelImage picture)
    {
        var asked = new SidedPicture(picture);
        var own = CoarseSides().Select(sides => (Sides: sides, View: asked.Standardised(sides, Side))).ToArray();
        var candidates = Enumerable.Range(0, known.Length).Where(i => known[i] is not null).Select(i => Coarse(own, i))
            .OrderByDescending(candidate => candidate.Correlation).Take(Candidates).ToArray();
        return candidates.Length == 0
            ? null
            : candidates.Select(candidate => (candidate.Index, Overlay.Fit(asked, known[candidate.Index]!, candidate.Start))).MaxBy(candidate => candidate.Item2);
    }

    /// <summary>A picture small enough to be kept, good enough for <see cref="Best"/>.</summary>
    public static PixelImage Reduced(PixelImage picture) => ImageResizer.Resize(picture.ToGrayscale(), SidedPicture.Size, SidedPicture.Size, Interpolation.PilBilinear);

    /// <summary>Pictures of a list that are copies of an earlier one, as wholes.</summary>
    public static IReadOnlyList<(int Index, int First, double Correlation)> Repetitions(IReadOnlyList<PixelImage> pictures)
    {
        var wholes = pictures.Select(picture => new SidedPicture(picture).Standardised(Sides.None, Overlay.Side)).ToArray();
        var found = new List<(int, int, double)>();
        for (var i = 1; i < wholes.Length; i++)
        {
            var (first, correlation) = Enumerable.Range(0, i).Select(j => (j, (double)Vectors.Dot(wholes[i], wholes[j]))).MaxBy(pair => pair.Item2);
            if (correlation >= Threshold)
            {
                found.Add((i, first, correlation));
            }
        }

        return found;
    }

    private (int Index, double Correlation, Sides Start) Coarse((Sides Sides, float[] View)[] own, int index)
    {
        var best = (Index: index, Correlation: double.NegativeInfinity, Start: Sides.None);
        var whole = views[index][0]!;
        for (var i = 0; i < own.Length; i++)
        {
            // One of the two is trimmed: ours, or (sides of the other sign) the known one.
            foreach (var (correlation, start) in new[] { (Vectors.Dot(own[i].View, whole), own[i].Sides), (Vectors.Dot(own[0].View, views[index][i]!), own[i].Sides.Negated) })
            {
                best = correlation > best.Correlation ? (index, correlation, start) : best;
            }
        }

        return best;
    }

    private static IEnumerable<Sides> CoarseSides() => Enumerable.Range(0, 16).Select(bits => new Sides(
        (bits & 1) == 0 ? 0 : CoarseTrim, (bits & 2) == 0 ? 0 : CoarseTrim, (bits & 4) == 0 ? 0 : CoarseTrim, (bits & 8) == 0 ? 0 : CoarseTrim));

    private static SidedPicture? Read(string file)
    {
        try
        {
            return new SidedPicture(new ImageFileReader().Read(file));
        }
        catch (BadImageException)
        {
            return null; // Unreadable files are the data card's business.
        }
    }
}
