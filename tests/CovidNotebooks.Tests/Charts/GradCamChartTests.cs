using System.Net;
using System.Text.RegularExpressions;
using CovidNotebooks.Charts;
using CovidNotebooks.Data.Imaging;
using CovidNotebooks.Explanation;
using Newtonsoft.Json.Linq;

namespace Tests.CovidNotebooks.Charts;

public partial class GradCamChartTests
{
    [Fact]
    public void The_mean_of_a_class_counts_every_image_the_same_and_a_zero_map_as_nothing()
    {
        var json = JObject.Parse(MeanHeatMap.Of(Maps()).ToJson());
        var traces = json["data"]!.ToArray();

        Assert.Equal(["NORMAL", "PNEUMONIA &lt;b&gt;"], traces.Select(trace => (string)trace["name"]!));
        // By hand: (1, 0) of (8, 0), (0, 1) of (0, .5) and the zero map give thirds.
        Assert.Equal([.333, .333], new[] { traces[0]["z"]![0]![0]!, traces[0]["z"]![0]!.Last! }.Select(value => (double)value));
        Assert.Equal([1, .25], new[] { traces[1]["z"]![0]![0]!, traces[1]["z"]![0]!.Last! }.Select(value => (double)value));
        Assert.Equal(
            ["<b>NORMAL</b>, 15 images", "<b>PNEUMONIA &lt;b&gt;</b>, 6 images"],
            json["layout"]!["annotations"]!.Select(note => (string)note["text"]!));
        var title = MarkUp().Replace((string)json["layout"]!["title"]!["text"]!, " ");
        Assert.Contains("21 images, each map divided by its maximum, 5 of them all zero", title, StringComparison.Ordinal);
        Assert.Contains("150 × 100 input", title, StringComparison.Ordinal);
    }

    [Fact]
    public void The_axes_are_the_pixels_of_the_input_from_the_top()
    {
        var json = JObject.Parse(MeanHeatMap.Of(Maps()).ToJson());
        var trace = json["data"]![0]!;

        Assert.Equal((75, 75), (trace["z"]!.Count(), trace["z"]![0]!.Count()));
        Assert.Equal([150.0, 100.0], [75 * (double)trace["dx"]!, Math.Round(75 * (double)trace["dy"]!, 3)]);
        Assert.Equal((double)trace["dx"]! / 2, (double)trace["x0"]!);
        Assert.Equal([0.0, 150.0], json["layout"]!["xaxis"]!["range"]!.Values<double>());
        Assert.Equal([100.0, 0.0], json["layout"]!["yaxis2"]!["range"]!.Values<double>());
        Assert.Equal("coloraxis", (string)json["data"]![1]!["coloraxis"]!);
    }

    [Fact]
    public void By_outcome_the_misclassified_images_have_a_panel_of_their_own()
    {
        var json = JObject.Parse(MeanHeatMap.ByOutcome(Maps()).ToJson());

        Assert.Equal(
            ["NORMAL called NORMAL", "NORMAL called PNEUMONIA &lt;b&gt;", "PNEUMONIA &lt;b&gt; called PNEUMONIA &lt;b&gt;"],
            json["data"]!.Select(trace => (string)trace["name"]!));
        Assert.Equal(
            ["10 images", "5 images", "5 images"], json["layout"]!["annotations"]!.Select(note => ((string)note["text"]!).Split(", ")[^1]));
        Assert.Contains(
            "too few images: PNEUMONIA &lt;b&gt; called NORMAL (1)",
            MarkUp().Replace((string)json["layout"]!["title"]!["text"]!, " "),
            StringComparison.Ordinal);
        Assert.Equal((0.0, 1.0), ((double)json["layout"]!["coloraxis"]!["cmin"]!, (double)json["layout"]!["coloraxis"]!["cmax"]!));
    }

