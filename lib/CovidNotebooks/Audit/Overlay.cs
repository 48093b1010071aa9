using CovidNotebooks.Data;
using CovidNotebooks.Data.Imaging;

namespace CovidNotebooks.Audit;

/// <summary>What is left away at each side of a picture, as a part of its width or height.</summary>
internal readonly record struct Sides(double Left, double Top, double Right, double Bottom)
{
    public static Sides None => default;

    public Sides Negated => new(-Left, -Top, -Right, -Bottom);

    /// <summary>The positive ones; 0 for the others.</summary>
    public Sides Positive => new(Math.Max(0, Left), Math.Max(0, Top), Math.Max(0, Right), Math.Max(0, Bottom));

    /// <summary>One side moved.</summary>
    public Sides Moved(int side, double by) => side switch
    {
        0 => this with { Left = Left + by },
        1 => this with { Top = Top + by },
        2 => this with { Right = Right + by },
        _ => this with { Bottom = Bottom + by },
    };

    /// <summary>The largest of them, signs left away.</summary>
    public double Largest => Math.Max(Math.Max(Math.Abs(Left), Math.Abs(Top)), Math.Max(Math.Abs(Right), Math.Abs(Bottom)));
}

/// <summary>A small grey picture that can be looked at with some of its sides left away.</summary>
internal sealed class SidedPicture
{
    /// <summary>Rows and columns that are kept of a picture.</summary>
    public const int Size = 128;

    private readonly byte[] pixels;

    public SidedPicture(PixelImage picture) =>
        pixels = (
            picture is { Width: Size, Height: Size, Channels: 1 } ? picture
            : ImageResizer.Resize(picture.ToGrayscale(), Size, Size, Interpolation.PilBilinear)).Pixels;

    /// <summary>Grey levels on a square grid over what is left, with mean 0 and length 1; all 0 for a picture of one grey level.</summary>
    public float[] Standardised(Sides sides, int side)
    {
        var grid = new float[side * side];
        var (width, height) = (1 - sides.Left - sides.Right, 1 - sides.Top - sides.Bottom);
        for (var row = 0; row < side; row++)
        {
            var (y, below) = Place(sides.Top + (height * (row + .5) / side));
            for (var column = 0; column < side; column++)
            {
                var (x, beside) = Place(sides.Left + (width * (column + .5) / side));
                var at = (y * Size) + x;
                var upper = pixels[at] + ((pixels[at + 1] - pixels[at]) * beside);
                var lower = pixels[at + Size] + ((pixels[at + Size + 1] - pixels[at + Size]) * beside);
                grid[(row * side) + column] = upper + ((lower - upper) * below);
            }
        }

        return GreyVector.Standardise(grid);
    }

    private static (int Index, float Fraction) Place(double part)
    {
        var position = Math.Clamp((part * Size) - .5, 0, Size - 1.001);
        var index = (int)position;
        return (index, (float)(position - index));
    }
}

/// <summary>Lays one picture over another.</summary>
internal static class Overlay
{
    private const double MostTrim = 0.28;

    /// <summary>Rows and columns of the grid that two pictures are compared on.</summary>
    public const int Side = 64;

    /// <summary>The correlation of the grey levels of both where they overlap, the four sides moved until it is highest.</summary>
    /// <param name="first">Trimmed by the positive sides.</param>
    /// <param name="second">Trimmed by the negative sides.</param>
    /// <param name="start">Where to begin.</param>
    public static double Fit(SidedPicture first, SidedPicture second, Sides start)
    {
        var (best, highest) = (start, Correlation(first, second, start));
        foreach (var step in new[] { .04, .02, .01, .005 })
        {
            for (var improved = true; improved;)
            {
                improved = false;
                for (var move = 0; move < 8; move++)
                {
                    var tried = best.Moved(move / 2, move % 2 == 0 ? step : -step);
                    if (tried.Largest <= MostTrim && Correlation(first, second, tried) is var correlation && correlation > highest + 1e-6)
                    {
                        (best, highest, improved) = (tried, correlation, true);
                    }
                }
            }
        }

        return highest;
    }

    private static double Correlation(SidedPicture first, SidedPicture second, Sides sides) =>
        GreyVector.Correlation(first.Standardised(sides.Positive, Side), second.Standardised(sides.Negated.Positive, Side));
}
