using System.Net;
using System.Text;
using CovidNotebooks.Data.Imaging;
using CovidNotebooks.Display;

namespace CovidNotebooks.Charts;

/// <summary>
/// Pictures with their names. In a notebook that is published, the pictures of people are replaced by their names and details: the HTML
/// marks them for that.
/// </summary>
[TypeFormatterSource(typeof(DisplayedFormatters))]
public sealed class PictureGrid : IDisplayed
{
    /// <summary>The longer side of a shown picture, in pixels.</summary>
    public const int Side = 128;

    private readonly string? note;

    /// <summary>A grid of pictures.</summary>
    /// <param name="title">What is shown.</param>
    /// <param name="rows">Rows of pictures.</param>
    /// <param name="note">A line below the title; null for none.</param>
    public PictureGrid(string title, IReadOnlyList<PictureRow> rows, string? note = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(title);
        ArgumentNullException.ThrowIfNull(rows);
        Title = title;
        Rows = rows;
        this.note = note;
    }

    /// <summary>What is shown.</summary>
    public string Title { get; }

    /// <summary>The rows of pictures.</summary>
    public IReadOnlyList<PictureRow> Rows { get; }

    /// <summary>Whether a published notebook may keep the pictures: true for synthetic ones, which show nobody. Default false.</summary>
    public bool MayBePublished { get; init; }

    /// <summary>The same grid of pictures that show nobody, for example phantoms: a published notebook keeps them.</summary>
    public PictureGrid OfNobody() => new(Title, Rows, note) { MayBePublished = true };

    /// <inheritdoc/>
    public string ToHtml()
    {
        var html = new StringBuilder("<div style=\"max-width:700px;font-family:Helvetica,Arial,sans-serif\">")
            .Append("<div style=\"font-size:16px;font-weight:600\">").Append(Encoded(Title)).Append("</div>");
        if (note is not null)
        {
            html.Append("<div style=\"font-size:12px;opacity:.75\">").Append(Encoded(note)).Append("</div>");
        }

        html.Append(MayBePublished ? "<div>" : $"<div data-covidnotebooks-pictures data-instead=\"{Encoded(Instead())}\">");
        foreach (var row in Rows)
        {
            if (row.Title is not null)
            {
                html.Append("<div style=\"font-size:13px;font-weight:600;margin-top:8px\">").Append(Encoded(row.Title)).Append("</div>");
            }

            html.Append("<div style=\"display:flex;flex-wrap:wrap;gap:8px\">");
            foreach (var picture in row.Pictures)
            {
                AppendPicture(html, picture, MayBePublished);
            }

            html.Append("</div>");
        }

        html.Append("</div>");
        if (!MayBePublished)
        {
            // Stays in a published notebook, where the pictures are gone.
            html.Append("<details><summary style=\"cursor:pointer;font-size:12px\">").Append(Encoded(Names))
                .Append("</summary><div style=\"font-size:11px\">")
                .AppendJoin("<br>", Rows.SelectMany(row => row.Pictures.Select(Line).Prepend(row.Title ?? "")
                    .Where(line => line.Length > 0)).Select(Encoded)).Append("</div></details>");
        }

        return html.Append("</div>").ToString();
    }

    /// <inheritdoc/>
    public string ToPlainText()
    {
        var text = new StringBuilder(Title).Append('\n');
        if (note is not null)
        {
            text.Append(note).Append('\n');
        }

        foreach (var row in Rows)
        {
            if (row.Title is not null)
            {
                text.Append(row.Title).Append('\n');
            }

            foreach (var picture in row.Pictures)
            {
                text.Append("  ").Append(Line(picture)).Append('\n');
            }
        }

        return text.ToString();
    }

    /// <inheritdoc/>
    public override string ToString() => ToPlainText();

    private static string Line(Picture picture) => picture.Detail is null ? picture.Name : $"{picture.Name}: {picture.Detail}";

    private static string Encoded(string text) => WebUtility.HtmlEncode(text);

    /// <summary>A file name that breaks after its underscores and before its extension.</summary>
    private static string Breakable(string name) =>
        Encoded(name).Replace("_", "_<wbr>", StringComparison.Ordinal).Replace(".", "<wbr>.", StringComparison.Ordinal);

    private static void AppendPicture(StringBuilder html, Picture picture, bool ofNobody)
    {
        html.Append("<figure style=\"margin:4px 0;width:").Append(Side).Append("px\">");
        if (picture.Image is { } image)
        {
            html.Append("<img alt=\"").Append(Encoded(Line(picture))).Append(ofNobody ? "\" data-covidnotebooks-of-nobody" : "\"")
                .Append(" style=\"display:block;max-width:100%\" src=\"")
                .Append(PngDataUri.Of(Thumbnail(image))).Append("\">");
        }
        else
        {
            html.Append("<div style=\"height:96px;border:1px dashed ").Append(ChartColors.Vermilion)
                .Append(";font-size:11px;padding:4px;overflow:hidden\">cannot be read</div>");
        }

        html.Append("<figcaption style=\"font-size:11px;line-height:1.3;overflow-wrap:anywhere\">")
            .Append(Breakable(PlotlyText.Shortened(picture.Name.Split('/')[^1], 34)));
        if (picture.Detail is not null)
        {
            html.Append("<br><span style=\"opacity:.75\">").Append(Encoded(picture.Detail)).Append("</span>");
        }

        html.Append("</figcaption></figure>");
    }

    /// <summary>The picture as the grid shows it: its longer side at most <see cref="Side"/>.</summary>
    internal static PixelImage Thumbnail(PixelImage image)
    {
        var scale = Side / (double)Math.Max(image.Width, image.Height);
        return scale >= 1
            ? image
            : ImageResizer.Resize(image, Math.Max(1, (int)Math.Round(image.Width * scale)),
                Math.Max(1, (int)Math.Round(image.Height * scale)), Data.Interpolation.PilBilinear);
    }

    private string Names
    {
        get
        {
            var count = Rows.Sum(row => row.Pictures.Count);
            return count == 1 ? "The picture's file name" : $"The {count} pictures' file names";
        }
    }

    /// <summary>What a published notebook says in place of the pictures.</summary>
    private string Instead() =>
        $"{Rows.Sum(row => row.Pictures.Count)} pictures are shown here when you run the notebook. They are not published.";
}
