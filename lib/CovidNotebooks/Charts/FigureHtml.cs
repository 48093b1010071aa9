using System.Globalization;
using System.Net;

namespace CovidNotebooks.Charts;

/// <summary>The HTML of a figure: a picture, and a script that draws the live chart in its place.</summary>
internal static class FigureHtml
{
    // Outputs appear in any order and are rendered again at any time: the script waits up to fifteen seconds for plotly.js, draws every copy
    // of its element that is not drawn yet, and takes the picture away only when the chart stands.
    private const string Script = """
        (function () {
          var figure = FIGURE, tries = 0;
          function draw() {
            var boxes = document.querySelectorAll('[id="IDENTITY"]:not([data-drawn])');
            if (!boxes.length) { return; }
            if (!window.Plotly) {
              if (tries++ < 150) { setTimeout(draw, 100); return; }
              boxes.forEach(function (box) {
                var picture = box.querySelector('img');
                if (!picture || !picture.getAttribute('src')) { box.querySelector('.covidnotebooks-missing').style.display = 'block'; }
              });
              return;
            }
            boxes.forEach(function (box) {
              box.setAttribute('data-drawn', '');
              window.Plotly.newPlot(box.querySelector('.covidnotebooks-plot'), figure.data, figure.layout, figure.config).then(function () {
                var picture = box.querySelector('img');
                if (picture) { picture.remove(); }
              });
            });
          }
          draw();
        })();
        """;

    public static string Of(string title, string json, Guid identity, int? height)
    {
        var id = $"c-{identity}";
        var alternative = WebUtility.HtmlEncode($"Chart: {title}");
        var script = Script
            .Replace("IDENTITY", id, StringComparison.Ordinal)
            .Replace("FIGURE", json.Replace("<", "\\u003c", StringComparison.Ordinal), StringComparison.Ordinal);
        // The page does not jump while the chart is drawn, or drawn again.
        var room = height is { } pixels ? $";min-height:{pixels.ToString(CultureInfo.InvariantCulture)}px" : "";
        return $"<div class=\"covidnotebooks-chart\" id=\"{id}\" role=\"figure\" aria-label=\"{alternative}\" style=\"max-width:{FigureDraft.Width}px{room}\">"
            + "<style>.covidnotebooks-chart img:not([src]){display:none}</style>"
            + $"<img alt=\"{alternative}\" data-covidnotebooks-png style=\"max-width:100%\">"
            + "<div class=\"covidnotebooks-plot\"></div>"
            + "<div class=\"covidnotebooks-missing\" style=\"display:none;font-size:12px;opacity:.8\">This chart needs plotly.js: run the notebook's setup cell, then this cell again.</div>"
            + $"<script>{script}</script></div>";
    }
}
