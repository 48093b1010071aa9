using CovidNotebooks.Evaluation;
using CovidNotebooks.Training;
using FsCheck;
using FsCheck.Fluent;
using Interval = CovidNotebooks.Evaluation.Interval;

namespace Tests.Evaluation;

/// <summary>Ties, one class, hand calculations and brute force for the metrics that look at more than one matrix.</summary>
public class MetricEdgesTests
{
    private static readonly string[] Names = ["normal", "pneumonia"];

    [Fact]
    public void Calibration_error_of_the_answer_lies_between_the_whole_bias_and_the_largest_confidence() =>
        Check.QuickThrowOnFailure(Prop.ForAll(RankingMetricsTests.Cases(), items =>
    {
        bool[] right = [.. items.Select(item => item.Label == 1)];
        double[] confidences = [.. items.Select(item => item.Score)];
        var error = CalibrationCurve.OfTopLabel(confidences, right).ExpectedCalibrationError;
        var bias = Math.Abs(confidences.Average() - (right.Count(hit => hit) / (double)right.Length));
        return error >= bias - 1e-12 && error <= right.Zip(confidences).Max(pair => Math.Max(pair.Second, 1 - pair.Second)) + 1e-12
            && Math.Abs(CalibrationCurve.OfTopLabel(confidences, right, bins: 1).ExpectedCalibrationError - bias) < 1e-12;
    }));

    [Fact]
    public void Calibration_error_of_the_answer_with_ties_and_of_one_class_is_the_distance_to_the_share_of_right_ones()
    {
        Assert.Equal(.7 - .25, CalibrationCurve.OfTopLabel([.7, .7, .7, .7], [true, false, false, false]).ExpectedCalibrationError, 1e-15);
        var oneClass = new Predictions(
            Names, [.. new[] { .9, .9, .4 }.Select((score, i) => new Prediction($"{i}", null, null, 1, [1 - score, score], double.NaN))]);

        // Two right ones with .9 and a wrong one with .6: |.9 - 1| for two thirds, |.6 - 0| for one.
        Assert.Equal((.1 * 2 / 3) + (.6 / 3), CalibrationCurve.OfTopLabel(oneClass).ExpectedCalibrationError, 1e-15);

        // Two equal scores: the answer is the first class, which is right here.
        var tie = new Predictions(Names, [new Prediction("0", null, null, 0, [.5, .5], double.NaN)]);
        Assert.Equal(.5, CalibrationCurve.OfTopLabel(tie).ExpectedCalibrationError);
    }

    [Fact]
    public void A_report_by_hand_is_what_scikit_learn_prints()
    {
        // Of two normal ones one is found, of two called normal one is; of three pneumonias two, of three called so two.
        var report = ClassificationReport.Of([0, 0, 1, 1, 1], [0, 1, 1, 1, 0], Names);
        Assert.Equal(new ClassScores(.5, .5, .5, 2), report.Classes[0].Value);
        Assert.Equal(
            (2.0 / 3, 2.0 / 3, 3), (report.Classes[1].Value.Precision, report.Classes[1].Value.Recall, report.Classes[1].Value.Support));
        Assert.Equal(.6, report.Accuracy);
        Assert.Equal((.5 + (2.0 / 3)) / 2, report.MacroAverage.F1, 1e-15);
        Assert.Equal(((.5 * 2) + (2.0 / 3 * 3)) / 5, report.WeightedAverage.Precision, 1e-15);
        Assert.Equal(
            """
                          precision    recall  f1-score   support

                  normal       0.50      0.50      0.50         2
               pneumonia       0.67      0.67      0.67         3

                accuracy                           0.60         5
               macro avg       0.58      0.58      0.58         5
            weighted avg       0.60      0.60      0.60         5

            """.ReplaceLineEndings("\n"),
            report.ToText());
    }

    [Fact]
    public void A_report_of_one_class_has_zeros_for_the_other()
    {
        var report = ClassificationReport.Of([1, 1, 1], [1, 0, 1], Names);
        Assert.Equal(new ClassScores(0, 0, 0, 0), report.Classes[0].Value);
        Assert.Equal((1, 2.0 / 3, 3), (report.Classes[1].Value.Precision, report.Classes[1].Value.Recall, report.Classes[1].Value.Support));
        Assert.Equal(.8, report.Classes[1].Value.F1, 1e-15);
        Assert.Equal((.5, 1), (report.MacroAverage.Precision, report.WeightedAverage.Precision));
        Assert.Equal(2.0 / 3, report.Accuracy);
    }

