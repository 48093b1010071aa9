using System.Text;

namespace CovidNotebooks.Charts;

/// <summary>Text for plotly, which reads a few HTML tags in titles, names and annotations.</summary>
internal static class PlotlyText
{
    /// <summary>The text as it is: what looks like a tag stays text.</summary>
    public static string Plain(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal);

    /// <summary>The text in lines of at most <paramref name="width"/> characters where spaces allow it.</summary>
    public static IReadOnlyList<string> Lines(string text, int width)
    {
        var lines = new List<string>();
        var line = new StringBuilder();
        foreach (var word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                lines.Add(line.ToString());
                line.Clear();
            }

            line.Append(line.Length > 0 ? " " : "").Append(word);
        }

        lines.Add(line.ToString());
        return lines;
    }

    /// <summary>
    /// At most <paramref name="length"/> characters, the middle left out of longer texts: file names differ at both ends.
    /// </summary>
    public static string Shortened(string text, int length) =>
        text.Length <= length ? text : $"{text[..((length - 1) / 2)]}…{text[^(length - 1 - ((length - 1) / 2))..]}";
}
