using CovidNotebooks.Audit;
using CovidNotebooks.Data;
using CovidNotebooks.Data.Imaging;
using CovidNotebooks.Evaluation;

namespace Tests.Audit;

public sealed class ShortcutProbeTests : IDisposable
{
    private static readonly string[] Classes = ["ill", "well"];
    private readonly MadeImages images = new();

    public void Dispose() => images.Dispose();

    [Fact]
    public void A_width_that_gives_the_class_away_is_found_in_the_header()
    {
        var probe = ShortcutProbe.Header(Sized("train", 12), Sized("test", 10));
        Assert.Equal(new Proportion(20, 20), probe.Accuracy);
        Assert.Equal(1, probe.Auc);
        Assert.Null(probe.AucInterval);
        Assert.Equal(Wilson.Interval(20, 20), probe.AccuracyInterval);
        Assert.Equal(new Proportion(10, 20), probe.MajorityAccuracy);
        Assert.True(probe.FindsShortcut);
        Assert.Contains("has not shown that it has learnt more than this", probe.ToPlainText(), StringComparison.Ordinal);
        Assert.Contains("width (for well", probe.ToPlainText(), StringComparison.Ordinal);
        Assert.Contains("<table", probe.ToHtml(), StringComparison.Ordinal);
        Assert.Equal(["width", "height", "mode L", "format PNG"], probe.Weights.Select(weight => weight.Feature));
        Assert.All(probe.Weights.Skip(1), weight => Assert.Equal(0, weight.Weight));
    }

    [Fact]
    public void Twenty_pictures_of_two_patients_are_no_twenty_pictures()
    {
        // Ten widths of one patient a class: all right, but by two patients, so that the shortcut is not shown.
        var test = Sized("test", 10);
        var probe = ShortcutProbe.Header(Sized("train", 12), new ImageDataset(test.Name, test.Root, test.ClassNames,
            [.. test.Images.Select(image => image with { Group = $"patient {image.Label}" })]));
        Assert.Equal(1, probe.Accuracy.Value);
        Assert.Equal(Wilson.Interval(2, 2), probe.AccuracyInterval);
        Assert.Equal("Wilson on groups: 2 (few)", probe.AccuracyRemark);
        Assert.False(probe.FindsShortcut);
    }

    [Fact]
    public void The_forest_finds_a_width_between_two_others_and_the_regression_does_not()
    {
        ImageDataset Made(string name) =>
            Joined(
                name,
                images.Make($"{name}-a", 12, label => 20 - (label * 6), _ => 100, Classes),
                images.Make($"{name}-b", 12, label => label == 0 ? 8 : 14, _ => 100, Classes));
        var (train, test) = (Made("train"), Made("test"));
        var forest = ShortcutProbe.HeaderForest(train, test);
        Assert.Equal(1, forest.Accuracy.Value);
        Assert.All(forest.Predictions.Items, item => Assert.InRange(item.Loss, 0, 1e-9));
        Assert.False(ShortcutProbe.Header(train, test).FindsShortcut);
        Assert.Empty(forest.Weights);
        Assert.Contains("random forest of 300 trees", forest.ToPlainText(), StringComparison.Ordinal);

        static ImageDataset Joined(string name, ImageDataset a, ImageDataset b) =>
            new(name, a.Root, a.ClassNames, [.. a.Images, .. b.Images]);
    }

    [Fact]
    public void Headers_that_are_all_alike_give_the_majority_and_no_ranking()
    {
        var train = Plain("train", 10).Where(image => image.Label == 1 || !image.Path.EndsWith("-0.png", StringComparison.Ordinal));
        var probe = ShortcutProbe.Header(train, Plain("test", 10));
        Assert.Equal(probe.MajorityAccuracy, probe.Accuracy);
        Assert.Equal(1, probe.MajorityClass);
        Assert.Equal(0.5, probe.Auc);
        Assert.False(probe.FindsShortcut);
        Assert.Contains("no better than always answering well", probe.Meaning, StringComparison.Ordinal);
        Assert.All(probe.Predictions.Items, item => Assert.Equal(10.0 / 19, item.Scores[1], 1e-9));
        Assert.All(probe.Predictions.Items, item => Assert.Equal(-Math.Log(item.Scores[item.Label]), item.Loss, 1e-12));
    }

