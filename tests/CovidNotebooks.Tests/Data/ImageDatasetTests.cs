using CovidNotebooks.Data;
using CovidNotebooks.Data.Augmentation;
using CovidNotebooks.Data.Imaging;

namespace Tests.Data;

/// <summary>Rows of a dataset, chosen, renamed and renumbered; and what sizes, boxes and options are refused.</summary>
public sealed class ImageDatasetTests
{
    private static ImageDataset Set(params (string Path, int Label, string? Group)[] rows) => new(
        "set", ".", ["a", "b", "c"], [.. rows.Select(row => new LabeledImage(row.Path, row.Label, row.Group))])
    {
        Collection = "somewhere",
        Notes = ["a note"],
    };

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    public void A_label_that_is_no_class_is_refused_with_the_file(int label) => Assert.StartsWith(
        $"x.png has label {label}, but set has the classes 0 to 2 (a, b, c).",
        Assert.Throws<ArgumentException>(() => Set(("x.png", label, null))).Message,
        StringComparison.Ordinal);

    [Fact]
    public void One_image_of_each_group_is_the_first_and_an_image_without_group_is_its_own()
    {
        var set = Set(("1", 0, "p"), ("2", 0, "p"), ("3", 1, "q"), ("4", 1, null), ("5", 2, null));
        Assert.Equal(["1", "3", "4", "5"], set.OnePerGroup(10, seed: 1).Images.Select(image => image.Path).Order(StringComparer.Ordinal));
        var two = set.OnePerGroup(2, seed: 1);
        Assert.Equal(two.Images, set.OnePerGroup(2, seed: 1).Images);
        Assert.Equal(2, two.Count);

        // All four groups are drawn by some seed: the draw is among groups, not from the beginning of the list.
        Assert.Equal(4, Enumerable.Range(0, 40).SelectMany(seed => set.OnePerGroup(1, seed).Images).Select(image => image.Path)
            .Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Some_classes_are_numbered_in_the_order_of_their_names()
    {
        var set = Set(("1", 0, null), ("2", 1, null), ("3", 2, null), ("4", 2, null));
        var two = set.OfClasses("c", "a");
        Assert.Equal(["c", "a"], two.ClassNames);
        Assert.Equal([("1", 1), ("3", 0), ("4", 0)], two.Images.Select(image => (image.Path, image.Label)));
        Assert.Equal(("somewhere", "a note"), (two.Collection, Assert.Single(two.Notes)));
        Assert.Contains("set has the classes a, b, c; found a, d.",
            Assert.Throws<ArgumentException>(() => set.OfClasses("a", "d")).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => set.OfClasses());
    }

    [Fact]
    public void Other_names_are_one_a_class()
    {
        var named = Set(("1", 0, null), ("2", 2, null)).WithClassNames("x", "y", "z");
        Assert.Equal(["x", "z"], named.Labels.Select(label => named.ClassNames[label]));
        Assert.Contains("set has 3 classes (a, b, c), and 2 names were given (x, y).",
            Assert.Throws<ArgumentException>(() => Set(("1", 0, null)).WithClassNames("x", "y")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CT_COVID/2020.03.01.1-p1-2.png", "covid: medRxiv and bioRxiv")]
    [InlineData("CT_COVID/kjr-21-e24-g001-l-a.jpg", "covid: other papers")]
    [InlineData("CT_NonCOVID/32%0.jpg", "not covid: .jpg, numbered series")]
    [InlineData("CT_NonCOVID/32.png", "not covid: .png, numbered pictures")]
    [InlineData("mine/32.png", "my clinic")]
    public void The_name_of_a_covid_ct_file_tells_its_collection(string path, string source) => Assert.Equal(
        source, Grouping.WithCovidCtSource(new LabeledImage(path, 0, Source: "my clinic")).Source);

    [Fact]
    public void Sizes_and_boxes_that_do_not_fit_are_refused()
    {
        Assert.Contains("2 x 3 pixels with 3 channels has 18 bytes, not 17",
            Assert.Throws<ArgumentException>(() => new PixelImage(2, 3, 3, new byte[17])).Message, StringComparison.Ordinal);
        var image = new PixelImage(3, 2, 1, [1, 2, 3, 4, 5, 6]);
        Assert.Equal([5, 6], image.Crop(top: 1, left: 1, height: 1, width: 2).Pixels);
        (int, int, int, int)[] outside = [(-1, 0, 1, 1), (0, -1, 1, 1), (0, 0, 0, 1), (0, 0, 1, 0), (1, 0, 2, 1), (0, 2, 1, 2)];
        foreach (var (top, left, height, width) in outside)
        {
            Assert.Contains("is not inside an image of 3 x 2 pixels",
                Assert.Throws<ArgumentOutOfRangeException>(() => image.Crop(top, left, height, width)).Message, StringComparison.Ordinal);
        }

        Assert.True(image.IsGray());
        Assert.Same(image, image.ToGrayscale());
    }

    [Theory]
    [InlineData(0, 1, 1, 1, .5)]
    [InlineData(.9, .8, 1, 1, .5)]
    [InlineData(.5, 1.1, 1, 1, .5)]
    [InlineData(double.NaN, 1, 1, 1, .5)]
    [InlineData(.5, 1, 0, 1, .5)]
    [InlineData(.5, 1, 2, 1, .5)]
    [InlineData(.5, 1, 1, double.PositiveInfinity, .5)]
    [InlineData(.5, 1, 1, 1, -.1)]
    [InlineData(.5, 1, 1, 1, double.NaN)]
    public void A_crop_with_impossible_ranges_is_refused(double low, double high, double narrow, double wide, double flip)
    {
        var crop = new RandomResizedCrop { Scale = (low, high), Ratio = (narrow, wide), HorizontalFlipProbability = flip };
        Assert.Throws<ArgumentOutOfRangeException>(crop.Validate);
        new RandomResizedCrop { Scale = (.5, 1), Ratio = (1, 1), HorizontalFlipProbability = 1 }.Validate();
    }

    [Fact]
    public void A_picture_that_moves_needs_all_its_values_and_a_way_to_fill()
    {
        var right = new AffineParameters { ColumnShift = 1 };
        float[] target = new float[2];
        Assert.Contains("An image of 2 x 1 pixels with 1 channels has 2 values; found 3.", Assert.Throws<ArgumentException>(
            () => KerasAffine.Apply<byte>(new byte[3], 1, 2, 1, right, FillMode.Nearest, 0, target)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(
            () => KerasAffine.Apply<byte>(new byte[2], 1, 2, 1, right, (FillMode)9, 0, target));

        // One column repeats itself whichever way it is wrapped.
        KerasAffine.Apply<byte>([7, 9], 2, 1, 1, right, FillMode.Wrap, 0, target);
        Assert.Equal([7, 9], target);
    }
}
