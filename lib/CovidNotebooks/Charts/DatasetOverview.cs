using System.Net;
using CovidNotebooks.Audit;
using CovidNotebooks.Data;
using CovidNotebooks.Data.Imaging;
using CovidNotebooks.Display;

namespace CovidNotebooks.Charts;

/// <summary>
/// A data set at a glance: counts by class and split, sizes, formats and colour modes, sample pictures of each class, and what
/// augmentation does to some.
/// </summary>
[TypeFormatterSource(typeof(DisplayedFormatters))]
public sealed class DatasetOverview : IDisplayed
{
    /// <summary>Keeps the choice of pictures apart from every other draw of the same seed.</summary>
    private const long Purpose = 0x4F565257;

    private const string Warning =
        "These pictures show patients. They stay on this machine: do not commit this page, do not publish it, do not send it to "
            + "anybody who may not see the images.";

    private DatasetOverview(string title, DataCard card, SplitCard split, Figure balance, PictureGrid samples, PictureGrid? augmentation)
    {
        Title = title;
        Card = card;
        Split = split;
        Balance = balance;
        Samples = samples;
        Augmentation = augmentation;
    }

    /// <summary>Which set.</summary>
    public string Title { get; }

    /// <summary>Counts, sizes, formats and modes of all images, by class.</summary>
    public DataCard Card { get; }

    /// <summary>Counts by split.</summary>
    public SplitCard Split { get; }

    /// <summary>The counts as bars.</summary>
    public Figure Balance { get; }

    /// <summary>Pictures of each class, of the training images where there is such a part.</summary>
    public PictureGrid Samples { get; }

    /// <summary>What training sees of some pictures; null where no loader with augmentation was given, or no picture can be read.</summary>
    public PictureGrid? Augmentation { get; }

    /// <summary>Looks at a data set: the header of every file, and the pixels of a few.</summary>
    /// <param name="sets">Its parts, with one root folder and the same classes.</param>
    /// <param name="options">What is shown; null for the defaults.</param>
    /// <exception cref="ArgumentException">The parts have different root folders or classes.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public static DatasetOverview Of(DatasetSplit sets, DatasetOverviewOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(sets);
        options ??= new DatasetOverviewOptions();
        options.Validate();
        var parts = sets.Parts.Select(part => part.Dataset).ToArray();
        if (Array.Find(parts, part => !string.Equals(part.Root, parts[0].Root, StringComparison.Ordinal)) is { } other)
        {
            throw new ArgumentException(
                $"{parts[0].Name} and {other.Name} start from different folders. Show the parts of one data set, or each set by itself.",
                nameof(sets));
        }

        var shown = sets.Find("train") ?? parts[0];
        var title = options.Info?.Title ?? parts[0].Name;
        var balance = ClassBalanceChart.Of(parts);
        var all = parts[0].With(title, [.. parts.SelectMany(part => part.Images)]);
        var samples = SampleGrid.Of(shown, options.PerClass, options.Seed);
        var augmentation = Preview(shown, options);
        return new DatasetOverview(
            title,
            DataCard.Of(all, options.Info),
            sets.Card,
            balance,
            options.OfNobody ? samples.OfNobody() : samples,
            options.OfNobody ? augmentation?.OfNobody() : augmentation);
    }

    /// <inheritdoc/>
    public string ToHtml() => Content(withChart: true);

    /// <summary>
    /// The same as an HTML file of its own, with plotly.js inside; where the library carries none, without the bars. It holds pictures,
    /// and says that it must not be published.
    /// </summary>
    public string ToHtmlPage()
    {
        var title = WebUtility.HtmlEncode(Title);
        var warning = Samples.MayBePublished ? string.Empty
            :
                $"<p role=\"note\" style=\"border-left:4px solid {ChartColors.Vermilion};padding:4px "
                + $"10px\">{WebUtility.HtmlEncode(Warning)}</p>";
        var plotly = new PlotlyScript();
        var script = plotly.IsAvailable ? plotly.ToHtml() : string.Empty;
        return $"<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title}</title>{script}</head>\n"
            + "<body style=\"font-family:Helvetica,Arial,sans-serif;max-width:1000px;margin:16px auto;padding:0 16px;color:#222\">\n"
            + $"<h1 style=\"font-size:20px\">{title}</h1>\n{warning}\n{Content(plotly.IsAvailable)}\n{new Disclaimer().ToHtml()}\n"
            + "</body></html>\n";
    }

    /// <inheritdoc/>
    /// <remarks>The counts and the names of the pictures that HTML shows.</remarks>
    public string ToPlainText() => string.Join('\n', new[] { Card.ToPlainText(), Split.ToPlainText(), Samples.ToPlainText(),
        Augmentation?.ToPlainText() }.OfType<string>());

    /// <inheritdoc/>
    public override string ToString() => ToPlainText();

    private string Content(bool withChart) => Card.ToHtml() + Split.ToHtml() + (withChart ? Balance.ToHtml() : string.Empty)
        + Samples.ToHtml() + Augmentation?.ToHtml();

    private static PictureGrid? Preview(ImageDataset dataset, DatasetOverviewOptions options)
    {
        if (options.Loader is not { } settings || settings is { Augmentation: null, RandomCrop: null })
        {
            return null;
        }

        var reader = new ImageFileReader();
        var chosen = Enumerable.Range(0, dataset.ClassNames.Count).SelectMany(label =>
        {
            var own = Enumerable.Range(0, dataset.Count).Where(index => dataset.Images[index].Label == label).ToArray();
            return new RandomStream(options.Seed, Purpose, label).Permutation(own.Length).Select(i => own[i])
                .Where(index => BadImageException.Try(() => reader.Read(dataset.FullPath(dataset.Images[index])), out _) is null)
                .Take(options.AugmentedPerClass);
        }).ToArray();
        if (chosen.Length == 0)
        {
            return null;
        }

        using var loader = new ImageLoader(dataset, settings);
        return AugmentationPreview.Of(loader, chosen);
    }
}
