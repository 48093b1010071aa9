using CovidNotebooks.Evaluation;
using FsCheck;
using FsCheck.Fluent;

namespace Tests.Evaluation;

/// <summary>ROC, AUC, precision-recall, thresholds: by hand, with ties, with one class, and by brute force.</summary>
public class RankingMetricsTests
{
    [Fact]
    public void AucByHand()
    {
        // Pairs (positive, negative): .8>.7, .8>.2, .4<.7, .4>.2: three of four.
        Assert.Equal(.75, Auc.Of([1, 0, 1, 0], [.8, .7, .4, .2]));
    }

    [Fact]
    public void AucCountsTiesHalf()
    {
        // .5>.2, .5=.5, .9>.2, .9>.5: three and a half of four.
        Assert.Equal(3.5 / 4, Auc.Of([1, 0, 1, 0], [.5, .5, .9, .2]));
        Assert.Equal(.5, Auc.Of([1, 0, 1, 0], [.3, .3, .3, .3]));
    }

    [Fact]
    public void AucOfOneClassSaysWhichIsMissing()
    {
        var error = Assert.Throws<UndefinedMetricException>(() => Auc.Of([1, 1, 1], [.1, .2, .3]));
        Assert.Contains("3 positive and 0 negative", error.Message, StringComparison.Ordinal);
        Assert.Throws<UndefinedMetricException>(() => Auc.Of([], []));
        Assert.Throws<UndefinedMetricException>(() => RocCurve.Of([0, 0], [.1, .2]).TruePositiveRates);
        Assert.Equal([0, .5, 1], RocCurve.Of([0, 0], [.1, .2]).FalsePositiveRates);
    }

