using CovidNotebooks.Evaluation;
using FsCheck;
using FsCheck.Fluent;

namespace Tests.Evaluation;

/// <summary>
/// What every metric must be for any labels and scores, many of them tied; and the cases by hand, of ties and of one class that the other
/// files leave out.
/// </summary>
public class MetricPropertiesTests
{
    private static readonly string[] Names = ["normal", "pneumonia"];

    [Fact]
    public void Metrics_of_a_matrix_follow_from_one_another() => Check.QuickThrowOnFailure(Prop.ForAll(RankingMetricsTests.Cases(), items =>
    {
        int[] labels = [.. items.Select(item => item.Label)], predicted = [.. items.Select(item => item.Score > .4 ? 1 : 0)];
        var metrics = BinaryMetrics.Of(ConfusionMatrix.Of(labels, predicted, Names));
        var transposed = BinaryMetrics.Of(ConfusionMatrix.Of(predicted, labels, Names));
        var sensitivity = metrics.Sensitivity.Value;
        var precision = metrics.Precision.Value;
        var prevalence = labels.Average();
        return Math.Abs(metrics.BalancedAccuracy - ((sensitivity + metrics.Specificity.Value) / 2)) < 1e-12
            && Math.Abs(metrics.Accuracy.Value - ((prevalence * sensitivity) + ((1 - prevalence) * metrics.Specificity.Value))) < 1e-12
            && (
                sensitivity + precision == 0 ? metrics.F1 == 0
                : Math.Abs(metrics.F1 - (2 * sensitivity * precision / (sensitivity + precision))) < 1e-12)
            && Math.Abs(metrics.F1 - transposed.F1) < 1e-12
                && Math.Abs(metrics.Matthews - transposed.Matthews) < 1e-12
                && Math.Abs(metrics.CohenKappa - transposed.CohenKappa) < 1e-12
            && metrics.Matthews is >= -1 and <= 1
                && metrics.CohenKappa is >= -1 and <= 1
                && Math.Abs(metrics.CohenKappa) <= Math.Abs(metrics.Matthews)
                + 1e-12;
    }));

    [Fact]
    public void Nobody_predicted_positive_leaves_the_precision_undefined_and_nobody_negative_the_other()
    {
        var noPositive = BinaryMetrics.Of(ConfusionMatrix.Of([0, 1, 1], [0, 0, 0], Names));
        Assert.Equal((false, true), (noPositive.Precision.IsDefined, noPositive.NegativePredictiveValue.IsDefined));
        Assert.Equal((0, 1.0 / 3), (noPositive.F1, noPositive.NegativePredictiveValue.Value));
        var noNegative = BinaryMetrics.Of(ConfusionMatrix.Of([0, 1, 1], [1, 1, 1], Names));
        Assert.Equal((true, false), (noNegative.Precision.IsDefined, noNegative.NegativePredictiveValue.IsDefined));
        Assert.Null(noNegative.NegativePredictiveValue.WilsonInterval());
    }

    [Fact]
    public void Averages_of_a_report_follow_from_its_rows() => Check.QuickThrowOnFailure(Prop.ForAll(RankingMetricsTests.Cases(), items =>
    {
        int[] labels = [.. items.Select(item => item.Label)], predicted = [.. items.Select(item => item.Score > .4 ? 1 : 0)];
        var report = ClassificationReport.Of(labels, predicted, Names).ToDictionary();
        double Of(string row, string column) => ((IReadOnlyDictionary<string, double>)report[row])[column];
        return new[] { "precision", "recall", "f1-score" }.All(column =>
                Math.Abs(Of("macro avg", column) - Names.Average(name => Of(name, column))) < 1e-12
                && Math.Abs(Of("weighted avg", column) - Names.Sum(name => Of(name, column) * Of(name, "support") / labels.Length)) < 1e-12)
            && Math.Abs((double)report["accuracy"] - Of("weighted avg", "recall")) < 1e-12;
    }));

