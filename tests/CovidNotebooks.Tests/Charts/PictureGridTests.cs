using System.Net;
using System.Text.RegularExpressions;
using CovidNotebooks.Charts;
using CovidNotebooks.Data;
using CovidNotebooks.Data.Augmentation;
using CovidNotebooks.Data.Imaging;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

namespace Tests.CovidNotebooks.Charts;

public partial class PictureGridTests
{
    [Fact]
    public void Pictures_are_small_png_files_inside_the_html_with_the_pixels_of_the_image()
    {
        var html = new PictureGrid(
            "Two",
            [new PictureRow(null, [new Picture("small", Gradient(40, 20, 3)), new Picture("large", Gradient(512, 256, 1))])]).ToHtml();

        var sources = PngSource().Matches(html).Select(match => Convert.FromBase64String(match.Groups[1].Value)).ToArray();
        Assert.Equal(2, sources.Length);
        using var small = Image.Load<Rgb24>(sources[0]);
        Assert.Equal((40, 20), (small.Width, small.Height));
        Assert.Equal(new Rgb24(Gradient(40, 20, 3).Pixels[3], Gradient(40, 20, 3).Pixels[4], Gradient(40, 20, 3).Pixels[5]), small[1, 0]);
        using var large = Image.Load<L8>(sources[1]);
        Assert.Equal((128, 64), (large.Width, large.Height));
    }