    [Fact]
    public void ScoresThatCannotBeRankedAreRefused()
    {
        Assert.Contains(
            "image 1", Assert.Throws<ArgumentException>(() => Auc.Of([0, 1], [.1, double.NaN])).Message, StringComparison.Ordinal);
        Assert.Contains(
            "2 labels and 1 scores", Assert.Throws<ArgumentException>(() => Auc.Of([0, 1], [.1])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AucIsTheProbabilityThatAPositiveScoresHigher() => Check.QuickThrowOnFailure(Prop.ForAll(Cases(), items =>
    {
        var (labels, scores) = Split(items);
        return Math.Abs(Auc.Of(labels, scores) - BruteForce(labels, scores)) < 1e-12;
    }));

    [Fact]
    public void AucOfTheOtherClassIsTheComplement() => Check.QuickThrowOnFailure(Prop.ForAll(Cases(), items =>
    {
        var (labels, scores) = Split(items);
        return Math.Abs(Auc.Of(labels, scores) + Auc.Of(labels, scores, positiveClass: 0) - 1) < 1e-12;
    }));

    [Fact]
    public void DroppedPointsChangeNoArea() => Check.QuickThrowOnFailure(Prop.ForAll(Cases(), items =>
    {
        var (labels, scores) = Split(items);
        var (few, all) = (RocCurve.Of(labels, scores), RocCurve.Of(labels, scores, dropIntermediate: false));
        return few.Thresholds.Count <= all.Thresholds.Count && Math.Abs(few.Area - all.Area) < 1e-12;
    }));

    [Fact]
    public void RocStartsAtNothingAndEndsAtEverything()
    {
        var roc = RocCurve.Of([0, 1, 1], [.2, .6, .9], first: FirstThreshold.HighestScorePlusOne);
        Assert.Equal([1.9, .9, .6, .2], roc.Thresholds);
        Assert.Equal([0, .5, 1, 1], roc.TruePositiveRates);
        Assert.Equal([0, 0, 0, 1], roc.FalsePositiveRates);
    }

    [Fact]
    public void AveragePrecisionByHand()
    {
        // From the top: + - + -; precision at the first hit 1, at the second 2/3; each gains half of the recall.
        Assert.Equal((.5 * 1) + (.5 * 2 / 3), PrecisionRecallCurve.Of([1, 0, 1, 0], [.9, .8, .7, .1]).AveragePrecision, 1e-15);
    }

    [Fact]
    public void AveragePrecisionOfTiesIsThePrevalence() =>
        Assert.Equal(.25, PrecisionRecallCurve.Of([1, 0, 0, 0], [.5, .5, .5, .5]).AveragePrecision);

    [Fact]
    public void PrecisionRecallWithoutPositivesFollowsScikitLearnAndSaysSo()
    {
        var curve = PrecisionRecallCurve.Of([0, 0], [.2, .4]);
        Assert.Equal(0, curve.Positives);
        Assert.Equal([1, 1, 0], curve.Recall);
        Assert.Equal([0, 0, 1], curve.Precision);
        Assert.Equal(0, curve.AveragePrecision);
    }

    [Fact]
    public void AveragePrecisionOfSeparatedClassesIsOne() => Check.QuickThrowOnFailure(Prop.ForAll(Cases(), items =>
    {
        var (labels, _) = Split(items);
        return PrecisionRecallCurve.Of(labels, [.. labels.Select(label => (double)label)]).AveragePrecision == 1;
    }));

    [Fact]
    public void YoudenByHand()
    {
        // At .6: 2 of 3 positives, 0 of 2 negatives: J = 2/3, the largest; at .3: 3/3 - 1/2.
        var choice = ThresholdChoice.Youden([1, 1, 0, 1, 0], [.9, .6, .5, .3, .1]);
        Assert.Equal(.6, choice.Value);
        Assert.Equal(new Proportion(2, 3), choice.Sensitivity);
        Assert.Equal(new Proportion(2, 2), choice.Specificity);
        Assert.Contains("0.667", choice.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void YoudenTakesTheHighestOfTiedThresholdsAndOwnsUpToChance()
    {
        Assert.Equal(.9, ThresholdChoice.Youden([1, 0, 1, 0], [.9, .8, .7, .6]).Value);
        Assert.Contains("No threshold is better than chance", ThresholdChoice.Youden([0, 1], [.9, .1]).Reason, StringComparison.Ordinal);
        Assert.Contains(
            "0 positive",
            Assert.Throws<UndefinedMetricException>(() => ThresholdChoice.Youden([0, 0], [.9, .1])).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void ThresholdForASensitivityIsTheHighestThatReachesIt() => Check.QuickThrowOnFailure(Prop.ForAll(Cases(), items =>
    {
        var (labels, scores) = Split(items);
        var choice = ThresholdChoice.ForSensitivity(labels, scores, .8);
        var higher = scores.Where(score => score > choice.Value).Distinct();
        return choice.Sensitivity.Value >= .8
            && BinaryMetrics.Of(
                ConfusionMatrix.Of(
                    labels, [.. scores.Select(score => choice.IsPositive(score) ? 1 : 0)], ["a", "b"])).Sensitivity == choice.Sensitivity
            && higher.All(
                threshold =>
                    labels.Where((label, i) => label == 1 && scores[i] >= threshold).Count() < .8 * labels.Count(label => label == 1));
    }));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void AThresholdIsAppliedToWhicheverClassIsPositive(int positiveClass)
    {
        // Scores of class 1: .9 and .3 for images of class 1, .2 and .6 for images of class 0.
        Prediction[] items =
        [
            new("a", null, null, 1, [.1, .9], 0),
            new("b", null, null, 1, [.7, .3], 0),
            new("c", null, null, 0, [.8, .2], 0),
            new("d", null, null, 0, [.4, .6], 0),
        ];
        var predictions = new Predictions(["n", "p"], items, positiveClass);
        var choice = ThresholdChoice.ForSensitivity(predictions, 1);
        var metrics = BinaryMetrics.Of(choice.ConfusionOf(predictions), positiveClass);
        Assert.Equal(positiveClass == 1 ? .3 : .4, choice.Value);
        Assert.Equal((choice.Sensitivity, choice.Specificity), (metrics.Sensitivity, metrics.Specificity));
        Assert.Equal(
            ThresholdChoice.Youden(predictions).Sensitivity,
            BinaryMetrics.Of(ThresholdChoice.Youden(predictions).ConfusionOf(predictions), positiveClass).Sensitivity);
    }

    [Fact]
    public void AThresholdDecidesBetweenTwoClassesOnly()
    {
        var three = new Predictions(["a", "b", "c"], [new("x", null, null, 0, [.5, .3, .2], 0), new("y", null, null, 1, [.1, .8, .1], 0)]);
        Assert.Contains(
            "there are 3",
            Assert.Throws<ArgumentException>(() => ThresholdChoice.Youden(three).ConfusionOf(three)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void ASensitivityThatCannotBeIsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => ThresholdChoice.ForSensitivity([0, 1], [.1, .2], 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => ThresholdChoice.ForSensitivity([0, 1], [.1, .2], 1.01));
    }

    /// <summary>Lists of (label, score) with both classes and many ties.</summary>
    internal static Arbitrary<(int Label, double Score)[]> Cases()
    {
        var item = from label in Gen.Choose(0, 1) from score in Gen.Choose(0, 6) select (label, score / 8.0);
        var first = from score in Gen.Choose(0, 6) select (0, score / 8.0);
        var second = from score in Gen.Choose(0, 6) select (1, score / 8.0);
        var list = from n in first from p in second from rest in Gen.ListOf(item) select ((int, double)[])[n, p, .. rest];
        return Arb.From(list);
    }

    internal static (int[] Labels, double[] Scores) Split((int Label, double Score)[] items) =>
        ([.. items.Select(item => item.Label)], [.. items.Select(item => item.Score)]);

    internal static double BruteForce(int[] labels, double[] scores)
    {
        double won = 0, pairs = 0;
        for (var p = 0; p < labels.Length; p++)
        {
            for (var n = 0; n < labels.Length; n++)
            {
                if (labels[p] == 1 && labels[n] == 0)
                {
                    pairs++;
                    won += scores[p] > scores[n] ? 1 : scores[p] == scores[n] ? .5 : 0;
                }
            }
        }

        return won / pairs;
    }
}