    [Fact]
    public void Log_loss_is_least_at_the_prevalence_where_it_is_the_entropy() =>
        Check.QuickThrowOnFailure(Prop.ForAll(RankingMetricsTests.Cases(), items =>
    {
        int[] labels = [.. items.Select(item => item.Label)];
        var prevalence = labels.Average();
        double Constant(double p) => ProbabilityMetrics.LogLoss(labels, [.. labels.Select(_ => p)]);
        var entropy = -(prevalence * Math.Log(prevalence)) - ((1 - prevalence) * Math.Log(1 - prevalence));
        return Math.Abs(Constant(prevalence) - entropy) < 1e-12
            && Constant(prevalence) <= Constant(prevalence * .9)
            && Constant(prevalence) <= Constant((prevalence * .9) + .1);
    }));

    [Fact]
    public void Log_loss_of_one_class_is_defined()
    {
        Assert.Equal(-(Math.Log(.9) + Math.Log(.5)) / 2, ProbabilityMetrics.LogLoss([1, 1], [.9, .5]), 1e-15);
        Assert.Equal(-(Math.Log(.1) + Math.Log(.5)) / 2, ProbabilityMetrics.LogLoss([0, 0], [.9, .5]), 1e-15);
    }

    [Fact]
    public void Calibration_of_the_answer_by_hand()
    {
        // Two bins of which the upper holds .6 (right), .8 (wrong) and 1 (right): |.8 - 2/3|; the lower holds .5 (right).
        var curve = CalibrationCurve.OfTopLabel([.5, .6, .8, 1], [true, true, false, true], bins: 2);
        Assert.Equal((.25 * .5) + (.75 * ((2.4 / 3) - (2.0 / 3))), curve.ExpectedCalibrationError, 1e-15);
    }

    [Fact]
    public void Calibration_of_tied_scores_and_of_one_class_is_the_distance_to_the_share()
    {
        Assert.Equal(.7 - .25, CalibrationCurve.OfPositiveClass([1, 0, 0, 0], [.7, .7, .7, .7]).ExpectedCalibrationError, 1e-15);
        Assert.Equal(.3, CalibrationCurve.OfPositiveClass([1, 1], [.7, .7]).ExpectedCalibrationError, 1e-15);
    }

    [Fact]
    public void Calibration_error_lies_between_the_whole_bias_and_one() =>
        Check.QuickThrowOnFailure(Prop.ForAll(RankingMetricsTests.Cases(), items =>
    {
        var (labels, scores) = RankingMetricsTests.Split(items);
        var error = CalibrationCurve.OfPositiveClass(labels, scores).ExpectedCalibrationError;
        return error <= 1 && error >= Math.Abs(scores.Average() - labels.Average()) - 1e-12;
    }));

    [Fact]
    public void Two_aucs_by_hand()
    {
        // A: placements 1, 3/4 | 1, 3/4 (a tie); B ranks the second positive last: placements 1, 0 | 1/2, 1/2. Covariance of the positives
        // (1/8) / 2, of the negatives 0.
        var comparison = DeLong.Compare([1, 1, 0, 0], [3, 2, 1, 2], [9, 1, 5, 5]);
        Assert.Equal((.875, .5), (comparison.AucA, comparison.AucB));
        Assert.Equal(.03125, comparison.VarianceA, 1e-15);
        Assert.Equal(.25, comparison.VarianceB, 1e-15);
        Assert.Equal(.0625, comparison.Covariance, 1e-15);
        Assert.Equal(.03125 + .25 - .125, comparison.VarianceOfDifference, 1e-15);
        Assert.Equal(.375 / Math.Sqrt(.15625), comparison.Z, 1e-14);
    }