    [Fact]
    public void Average_precision_is_the_mean_over_the_positives_of_the_precision_down_to_their_score() =>
        Check.QuickThrowOnFailure(Prop.ForAll(RankingMetricsTests.Cases(), items =>
    {
        var (labels, scores) = RankingMetricsTests.Split(items);
        var expected = items.Where(item => item.Label == 1)
            .Average(
                positive =>
                    items.Count(
                        item =>
                            item.Label == 1 && item.Score >= positive.Score) / (double)items.Count(item => item.Score >= positive.Score));
        return Math.Abs(PrecisionRecallCurve.Of(labels, scores).AveragePrecision - expected) < 1e-12;
    }));

    [Fact]
    public void Repeats_that_are_shifted_and_scaled_have_a_shifted_and_scaled_mean_deviation_and_interval()
    {
        var (shifts, scales) = (Arb.From(Gen.Choose(-50, 50)), Arb.From(Gen.Choose(1, 40)));
        Check.QuickThrowOnFailure(Prop.ForAll(Values(), shifts, scales, (values, shift, scale) =>
        {
            var (plain, moved) = (Repeated(values), Repeated([.. values.Select(value => shift + (scale * value))]));
            return Math.Abs(moved.Mean - (shift + (scale * plain.Mean))) < 1e-9
                && Math.Abs(moved.StandardDeviation - (scale * plain.StandardDeviation)) < 1e-9
                && Math.Abs(moved.MeanInterval.Low - (shift + (scale * plain.MeanInterval.Low))) < 1e-8
                && Math.Abs(moved.MeanInterval.Width - (scale * plain.MeanInterval.Width)) < 1e-8
                && Math.Abs(plain.MeanInterval.Low + plain.MeanInterval.High - (2 * plain.Mean)) < 1e-9;
        }));
    }

    [Fact]
    public void Repeats_that_are_all_equal_have_no_deviation() =>
        Check.QuickThrowOnFailure(Prop.ForAll(Arb.From(Gen.Choose(0, 1000)), Arb.From(Gen.Choose(2, 12)), (thousandths, count) =>
    {
        var value = thousandths / 1000.0;
        var metric = Repeated([.. Enumerable.Repeat(value, count)]);
        return metric.Mean == value && metric.StandardDeviation == 0 && metric.MeanInterval == new Interval(value, value);
    }));

    [Fact]
    public void External_recall_has_Wilsons_interval_of_its_counts()
    {
        var (numbers, failures) = (Arb.From(Gen.NonEmptyListOf(Gen.Choose(0, 7))), Arb.From(Gen.Choose(0, 5)));
        Check.QuickThrowOnFailure(Prop.ForAll(numbers, failures, (drawn, unreadable) =>
        {
            // Even: found; a half: the patient, of whom there are four.
            var images = drawn.Select((number, i) =>
                new Prediction($"{i}", $"{number / 2}", null, 0, number % 2 == 0 ? [.9, .1] : [.2, .8], double.NaN));
            var recall = ExternalRecall.Of(new Predictions(Names, [.. images], positiveClass: 0), unreadable, confidence: .9);
            var found = drawn.Count(number => number % 2 == 0);
            var patients = drawn.Select(number => number / 2).Distinct().ToArray();
            var whole = patients.Count(patient => !drawn.Contains((2 * patient) + 1));
            return recall.Images == new Proportion(found, drawn.Count) && recall.ImagesInterval == Wilson.Interval(found, drawn.Count, .9)
                && recall.Patients == new Proportion(whole, patients.Length)
                    && recall.PatientsInterval == Wilson.Interval(whole, patients.Length, .9)
                && recall.WithUnreadableMissed == new Proportion(found, drawn.Count + unreadable);
        }));
    }

