using System.Globalization;
using CovidNotebooks.Data;

namespace CovidNotebooks.Charts;

/// <summary>How many images each class has, in one or several parts of a data set.</summary>
public static class ClassBalanceChart
{
    /// <summary>One bar a class and part, labelled with its count and its share of the part.</summary>
    /// <param name="parts">For example the training, validation and test images; each shows its own name.</param>
    public static Figure Of(params ImageDataset[] parts) => Of("Images by class", parts);

    /// <summary>The same with a title of one's own.</summary>
    /// <param name="title">Which data set.</param>
    /// <param name="parts">For example the training, validation and test images.</param>
    /// <exception cref="ArgumentException">There is no part, or two parts have other classes.</exception>
    public static Figure Of(string title, params ImageDataset[] parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        if (parts.Length == 0)
        {
            throw new ArgumentException("No data set was given. Give at least one, for example the training images.", nameof(parts));
        }

        if (Array.Find(parts, part => !part.ClassNames.SequenceEqual(parts[0].ClassNames, StringComparer.Ordinal)) is { } other)
        {
            throw new ArgumentException(
                $"{parts[0].Name} has the classes {string.Join(", ", parts[0].ClassNames)} and {other.Name} has "
                    + $"{string.Join(", ", other.ClassNames)}. Parts of one data set have the same classes.",
                nameof(parts));
        }

        return Draw(title, [.. parts.Select(part => part.Name)], parts[0].ClassNames, [.. parts.Select(part => part.CountsByClass)]);
    }

    /// <summary>The same of plain numbers.</summary>
    /// <param name="title">Which data set.</param>
    /// <param name="partNames">One name a part.</param>
    /// <param name="classNames">One name a class.</param>
    /// <param name="counts">For each part one count a class.</param>
    public static Figure Draw(
        string title, IReadOnlyList<string> partNames, IReadOnlyList<string> classNames, IReadOnlyList<IReadOnlyList<int>> counts)
    {
        ArgumentNullException.ThrowIfNull(partNames);
        ArgumentNullException.ThrowIfNull(classNames);
        ArgumentNullException.ThrowIfNull(counts);
        var total = counts.Sum(part => part.Sum());
        var names = partNames.Select(name => PlotlyText.Plain(PlotlyText.Shortened(name, 30))).ToArray();
        var largest = counts.SelectMany(part => part).DefaultIfEmpty(0).Max();
        var draft = new FigureDraft(
            title,
            string.Create(CultureInfo.InvariantCulture, $"{total:N0} images; beside each bar its count and its share of the part"),
            Math.Max(80, partNames.Count * ((26 * classNames.Count) + 18)))
            .Margins(left: 30 + (7 * names.Max(name => name.Length)), right: 20)
            .Set("barmode", "group")
            .Set("bargap", .25);
        for (var label = 0; label < classNames.Count; label++)
        {
            var own = label;
            draft.Add("bar", PlotlyText.Plain(classNames[label]), new()
            {
                ["orientation"] = "h",
                ["y"] = Enumerable.Range(0, names.Length).ToArray(),
                ["x"] = counts.Select(part => part[own]).ToArray(),
                ["text"] = counts.Select(part => Label(part, own)).ToArray(),
                ["textposition"] = "outside",
                ["cliponaxis"] = false,
                ["textfont"] = new { size = 12, color = ChartColors.Ink },
                ["marker"] = new { color = ChartColors.Of(label) },
                ["hovertemplate"] = "%{text}<extra>%{fullData.name}</extra>",
            });
        }

        return draft
            .Axis("xaxis", "images", new() { ["range"] = new[] { 0, largest * 1.22 }, ["rangemode"] = "tozero" })
            .Axis("yaxis", null, new()
            {
                ["autorange"] = "reversed",
                ["tickmode"] = "array",
                ["tickvals"] = Enumerable.Range(0, names.Length).ToArray(),
                ["ticktext"] = names,
                ["tickcolor"] = "rgba(0,0,0,0)",
                ["showgrid"] = false,
                ["tickfont"] = new { size = 13 },
            })
            .LegendBelow(50)
            .Build();
    }

    private static string Label(IReadOnlyList<int> counts, int label)
    {
        var sum = counts.Sum();
        return sum == 0 ? "0" : string.Create(CultureInfo.InvariantCulture, $"{counts[label]:N0} ({100.0 * counts[label] / sum:0.0} %)");
    }
}
