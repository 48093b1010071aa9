using System.Globalization;
using CovidNotebooks.Display;

namespace CovidNotebooks.Evaluation;

/// <summary>The records of the metrics of two classes.</summary>
internal static class MetricTable
{
    public static IReadOnlyList<Metric> All { get; } =
    [
        new()
        {
            Name = MetricNames.Accuracy,
            Words = "accuracy",
            ShortWords = "acc.",
            Formula = "(TP + TN) / n",
            Interval = IntervalMethod.Proportion,
            IsHeadline = true,
            Explained = _ => "share answered right",
            Share = metrics => metrics.Accuracy,
            IsHit = (item, _) => item.IsCorrect,
            OfCounts = (confusion, positive) => Defined(confusion, positive, metrics => metrics.Accuracy, "image"),
        },
        new()
        {
            Name = MetricNames.Sensitivity,
            Words = "sensitivity",
            ShortWords = "sens.",
            Formula = "TP / (TP + FN)",
            Interval = IntervalMethod.Proportion,
            IsHeadline = true,
            Explained = positive => $"share of {positive} found",
            Share = metrics => metrics.Sensitivity,
            IsAsked = (item, positive) => item.Label == positive,
            OfCounts = (confusion, positive) => Defined(confusion, positive, metrics => metrics.Sensitivity, "positive image"),
        },
        new()
        {
            Name = MetricNames.Specificity,
            Words = "specificity",
            ShortWords = "spec.",
            Formula = "TN / (TN + FP)",
            Interval = IntervalMethod.Proportion,
            IsHeadline = true,
            Explained = _ => "share of the others left alone",
            Share = metrics => metrics.Specificity,
            IsAsked = (item, positive) => item.Label != positive,
            OfCounts = (confusion, positive) => Defined(confusion, positive, metrics => metrics.Specificity, "negative image"),
        },
        new()
        {
            Name = MetricNames.Precision,
            Words = "precision",
            Formula = "TP / (TP + FP)",
            Interval = IntervalMethod.Proportion,
            Explained = positive => $"share of the calls '{positive}' that are right",
            Share = metrics => metrics.Precision,
            IsAsked = (item, positive) => item.PredictedLabel == positive,
            OfCounts = (confusion, positive) => Defined(confusion, positive, metrics => metrics.Precision, "image called positive"),
        },
        new()
        {
            Name = MetricNames.NegativePredictiveValue,
            Words = "negative predictive value",
            Formula = "TN / (TN + FN)",
            Interval = IntervalMethod.Proportion,
            Explained = positive => $"share of the calls 'not {positive}' that are right",
            Share = metrics => metrics.NegativePredictiveValue,
            IsAsked = (item, positive) => item.PredictedLabel != positive,
            OfCounts = (confusion, positive) => Defined(confusion, positive, metrics => metrics.NegativePredictiveValue,
                "image called negative"),
        },
        new()
        {
            Name = MetricNames.F1,
            Words = "F1",
            Formula = "2 TP / (2 TP + FP + FN)",
            Explained = _ => "harmonic mean of precision and sensitivity",
            OfCounts = (confusion, positive) => BinaryMetrics.Of(confusion, positive).F1,
        },
        new()
        {
            Name = MetricNames.BalancedAccuracy,
            Words = "balanced accuracy",
            Formula = "(sensitivity + specificity) / 2",
            Explained = _ => "mean of sensitivity and specificity",
            OfCounts = (confusion, _) => Agreement.BalancedAccuracy(confusion),
        },
        new()
        {
            Name = MetricNames.Matthews,
            Words = "Matthews correlation",
            Formula = "(TP TN - FP FN) / sqrt((TP + FP)(TP + FN)(TN + FP)(TN + FN))",
            Scale = MetricScale.Correlation,
            Explained = _ => "correlation of answer and truth, -1 to 1, 0 is chance",
            OfCounts = (confusion, _) => Agreement.Matthews(confusion),
        },
        new()
        {
            Name = MetricNames.CohenKappa,
            Words = "Cohen's kappa",
            Formula = "(accuracy - accuracy by chance) / (1 - accuracy by chance)",
            Scale = MetricScale.Correlation,
            Explained = _ => "agreement beyond chance, 0 is chance, 1 is perfect",
            OfCounts = (confusion, _) => Agreement.CohenKappa(confusion),
        },
        new()
        {
            Name = MetricNames.RocAuc,
            Words = "area under the ROC curve",
            ShortWords = "AUC",
            Formula = "P(score of a positive > score of a negative) + P(equal) / 2",
            Interval = IntervalMethod.RocArea,
            IsHeadline = true,
            Explained = positive => $"chance that a random {positive} scores above a random other",
            Compute = sample => Auc.Of(sample.Labels, sample.PositiveScores, sample.PositiveClass),
        },
        new()
        {
            Name = MetricNames.AveragePrecision,
            Words = "average precision",
            Formula = "sum of (R(i) - R(i-1)) P(i) over the thresholds",
            Explained = _ => "area under the precision-recall curve",
            Compute = AveragePrecision,
        },
        new()
        {
            Name = MetricNames.Brier,
            Words = "Brier score",
            Formula = "mean of (score - outcome)^2",
            Direction = MetricDirection.LowerIsBetter,
            Explained = _ => "mean squared error of the scores, 0 is best",
            OfImage = (sample, i) => ProbabilityMetrics.Brier([sample.Labels[i]], [sample.PositiveScores[i]], sample.PositiveClass),
            Compute = sample => ProbabilityMetrics.Brier(sample.Labels, sample.PositiveScores, sample.PositiveClass),
        },
        new()
        {
            Name = MetricNames.LogLoss,
            Words = "log loss",
            Formula = "mean of -ln(score given to the truth)",
            Direction = MetricDirection.LowerIsBetter,
            Scale = MetricScale.Loss,
            Explained = _ =>
                "mean -log of the score given to the truth, clipped at "
                    + $"{ProbabilityMetrics.LogLossEpsilon.ToString("0.0e-0", CultureInfo.InvariantCulture)}",
            OfImage = (sample, i) => ProbabilityMetrics.LogLoss([sample.Labels[i]], [sample.PositiveScores[i]], sample.PositiveClass),
            Compute = sample => ProbabilityMetrics.LogLoss(sample.Labels, sample.PositiveScores, sample.PositiveClass),
        },
        new()
        {
            Name = MetricNames.CalibrationError,
            Words = "calibration error",
            ShortWords = "ECE",
            Formula = "sum over 10 bins of (images in the bin / n) |mean score - share of positives|",
            Direction = MetricDirection.LowerIsBetter,
            Interval = IntervalMethod.None,
            Explained = positive => $"mean gap of score and share of {positive} in 10 bins; biased upwards",
            Compute = sample => Curve(sample).ExpectedCalibrationError,
            Beside = (sample, seed) =>
                $"{DisplayedNumber.Fixed(CalibrationCurve.ErrorIfCalibrated(sample.PositiveScores, seed))} if calibrated",
        },
        new()
        {
            Name = MetricNames.SquaredCalibrationError,
            Words = "squared calibration error, debiased",
            ShortWords = "SCE",
            Formula = "sum over 10 bins of (images in the bin / n) ((mean score - share)^2 - share (1 - share) / (images in the bin - 1))",
            Direction = MetricDirection.LowerIsBetter,
            Interval = IntervalMethod.None,
            Explained = _ => "mean squared gap, chance taken off (Kumar, Liang and Ma 2019): at or under 0, no error is shown",
            Compute = sample => Curve(sample).DebiasedSquaredError,
            Beside = (_, _) => "debiased",
        },
    ];

    public static IReadOnlyDictionary<string, Metric> ByName { get; } = All.ToDictionary(metric => metric.Name, StringComparer.Ordinal);

    internal static double Defined(ConfusionMatrix confusion, int positive, Func<BinaryMetrics, Proportion> share, string missing) =>
        share(BinaryMetrics.Of(confusion, positive)) is { IsDefined: true } proportion ? proportion.Value
            : throw new UndefinedMetricException("share", $"there is no {missing}.");

    private static CalibrationCurve Curve(BootstrapSample sample) =>
        CalibrationCurve.OfPositiveClass(sample.Labels, sample.PositiveScores, sample.PositiveClass);

    private static double AveragePrecision(BootstrapSample sample) =>
        PrecisionRecallCurve.Of(sample.Labels, sample.PositiveScores, sample.PositiveClass) is { Positives: > 0 } curve
            ? curve.AveragePrecision
            : throw new UndefinedMetricException("average precision", "there is no positive image.");
}
