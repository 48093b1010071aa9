using CovidNotebooks.Data.Imaging;

namespace CovidNotebooks.Audit;

/// <summary>A picture as a whole and trimmed by 12 % at any of its sides: where laying another one over it begins.</summary>
internal sealed class TrimmedViews
{
    private const int Side = 24;
    private const double Trim = 0.12;
    private static readonly Sides[] EverySides =
    [
        .. Enumerable.Range(0, 16)
        .Select(bits =>
            new Sides((bits & 1) == 0 ? 0 : Trim, (bits & 2) == 0 ? 0 : Trim, (bits & 4) == 0 ? 0 : Trim, (bits & 8) == 0 ? 0 : Trim)),
    ];

    private readonly SidedPicture picture;
    private readonly float[][] views;

    public TrimmedViews(PixelImage picture)
    {
        this.picture = new SidedPicture(picture);
        views = [.. EverySides.Select(sides => this.picture.Standardised(sides, Side))];
    }

    /// <summary>The best correlation of this picture with another one, one of the two trimmed, and how.</summary>
    public (double Correlation, Sides Start) Coarse(TrimmedViews other)
    {
        var best = (Correlation: double.NegativeInfinity, Start: Sides.None);
        for (var i = 0; i < views.Length; i++)
        {
            // One of the two is trimmed: this one, or (sides of the other sign) the other one.
            var trimmed = new[]
            {
                (GreyVector.Correlation(views[i], other.views[0]), EverySides[i]),
                (GreyVector.Correlation(views[0], other.views[i]), EverySides[i].Negated),
            };
            foreach (var (correlation, start) in trimmed)
            {
                best = correlation > best.Correlation ? (correlation, start) : best;
            }
        }

        return best;
    }

    /// <summary>The correlation of the two pictures laid over each other as well as possible.</summary>
    public double Fit(TrimmedViews other, Sides start) => Overlay.Fit(picture, other.picture, start);
}