    [Fact]
    public void Ties_of_sigmoids_add_up()
    {
        var scores =
            from label in Gen.Choose(0, 1)
            from a in Gen.Choose(-8, 8)
            from b in Gen.Choose(-8, 8)
            select (Label: label, A: 20.0 * a, B: 20.0 * b);
        Check.QuickThrowOnFailure(Prop.ForAll(Arb.From(Gen.NonEmptyListOf(scores)), drawn =>
        {
            Predictions Of(Func<double, double> score) => new(Names, [.. drawn.Select((item, i) =>
                new Prediction($"{i}", null, null, item.Label, [score(item.A), score(item.B)], double.NaN))]);
            var (sigmoids, logits) = (Of(logit => 1 / (1 + MathF.Exp(-(float)logit))), Of(logit => logit));
            var ties = SigmoidTies.Of(sigmoids, logits);
            return ties.Classes.Sum(row => row.Images) == drawn.Count
                && ties.Classes.All(row => row.BothOne + row.BothZero + row.OtherTies <= row.Images
                    && row.LogitsSaySecond <= row.BothOne + row.BothZero + row.OtherTies)
                && ties.Ties == sigmoids.Items.Count(item => item.Scores[0] == item.Scores[1])
                && ties.Changed == sigmoids.PredictedLabels.Zip(logits.PredictedLabels).Count(pair => pair.First != pair.Second);
        }));
    }

    [Fact]
    public void A_score_histogram_of_one_class_has_an_empty_series_for_the_other()
    {
        var distribution = ScoreDistribution.ByClass(PairedTests.Answers(("a", 1, .05), ("b", 1, .5), ("c", 1, 1)), bins: 4);
        Assert.Equal([0, .25, .5, .75, 1], distribution.Edges);
        Assert.Equal(["negative", "positive"], distribution.Series.Select(series => series.Name));
        Assert.Equal([0, 0, 0, 0], distribution.Series[0].Counts);
        Assert.Equal([1, 0, 1, 1], distribution.Series[1].Counts);
    }

    [Fact]
    public void A_perfect_model_against_a_constant_one_has_no_test_and_says_why()
    {
        var comparison = DeLong.Compare([1, 1, 0, 0], [.9, .8, .2, .1], [.5, .5, .5, .5]);
        Assert.Equal((1, .5, 0), (comparison.AucA, comparison.AucB, comparison.VarianceOfDifference));
        Assert.False(comparison.HasTest);
        Assert.Throws<UndefinedMetricException>(() => comparison.PValue);
        Assert.Contains(
            "the variance of their difference is 0",
            Assert.Throws<UndefinedMetricException>(() => comparison.Interval()).Message,
            StringComparison.Ordinal);

        var paired = PairedComparison.Of(
            "perfect", PairedTests.Answers(("a", 1, .9), ("b", 1, .8), ("c", 0, .2), ("d", 0, .1)),
            "constant", PairedTests.Answers(("a", 1, .5), ("b", 1, .5), ("c", 0, .5), ("d", 0, .5)));
        Assert.Null(paired.Ranking);
        Assert.Contains(
            "no test: the AUCs are 1.000 and 0.500, but the variance of their difference is 0",
            paired.ToPlainText(),
            StringComparison.Ordinal);
        Assert.DoesNotContain("< 0.0001", paired.ToPlainText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Two_constant_models_and_a_model_against_itself_differ_not()
    {
        var constant = DeLong.Compare([1, 1, 0, 0], [.5, .5, .5, .5], [.1, .1, .1, .1]);
        Assert.True(constant.HasTest);
        Assert.Equal((0, 1, new Interval(0, 0)), (constant.Z, constant.PValue, constant.Interval()));
    }

    private static RepeatedMetric Repeated(double[] values) =>
        Repeat.Over(
            Enumerable.Range(0, values.Length).Select(seed => (long)seed),
            seed => new Dictionary<string, double>(StringComparer.Ordinal) { ["metric"] = values[seed] })["metric"];

    private static Arbitrary<double[]> Values()
    {
        var value = Gen.Choose(-1000, 1000).Select(hundredths => hundredths / 100.0);
        var list = from first in value from second in value from rest in Gen.ListOf(value) select (double[])[first, second, .. rest];
        return Arb.From(list);
    }
}
