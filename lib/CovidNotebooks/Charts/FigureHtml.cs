using System.Globalization;
using System.Net;

namespace CovidNotebooks.Charts;

/// <summary>The HTML of a figure: a picture, and a script that draws the live chart in its place.</summary>
internal static class FigureHtml
{
    // Outputs appear in any order and are rendered again at any time: the script waits up to fifteen seconds for plotly.js, draws every
    // copy of its element that is not drawn yet, and takes the picture away only when the chart stands. A folded chart is drawn when it
    // is opened: text that is not laid out has no width, by which plotly places it. Viewers that strip scripts and styles show the
    // picture and nothing else: the line that asks for plotly.js is written by the script.
    private const string Script = """
        (function () {
          var figure = FIGURE, tries = 0;
          function draw() {
            var boxes = document.querySelectorAll('[id="IDENTITY"]:not([data-drawn])');
            if (!boxes.length) { return; }
            if (!window.Plotly) {
              if (tries++ < 150) { setTimeout(draw, 100); return; }
              boxes.forEach(function (box) {
                if (!box.querySelector('img[src]')) { box.querySelector('.covidnotebooks-plot').textContent = 'MISSING'; }
              });
              return;
            }
            boxes.forEach(function (box) {
              var folded = box.closest('details:not([open])');
              if (folded) { folded.addEventListener('toggle', draw, { once: true }); return; }
              var plot = box.querySelector('.covidnotebooks-plot');
              box.setAttribute('data-drawn', '');
              plot.textContent = '';
              window.Plotly.newPlot(plot, figure.data, figure.layout, figure.config).then(function () {
                var picture = box.querySelector('img');
                if (picture) { picture.remove(); }
              });
            });
          }
          draw();
        })();
        """;

    private const string Missing = "This chart needs plotly.js: run the setup cell of the notebook, then this cell again.";

    public static string Of(Figure figure, Guid identity, int? height)
    {
        var id = $"c-{identity}";
        var alternative = WebUtility.HtmlEncode($"Chart: {figure.Title}");
        var script = Script
            .Replace("MISSING", Missing, StringComparison.Ordinal)
            .Replace("IDENTITY", id, StringComparison.Ordinal)
            .Replace("FIGURE", figure.ToJson().Replace("<", "\\u003c", StringComparison.Ordinal), StringComparison.Ordinal);
        // The page does not jump while the chart is drawn, or drawn again.
        var room = height is { } pixels ? $";min-height:{pixels.ToString(CultureInfo.InvariantCulture)}px" : "";
        var chart =
            $"<div class=\"covidnotebooks-chart\" id=\"{id}\" role=\"figure\" aria-label=\"{alternative}\" "
            + $"style=\"max-width:{FigureDraft.Width}px{room}\">"
            + $"<img alt=\"{alternative}\" data-covidnotebooks-png style=\"max-width:100%\"><div class=\"covidnotebooks-plot\"></div>"
            + $"<script>{script}</script></div>";
        return figure.Summary is { } summary
            ? $"<details><summary style=\"cursor:pointer;font-size:13px\">{WebUtility.HtmlEncode(summary)}</summary>\n{chart}</details>"
            : chart;
    }
}
