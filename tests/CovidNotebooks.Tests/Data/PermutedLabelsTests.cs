using CovidNotebooks.Data;

namespace Tests.Data;

public class PermutedLabelsTests
{
    [Fact]
    public void Labels_are_dealt_anew_as_many_of_each_class_and_by_the_seed()
    {
        var labelled = new ImageDataset("training", "/nowhere", ["n", "p"],
            [.. Enumerable.Range(0, 400).Select(i => new LabeledImage($"{i}.png", i < 100 ? 1 : 0, $"patient {i / 2}"))]);
        var dealt = labelled.WithPermutedLabels(seed: 3);
        Assert.Equal(labelled.CountsByClass, dealt.CountsByClass);
        Assert.Equal(labelled.Images.Select(image => (image.Path, image.Group)), dealt.Images.Select(image => (image.Path, image.Group)));
        Assert.Equal(dealt.Labels, labelled.WithPermutedLabels(seed: 3).Labels);
        Assert.NotEqual(dealt.Labels, labelled.WithPermutedLabels(seed: 4).Labels);

        // Of the 100 that were positive a quarter is so again: 25, with a standard deviation of 3.8.
        Assert.InRange(dealt.Labels.Take(100).Sum(), 25 - 15, 25 + 15);
    }
}