    [Fact]
    public void What_a_published_notebook_shows_instead_names_every_picture_and_holds_no_pixel()
    {
        var grid = new PictureGrid(
            "A \"grid\"",
            [
                new PictureRow("NORMAL", [new Picture("a/<1>.jpeg", Gradient(8, 8, 1), "score .97")]),
                new PictureRow("PNEUMONIA", [new Picture("b.jpeg", null, "cut off")]),
            ]);

        var html = grid.ToHtml();
        var instead = WebUtility.HtmlDecode(InsteadText().Match(html).Groups[1].Value);
        Assert.Equal("2 pictures are shown here when you run the notebook. They are not published.", instead);
        Assert.Contains("a/&lt;1&gt;.jpeg: score .97", html, StringComparison.Ordinal);
        Assert.Contains("b.jpeg: cut off", html, StringComparison.Ordinal);
        Assert.Equal("A \"grid\"\nNORMAL\n  a/<1>.jpeg: score .97\nPNEUMONIA\n  b.jpeg: cut off\n", grid.ToPlainText());
        var before = html[..html.IndexOf("data-covidnotebooks-pictures", StringComparison.Ordinal)];
        Assert.DoesNotContain("<img", before, StringComparison.Ordinal);
        Assert.EndsWith("</details></div>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sample_grid_takes_different_images_of_each_class_and_the_same_ones_for_the_same_seed()
    {
        var dataset = ChartData.Dataset("training", 20, 3);
        var read = new List<int>();
        PixelImage Read(LabeledImage image)
        {
            read.Add(image.Label);
            return Gradient(8, 8, 1);
        }

        var grid = SampleGrid.Of(dataset, Read, perClass: 5, seed: 3);

        Assert.Equal([5, 3], grid.Rows.Select(row => row.Pictures.Count));
        Assert.Equal(5, grid.Rows[0].Pictures.Select(picture => picture.Name).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal([0, 0, 0, 0, 0, 1, 1, 1], read);
        Assert.Equal(grid.ToPlainText(), SampleGrid.Of(dataset, Read, perClass: 5, seed: 3).ToPlainText());
        Assert.NotEqual(grid.ToPlainText(), SampleGrid.Of(dataset, Read, perClass: 5, seed: 4).ToPlainText());
    }

    [Fact]
    public void A_picture_that_cannot_be_read_does_not_cost_the_others()
    {
        var grid = SampleGrid.Of(
            ChartData.Dataset("training", 2, 0),
            image => image.Path == "0.png" ? throw new BadImageException("0.png", "the file is empty.", "Remove it.") : Gradient(8, 8, 1));

        Assert.Single(
            grid.Rows[0].Pictures,
            picture => picture.Image is null && picture.Detail!.Contains("the file is empty", StringComparison.Ordinal));
        Assert.Contains("cannot be read", grid.ToHtml(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_gallery_shows_the_worst_mistakes_first_with_what_the_model_said()
    {
        var images = ChartData.Predictions.Items.Select(item => new LabeledImage(item.Id, item.Label)).ToArray();
        var dataset = new ImageDataset("test", Path.GetTempPath(), ChartData.ClassNames, images);

        var grid = MisclassifiedGallery.Of(ChartData.Predictions, dataset, _ => Gradient(8, 8, 1));

        Assert.Equal(["n3", "p1"], grid.Rows.Single().Pictures.Select(picture => picture.Name));
        Assert.Equal("true NORMAL, called PNEUMONIA <b> 0.720, loss 1.27", grid.Rows[0].Pictures[0].Detail);
        Assert.Contains("2 of 6 images were classified wrongly", grid.ToPlainText(), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(
            () => MisclassifiedGallery.Of(ChartData.Predictions, dataset.Where(image => image.Path != "n3"), _ => Gradient(8, 8, 1)));
    }

    [Fact]
    public void An_augmentation_preview_has_the_original_and_then_the_epochs()
    {
        var grid = AugmentationPreview.Of([("a.png", Gradient(8, 8, 1), [Gradient(8, 8, 1), Gradient(8, 8, 1)])], "shift .1, shear .2");

        Assert.Equal(["original", "epoch 1", "epoch 2"], grid.Rows.Single().Pictures.Select(picture => picture.Detail));
        Assert.Contains("shift .1, shear .2", grid.ToPlainText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Files_are_read_and_augmented_as_the_loader_does()
    {
        var folder = Directory.CreateTempSubdirectory("pictures").FullName;
        try
        {
            var training = Phantoms.Create(
                folder, new PhantomOptions { Size = 32, TrainPerClass = 2, TestPerClass = 1, Jpeg = false })["train"];
            var options = new LoaderOptions
            {
                Width = 24,
                Height = 20,
                Seed = 5,
                Augmentation = new KerasAugmentation { HorizontalFlip = true, WidthShiftRange = .2, ShearRange = .2 },
            };
            using var loader = new ImageLoader(training, options);

            var preview = AugmentationPreview.Of(loader, [0, 3], epochs: 3);

            Assert.Equal([4, 4], preview.Rows.Select(row => row.Pictures.Count));
            var shown = preview.Rows[1].Pictures;
            Assert.All(shown, picture => Assert.Equal((24, 20, 3), (picture.Image!.Width, picture.Image.Height, picture.Image.Channels)));
            Assert.Equal(
                loader.Sample(3, 1).Select(value => (int)Math.Round(value * 255)), shown[2].Image!.Pixels.Select(value => (int)value));
            Assert.NotEqual(shown[0].Image!.Pixels, shown[1].Image!.Pixels);
            Assert.Contains("horizontal flip", preview.ToPlainText(), StringComparison.Ordinal);
            Assert.Throws<ArgumentException>(
                () => AugmentationPreview.Of(new ImageLoader(training, options with { Augmentation = null }), [0]));

            var sample = SampleGrid.Of(training, perClass: 2);
            Assert.All(sample.Rows.SelectMany(row => row.Pictures), picture => Assert.Equal(32, picture.Image!.Width));
            Assert.DoesNotContain("data-covidnotebooks-pictures", sample.OfNobody().ToHtml(), StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static PixelImage Gradient(int width, int height, int channels) =>
        new(width, height, channels, [.. Enumerable.Range(0, width * height * channels).Select(i => (byte)(i * 7 % 256))]);

    [GeneratedRegex("src=\"data:image/png;base64,([^\"]+)\"")]
    private static partial Regex PngSource();

    [GeneratedRegex("data-instead=\"([^\"]*)\"")]
    private static partial Regex InsteadText();
}
