using CovidNotebooks.Data;
using CovidNotebooks.Evaluation;
using CovidNotebooks.Training;

namespace Tests.Training;

public class CrossValidationTests
{
    private static readonly ImageDataset Images = new(
        "made up", Path.GetTempPath(), ["a", "b"], [.. Enumerable.Range(0, 60)
            .Select(i => new LabeledImage($"{i:00}.png", i % 2, Group: $"patient {i % 2}-{i / 6}"))]);

    [Fact]
    public void Every_image_is_answered_once_by_a_model_that_has_not_seen_its_group()
    {
        var result = CrossValidation.Over(Images, seed: 3, (train, held) =>
        {
            Assert.Empty(train.Images.Select(image => image.Group)
                .Intersect(held.Images.Select(image => image.Group), StringComparer.Ordinal));
            Assert.Equal(Images.Count, train.Count + held.Count);
            Assert.Equal(train.Images.OrderBy(image => image.Path, StringComparer.Ordinal), train.Images);
            return new Predictions(held.ClassNames, [.. held.Images.Select(image => new Prediction(image.Path, image.Group, null,
                image.Label, [1, 0], 0))]);
        });

        Assert.Equal(Images.Images.Select(image => image.Path).Order(StringComparer.Ordinal),
            result.Together.Items.Select(item => item.Id));
        Assert.Equal(5, result.Answers.Count);
        Assert.StartsWith("5 folds by group, each image answered once: accuracy 0.500 (30/60)", result.ToPlainText(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_fold_stands_against_the_others()
    {
        var split = CrossValidation.FirstFold(Images, seed: 3);

        Assert.Equal(["train", "test"], split.Parts.Select(part => part.Name));
        Assert.Equal(CrossValidation.Cut(Images, 3).Parts[0].Dataset.Images, split["test"].Images);
        Assert.True(split.Card.IsDisjoint);
    }
}
