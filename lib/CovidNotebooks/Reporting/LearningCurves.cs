using System.Globalization;
using System.Net;
using System.Text;
using CovidNotebooks.Charts;
using CovidNotebooks.Display;

namespace CovidNotebooks.Reporting;

/// <summary>One curve of a small drawing.</summary>
/// <param name="Name">For its label.</param>
/// <param name="Color">Written <c>#RRGGBB</c>.</param>
/// <param name="Points">Step and value; values that are not finite are left out.</param>
internal sealed record LearningCurve(string Name, string Color, IReadOnlyList<(int Step, double Value)> Points);

/// <summary>Loss by epoch as inline SVG: no script, no network, sharp in print.</summary>
/// <param name="curves">One or two curves.</param>
/// <param name="bestEpoch">The epoch that is marked; null for none.</param>
internal sealed class LearningCurves(IReadOnlyList<LearningCurve> curves, int? bestEpoch)
{
    private const int Width = 330;
    private const int Height = 130;
    private const int Left = 46;
    private const int Right = 6;
    private const int Top = 16;
    private const int Bottom = 26;

    public string ToSvg()
    {
        var points = curves.SelectMany(curve => curve.Points).Where(point => double.IsFinite(point.Value)).ToArray();
        if (points.Length == 0)
        {
            return string.Empty;
        }

        var (first, last) = (points.Min(point => point.Step), points.Max(point => point.Step));
        var (low, high) = (points.Min(point => point.Value), points.Max(point => point.Value));
        var alternative = $"Loss by epoch, {first} to {last}: {string.Join(", ", curves.Select(curve => curve.Name))}";
        var svg = new StringBuilder()
            .Append(CultureInfo.InvariantCulture,
                $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" width=\"{Width}\" height=\"{Height}\" "
                    + $"role=\"img\" aria-label=\"{Encoded(alternative)}\" font-family=\"Helvetica,Arial,sans-serif\" font-size=\"9\">")
            .Append(CultureInfo.InvariantCulture,
                $"<rect x=\"{Left}\" y=\"{Top}\" width=\"{Width - Left - Right}\" height=\"{Height - Top - Bottom}\" fill=\"none\" "
                    + $"stroke=\"{ChartColors.Grid}\"/>");
        Label(svg, Left - 4, Y(high) + 3, "end", ChartColors.Ink, DisplayedNumber.Fixed(high));
        Label(svg, Left - 4, Y(low) + 3, "end", ChartColors.Ink, low < high ? DisplayedNumber.Fixed(low) : string.Empty);
        Label(svg, X(first), Height - Bottom + 11, "start", ChartColors.Ink, Text(first));
        Label(svg, X(last), Height - Bottom + 11, "end", ChartColors.Ink, first < last ? Text(last) : string.Empty);
        Label(svg, (Left + Width - Right) / 2.0, Height - Bottom + 11, "middle", ChartColors.Ink, "epoch");
        if (bestEpoch is { } best && best >= first && best <= last)
        {
            svg.Append(CultureInfo.InvariantCulture,
                $"<line x1=\"{X(best):0.#}\" x2=\"{X(best):0.#}\" y1=\"{Top}\" y2=\"{Height - Bottom}\" stroke=\"{ChartColors.Grey}\" "
                    + $"stroke-dasharray=\"3 2\"/>");
        }

        for (var i = 0; i < curves.Count; i++)
        {
            var own = curves[i].Points.Where(point => double.IsFinite(point.Value)).ToArray();
            var line = string.Join(' ', own.Select(point => string.Create(CultureInfo.InvariantCulture,
                $"{X(point.Step):0.#},{Y(point.Value):0.#}")));
            svg.Append(CultureInfo.InvariantCulture,
                $"<polyline points=\"{line}\" fill=\"none\" stroke=\"{curves[i].Color}\" stroke-width=\"1.5\"/>");
            foreach (var (step, value) in own)
            {
                svg.Append(CultureInfo.InvariantCulture,
                    $"<circle cx=\"{X(step):0.#}\" cy=\"{Y(value):0.#}\" r=\"1.6\" fill=\"{curves[i].Color}\"/>");
            }

            Label(svg, Left + (120 * i), Top - 5, "start", curves[i].Color, curves[i].Name);
        }

        return svg.Append("</svg>").ToString();

        double X(int step) => last == first ? Left + ((Width - Left - Right) / 2.0) : Left + 4
            + ((Width - Left - Right - 8) * (double)(step - first) / (last - first));

        double Y(double value) => high - low <= 0 ? Top + ((Height - Top - Bottom) / 2.0) : Top + 4
            + ((Height - Top - Bottom - 8) * (high - value) / (high - low));
    }

    private static void Label(StringBuilder svg, double x, double y, string anchor, string color, string text)
    {
        if (text.Length > 0)
        {
            svg.Append(CultureInfo.InvariantCulture,
                $"<text x=\"{x:0.#}\" y=\"{y:0.#}\" text-anchor=\"{anchor}\" fill=\"{color}\">{Encoded(text)}</text>");
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Encoded(string text) => WebUtility.HtmlEncode(text);
}
