using CovidNotebooks.Data;
using CovidNotebooks.Evaluation;
using CovidNotebooks.Training;

namespace Tests.Training;

public class NestedCrossValidationTests
{
    private static readonly ImageDataset Images = new(
        "made up", Path.GetTempPath(), ["a", "b"], [
            .. Enumerable.Range(0, 60).Select(i => new LabeledImage($"{i:00}.png", i % 2, Group: $"patient {i % 2}-{i / 6}")),
        ]);

    [Fact]
    public void No_group_is_on_two_sides_and_every_image_is_held_out_once_in_each_cut()
    {
        var folds = NestedFold.Of(Images, seed: 3, outer: 5, inner: 4);
        Assert.Equal(5, folds.Count);
        Assert.Equal(Paths(Images), folds.SelectMany(fold => Paths(fold.Test)).Order(StringComparer.Ordinal));
        foreach (var fold in folds)
        {
            Assert.Equal(4, fold.Inner.Count);
            Disjoint(fold.Test, fold.Development);
            Assert.Equal(Paths(fold.Development), fold.Inner.SelectMany(part => Paths(part.Validation)).Order(StringComparer.Ordinal));
            foreach (var (train, validation) in fold.Inner)
            {
                Disjoint(train, validation);
                Disjoint(train, fold.Test);
                Assert.Equal(fold.Development.Count, train.Count + validation.Count);
            }
        }

        // The same seed cuts the same folds whatever the order of the images; another seed cuts others.
        var turned = NestedFold.Of(Images.With("turned", [.. Images.Images.Reverse()]), seed: 3);
        Assert.Equal(folds.Select(fold => string.Join(' ', Paths(fold.Test))), turned.Select(fold => string.Join(' ', Paths(fold.Test))));
        Assert.NotEqual(
            folds.Select(fold => string.Join(' ', Paths(fold.Test))),
            NestedFold.Of(Images, seed: 4).Select(fold => string.Join(' ', Paths(fold.Test))));
    }

    [Fact]
    public void Too_few_groups_are_told_with_the_fold()
    {
        var few = Images.Where(image => image.Group is "patient 0-0" or "patient 1-0" or "patient 1-1");
        var error = Assert.Throws<DataException>(() => NestedFold.Of(few, seed: 1)).Message;
        Assert.Contains("fold", error, StringComparison.Ordinal);
        Assert.Contains("Ask for fewer folds", error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_inner_folds_choose_and_the_outer_answer_is_of_a_model_that_never_saw_the_group()
    {
        var calls = 0;
        var seen = new List<(double Rate, int Train, int Held)>();
        Predictions Answer(KerasAdam optimizer, ImageDataset train, ImageDataset held)
        {
            calls++;
            Disjoint(train, held);
            seen.Add((optimizer.LearningRate, train.Count, held.Count));

            // The middle rate is right with .9, the others with .6: the log loss must find it.
            var right = optimizer.LearningRate == .01 ? .9 : .6;
            return new Predictions(held.ClassNames, [.. held.Images.Select(image => new Prediction(
                image.Path, image.Group, null, image.Label, image.Label == 1 ? [1 - right, right] : [right, 1 - right], double.NaN))]);
        }

        KerasAdam[] rates = [new() { LearningRate = .1 }, new() { LearningRate = .01 }, new() { LearningRate = .001 }];
        var nested = NestedCrossValidation.Over(Images, seed: 3, rates, Answer, outer: 5, inner: 4);
        Assert.Equal((5 * 4 * 3) + 5, calls);
        Assert.Equal([1, 1, 1, 1, 1], nested.Chosen);
        Assert.All(
            nested.Scores, own => Assert.Equal([-Math.Log(.6), -Math.Log(.9), -Math.Log(.6)], own, (x, y) => Math.Abs(x - y) < 1e-9));
        Assert.Equal(Paths(Images), nested.Together.Items.Select(item => item.Id));
        Assert.All(nested.Together.Items, item => Assert.Equal(.9, item.Scores[item.Label]));
        Assert.Contains("Every fold chose learning_rate 0.01.", nested.ToPlainText(), StringComparison.Ordinal);

        // A metric of which more is better is chosen by the other way round: here all are equal, and the first is taken.
        Assert.Equal([0, 0, 0, 0, 0], NestedCrossValidation.Over(Images, 3, rates, Answer, Metric.Named(MetricNames.Accuracy)).Chosen);
        Assert.Throws<ArgumentException>(() => NestedCrossValidation.Over(Images, 3, [rates[0]], Answer));
        Assert.Throws<ArgumentException>(() => NestedCrossValidation.Over(Images, 3, [rates[0], rates[0]], Answer));
    }

    private static void Disjoint(ImageDataset one, ImageDataset other) =>
        Assert.Empty(one.Images.Select(image => image.Group).Intersect(other.Images.Select(image => image.Group), StringComparer.Ordinal));

    private static IEnumerable<string> Paths(ImageDataset images) =>
        images.Images.Select(image => image.Path).Order(StringComparer.Ordinal);
}