    [Fact]
    public void Brightness_that_gives_the_class_away_is_found_in_the_thumbnail_and_not_in_the_header()
    {
        ImageDataset Lit(string name, int count) => images.Make(name, count, _ => 16, label => 100 + (label * 60), Classes);
        var (train, test) = (Lit("train", 15), Lit("test", 10));
        Assert.Equal(1, ShortcutProbe.Thumbnail(train, test).Accuracy.Value);
        Assert.False(ShortcutProbe.Header(train, test).FindsShortcut);
        Assert.Equal(64, ShortcutProbe.Thumbnail(train, test).Weights.Count);
    }

    [Fact]
    public void Noise_is_not_a_shortcut()
    {
        Assert.False(ShortcutProbe.Thumbnail(Plain("train", 40), Plain("test", 20)).FindsShortcut);
    }

    [Fact]
    public void The_positive_class_turns_the_AUC_around_and_nothing_else()
    {
        var (train, test) = (Plain("train", 20), Plain("test", 15));
        var one = ShortcutProbe.Thumbnail(train, test);
        var other = ShortcutProbe.Thumbnail(train, test, new ProbeOptions { PositiveClass = 0 });
        Assert.Equal(one.Auc!.Value, other.Auc!.Value, 1e-12);
        Assert.Equal(one.Accuracy, other.Accuracy);
        Assert.Equal(0, other.Predictions.PositiveClass);
    }

    [Fact]
    public void Test_images_of_one_class_have_an_accuracy_and_no_AUC()
    {
        var probe = ShortcutProbe.Header(Sized("train", 5), Sized("test", 5).Where(image => image.Label == 0));
        Assert.Equal(1, probe.Accuracy.Value);
        Assert.Null(probe.Auc);
        Assert.Contains("not defined", probe.ToPlainText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Datasets_that_cannot_be_used_are_refused_with_what_was_found()
    {
        var (train, test) = (Sized("train", 3), Sized("test", 3));
        Assert.Contains(
            "ill 3, well 0", Message(() => ShortcutProbe.Header(train.Where(image => image.Label == 0), test)), StringComparison.Ordinal);
        Assert.Contains("no readable image", Message(() => ShortcutProbe.Header(train, test.Where(_ => false))), StringComparison.Ordinal);
        Assert.Contains(
            "test has well, ill",
            Message(() => ShortcutProbe.Thumbnail(train, test.WithClassOrder("well", "ill"))),
            StringComparison.Ordinal);
        var three = images.Make("three", 1, _ => 16, _ => 100, "a", "b", "c");
        Assert.Contains("3 classes", Message(() => ShortcutProbe.Thumbnail(three, three)), StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => ShortcutProbe.Header(train, test, new ProbeOptions { PositiveClass = 2 }));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => ShortcutProbe.Header(train, test, new ProbeOptions { InverseRegularization = -1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => ShortcutProbe.Header(train, test, new ProbeOptions { Confidence = 1 }));
    }

    [Fact]
    public void A_damaged_file_is_named_and_left_out_only_when_asked()
    {
        var (train, test) = (Sized("train", 4), Sized("test", 4));
        images.Damage(test.Images[5]);
        Assert.Contains(
            test.Images[5].Path,
            Assert.Throws<BadImageException>(() => ShortcutProbe.Header(train, test)).Message,
            StringComparison.Ordinal);
        var probe = ShortcutProbe.Header(train, test, new ProbeOptions { BadImages = BadImagePolicy.Skip });
        Assert.Equal(7, probe.Predictions.Count);
        Assert.Single(probe.BadImages);
        Assert.Contains("Left out", probe.ToPlainText(), StringComparison.Ordinal);
    }

    private ImageDataset Sized(string name, int count) => images.Make(name, count, label => 12 + (label * 8), _ => 100, Classes);

    private ImageDataset Plain(string name, int count) => images.Make(name, count, _ => 16, _ => 100, Classes);

    private static string Message(Func<object> action) => Assert.ThrowsAny<DataException>(action).Message;
}