    [Fact]
    public void Two_aucs_of_one_class_say_what_is_missing() =>
        Assert.Contains(
            "3 positive and 0 negative",
            Assert.Throws<UndefinedMetricException>(() => DeLong.Compare([1, 1, 1], [.1, .2, .3], [.3, .2, .1])).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Comparing_the_other_way_round_turns_the_sign_only() =>
        Check.QuickThrowOnFailure(Prop.ForAll(RankingMetricsTests.Cases(), items =>
    {
        var (labels, scores) = RankingMetricsTests.Split([.. items, (0, .2), (1, .3)]);
        double[] other = [.. scores.Select((score, i) => (score + (i % 3 / 4.0)) % 1)];
        var (there, back) = (DeLong.Compare(labels, scores, other), DeLong.Compare(labels, other, scores));
        return Math.Abs(there.Difference - (Auc.Of(labels, scores) - Auc.Of(labels, other))) < 1e-12 && there.Difference == -back.Difference
            && Math.Abs(there.VarianceOfDifference - back.VarianceOfDifference) < 1e-12 && there.HasTest == back.HasTest
            && (!there.HasTest || (there.PValue is >= 0 and <= 1 && Math.Abs(there.PValue - back.PValue) < 1e-9));
    }));

    [Fact]
    public void Youdens_threshold_is_the_best_of_all() => Check.QuickThrowOnFailure(Prop.ForAll(RankingMetricsTests.Cases(), items =>
    {
        var (labels, scores) = RankingMetricsTests.Split(items);
        double J(double threshold)
        {
            var metrics = BinaryMetrics.Of(ConfusionMatrix.Of(labels, [.. scores.Select(score => score >= threshold ? 1 : 0)], Names));
            return metrics.Sensitivity.Value + metrics.Specificity.Value - 1;
        }

        var choice = ThresholdChoice.Youden(labels, scores);
        return scores.All(threshold => J(threshold) <= J(choice.Value) + 1e-12)
            && Math.Abs(choice.Sensitivity.Value + choice.Specificity.Value - 1 - J(choice.Value)) < 1e-12;
    }));

    [Fact]
    public void A_threshold_for_a_sensitivity_by_hand_with_ties_and_without_positives()
    {
        // Nine in ten of four positives are four of four: the lowest of them, whose tie is negative.
        var choice = ThresholdChoice.ForSensitivity([1, 1, 1, 1, 0, 0], [.9, .8, .7, .3, .3, .1], .9);
        Assert.Equal(.3, choice.Value);
        Assert.Equal((new Proportion(4, 4), new Proportion(1, 2)), (choice.Sensitivity, choice.Specificity));
        Assert.Contains(
            "0 positive",
            Assert.Throws<UndefinedMetricException>(() => ThresholdChoice.ForSensitivity([0, 0], [.9, .1], .9)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_bootstrap_stays_within_what_it_can_see_whatever_the_order() =>
        Check.QuickThrowOnFailure(Prop.ForAll(RankingMetricsTests.Cases(), items =>
    {
        var predictions = PairedTests.Answers([.. items.Select((item, i) => ($"{i:0000}", item.Label, item.Score))]);
        double Share(BootstrapSample sample) => sample.Correct.Count(right => right) / (double)sample.Correct.Length;
        var result = ClusterBootstrap.Of(predictions, Share, seed: 4, resamples: 100);
        var constant = ClusterBootstrap.Of(predictions, _ => .3, seed: 4, resamples: 100);
        return result.Interval.Low >= 0
            && result.Interval.High <= 1
            && result.Estimate == (double)predictions.Confusion.Correct / predictions.Count
            && Math.Abs(constant.Interval.Low - .3) < 1e-12 && constant.Interval.Width < 1e-12 && constant.StandardError < 1e-12;
    }));

    [Fact]
    public void Histograms_lose_no_image() =>
        Check.QuickThrowOnFailure(Prop.ForAll(RankingMetricsTests.Cases(), Arb.From(Gen.Choose(1, 30)), (items, bins) =>
    {
        var predictions = PairedTests.Answers([.. items.Select((item, i) => ($"{i}", item.Label, item.Score))]);
        return ScoreDistribution.ByClass(predictions, bins).Series.Sum(series => series.Counts.Sum()) == items.Length
            && ScoreDistribution.ByClass(predictions, bins).Edges.Count == bins + 1;
    }));
}
