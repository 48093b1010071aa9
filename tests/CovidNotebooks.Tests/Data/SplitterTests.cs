using CovidNotebooks.Data;
using FsCheck;
using FsCheck.Fluent;

namespace Tests.Data;

public class SplitterTests
{
    private static readonly (string, double)[] Parts = [("train", .7), ("val", .15), ("test", .15)];

    [Fact]
    public void A_stratified_split_is_disjoint_complete_and_keeps_the_class_shares()
    {
        var dataset = Dataset(1341, 3875, groupSize: 1);
        var split = Splitter.Stratified(dataset, 7, Parts);
        Assert.Equal([939, 2713], split["train"].CountsByClass); // .7 * 1341 = 938.7, .7 * 3875 = 2712.5
        Assert.Equal(dataset.Count, split.Parts.Sum(part => part.Dataset.Count));
        Assert.Equal(
            dataset.Images.Select(image => image.Path).Order(StringComparer.Ordinal),
            split.Parts.SelectMany(part => part.Dataset.Images).Select(image => image.Path).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_seed_decides_and_the_order_of_the_files_does_not()
    {
        var dataset = Dataset(40, 60, groupSize: 3);
        var reversed = dataset.Subset(Enumerable.Range(0, dataset.Count).Reverse(), "reversed");
        foreach (
            var split in new Func<ImageDataset, long, DatasetSplit>[]
            {
                (data, seed) => Splitter.Stratified(data, seed, Parts),
                (data, seed) => Splitter.Grouped(data, seed, Parts),
            })
        {
            Assert.Equal(Test(split(dataset, 1)), Test(split(reversed, 1)));
            Assert.NotEqual(Test(split(dataset, 1)), Test(split(dataset, 2)));
        }

        static IEnumerable<string> Test(DatasetSplit split) =>
            split["test"].Images.Select(image => image.Path).Order(StringComparer.Ordinal);
    }

    [Fact]
    public void No_group_is_torn_apart()
    {
        var values =
            from seed in Gen.Choose(0, 1000)
            from negatives in Gen.Choose(10, 80)
            from positives in Gen.Choose(10, 80)
            from size in Gen.Choose(1, 7)
            select (seed, negatives, positives, size);
        Prop.ForAll(
            values.ToArbitrary(),
            value =>
            {
                var split = Splitter.Grouped(Dataset(value.negatives, value.positives, value.size), value.seed, Parts);
                return split.Card.IsDisjoint && split.Parts.Sum(part => part.Dataset.Count) == value.negatives + value.positives;
            }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_grouped_split_comes_near_to_the_fractions_asked_for()
    {
        var split = Splitter.Grouped(Dataset(300, 700, groupSize: 4), 3, Parts);
        Assert.InRange(split["train"].CountsByClass[0], 200, 220);
        Assert.InRange(split["train"].CountsByClass[1], 480, 500);
        Assert.InRange(split["test"].CountsByClass[1], 95, 115);
    }

    [Fact]
    public void A_stratified_split_that_tears_groups_says_so()
    {
        var split = Splitter.Stratified(Dataset(60, 60, groupSize: 5), 1, Parts);
        Assert.NotEmpty(split.Card.SharedGroups);
        Assert.Contains("groups are in two splits", split.ToPlainText(), StringComparison.Ordinal);
        Assert.Contains("No file is in two splits", split.ToHtml(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_count_of_one_is_told_in_the_singular()
    {
        ImageDataset Part(params string[] groups) =>
            new("made", "/", ["a", "b"], [.. groups.Select((group, i) => new LabeledImage($"a/{group}-{i}.png", 0, group))]);
        Assert.Contains(
            "1 group is in two splits: p (train, test)",
            new SplitCard("t", [("train", Part("p", "p")), ("test", Part("q", "q", "p"))]).ToPlainText(),
            StringComparison.Ordinal);
        Assert.Contains(
            "1 file is in two splits: a/p-0.png (train, test)",
            new SplitCard("t", [("train", Part("p")), ("test", Part("p"))]).ToPlainText(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Fractions_that_do_not_add_up_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Splitter.Stratified(Dataset(5, 5, 1), 1, ("train", .7), ("test", .2)));
        Assert.Throws<ArgumentException>(() => Splitter.Grouped(Dataset(5, 5, 1), 1, ("train", 1.2), ("test", -.2)));
    }

    [Fact]
    public void Balanced_weights_are_those_of_scikit_learn()
    {
        // compute_class_weight("balanced") on 1341 and 3875: 5216 / (2 * 1341), 5216 / (2 * 3875).
        var weights = ClassBalance.Weights(Dataset(1341, 3875, 1));
        Assert.Equal(1.9448173, weights[0], 7);
        Assert.Equal(0.6730323, weights[1], 7);
        Assert.Contains(
            "no images of PNEUMONIA",
            Assert.Throws<DataException>(() => ClassBalance.Weights(Dataset(3, 0, 1))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Oversampling_repeats_every_image_of_the_smaller_class_nearly_equally_often()
    {
        var balanced = ClassBalance.Oversampled(Dataset(7, 24, 1), 3);
        Assert.Equal([24, 24], balanced.CountsByClass);
        Assert.All(balanced.Images.Where(image => image.Label == 0).CountBy(image => image.Path), pair => Assert.InRange(pair.Value, 3, 4));
        Assert.Equal(7, balanced.Images.Where(image => image.Label == 0).DistinctBy(image => image.Path).Count());
    }

    [Fact]
    public void Classes_can_be_numbered_in_another_order()
    {
        var turned = Dataset(2, 5, 1).WithClassOrder("PNEUMONIA", "NORMAL");
        Assert.Equal([5, 2], turned.CountsByClass);
        Assert.Equal(1, turned.Images[0].Label);
        Assert.StartsWith("NORMAL/", turned.Images[0].Path, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => turned.WithClassOrder("NORMAL", "ILL"));
    }

    internal static ImageDataset Dataset(int negatives, int positives, int groupSize) => new(
        "made",
        "/nowhere",
        ["NORMAL", "PNEUMONIA"],
        [
            .. Enumerable.Range(0, negatives).Select(i => new LabeledImage($"NORMAL/{i:D5}.png", 0, $"n{i / groupSize}")),
            .. Enumerable.Range(0, positives).Select(i => new LabeledImage($"PNEUMONIA/{i:D5}.png", 1, $"p{i / groupSize}")),
        ]);
}