    [Fact]
    public void An_overlay_leaves_a_picture_as_it_is_where_the_map_is_zero_and_colours_it_where_it_is_not()
    {
        var gray = new PixelImage(4, 1, 1, [100, 100, 100, 100]);

        var blended = GradCamOverlay.Blend(gray, new HeatMap(1, 4, [0, 0, 1, 2]));

        Assert.Equal([100, 100, 100, 100, 100, 100], blended.Pixels[..6]);
        // By hand: half the maximum is viridis' #21918C at opacity .3, the maximum #FDE725 at .6.
        Assert.Equal([80, 114, 112], blended.Pixels[6..9]);
        Assert.Equal([192, 179, 62], blended.Pixels[9..]);
        Assert.Equal(gray.ToRgb().Pixels, GradCamOverlay.Blend(gray, new HeatMap(1, 1, [0])).Pixels);
        Assert.Equal([100, 100, 100, 100], gray.Pixels);
    }

    [Fact]
    public void Overlays_stand_below_their_pictures_and_are_not_published()
    {
        var grid = GradCamOverlay.Of(
            Maps(),
            image =>
                image.Path == "1.png" ? throw new BadImageException("1.png", "the file is empty.", "Remove it.")
                : new PixelImage(300, 200, 1),
            perClass: 2);

        Assert.Equal(["True class NORMAL", null, "True class PNEUMONIA <b>", null], grid.Rows.Select(row => row.Title));
        Assert.Equal([2, 2, 2, 2], grid.Rows.Select(row => row.Pictures.Count));
        Assert.Equal("called NORMAL; NORMAL has logit 2.50", grid.Rows[1].Pictures[0].Detail);
        Assert.Equal(
            (128, 85, 3),
            (grid.Rows[1].Pictures[0].Image!.Width, grid.Rows[1].Pictures[0].Image!.Height, grid.Rows[1].Pictures[0].Image!.Channels));
        Assert.Null(grid.Rows[1].Pictures[1].Image);
        var html = grid.ToHtml();
        var pictures = html.IndexOf("data-covidnotebooks-pictures", StringComparison.Ordinal);
        Assert.DoesNotContain("<img", html[..pictures], StringComparison.Ordinal);
        Assert.Contains(
            "15.png: called PNEUMONIA <b>; PNEUMONIA <b> has logit 2.50",
            WebUtility.HtmlDecode(html[pictures..]),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_mean_of_few_images_is_named_but_not_shown()
    {
        var maps = Maps();
        var few = new ActivationMaps(maps.Dataset, [.. maps.Items.Take(7)], 100, 150); // Seven images, two of them all zero.
        var fewer = new ActivationMaps(maps.Dataset, [.. maps.Items.Take(6)], 100, 150); // Six images, two of them all zero.

        Assert.Single(JObject.Parse(MeanHeatMap.Of(few).ToJson())["data"]!);
        Assert.Contains("NORMAL: 6", Assert.Throws<ArgumentException>(() => MeanHeatMap.Of(fewer)).Message, StringComparison.Ordinal);
    }

    /// <summary>
    /// Fifteen normal images, every third with an all-zero map and every third misclassified; six of pneumonia, the last misclassified.
    /// </summary>
    internal static ActivationMaps Maps()
    {
        var dataset = ChartData.Dataset("test", 15, 6);
        HeatMap[] maps = [new(1, 2, [8, 0]), new(1, 2, [0, .5]), new(1, 2, [0, 0])];
        var items = dataset.Images.Select((image, i) =>
        {
            var predicted = image.Label == 0 ? i % 3 == 1 ? 1 : 0 : i == 20 ? 0 : 1;
            return new ImageActivation(
                image, new ClassActivation(image.Label == 0 ? maps[i % 3] : new HeatMap(1, 2, [4, 1]), predicted, 2.5, predicted));
        });
        return new ActivationMaps(dataset, [.. items], 100, 150);
    }

    [GeneratedRegex("(<[^>]+>)+", RegexOptions.ExplicitCapture)]
    private static partial Regex MarkUp();
}
