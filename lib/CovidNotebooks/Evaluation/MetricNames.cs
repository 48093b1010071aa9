using System.Globalization;

namespace CovidNotebooks.Evaluation;

/// <summary>The names of metrics in reports and in run records.</summary>
public static class MetricNames
{
    /// <summary>Share of images classified rightly.</summary>
    public const string Accuracy = "accuracy";

    /// <summary>Share of the positive images that were found: recall.</summary>
    public const string Sensitivity = "sensitivity";

    /// <summary>Share of the negative images that were called so.</summary>
    public const string Specificity = "specificity";

    /// <summary>Positive predictive value.</summary>
    public const string Precision = "precision";

    /// <summary>Negative predictive value.</summary>
    public const string NegativePredictiveValue = "npv";

    /// <summary>Harmonic mean of precision and sensitivity.</summary>
    public const string F1 = "f1";

    /// <summary>Mean of the classes' sensitivities.</summary>
    public const string BalancedAccuracy = "balanced_accuracy";

    /// <summary>Matthews' correlation.</summary>
    public const string Matthews = "matthews";

    /// <summary>Cohen's kappa.</summary>
    public const string CohenKappa = "cohen_kappa";

    /// <summary>Area under the ROC curve.</summary>
    public const string RocAuc = "roc_auc";

    /// <summary>Area under the precision-recall curve, without interpolation.</summary>
    public const string AveragePrecision = "average_precision";

    /// <summary>Mean squared error of the probability.</summary>
    public const string Brier = "brier";

    /// <summary>Mean negative log-likelihood.</summary>
    public const string LogLoss = "log_loss";

    /// <summary>Expected calibration error of the positive class' probability, 10 bins.</summary>
    public const string CalibrationError = "ece";

    /// <summary>A metric's name as a reader expects it, for example <c>negative predictive value</c> for <see cref="NegativePredictiveValue"/>.</summary>
    /// <param name="metric">One of these names; any other text is given back with spaces in place of underlines.</param>
    public static string Words(string metric)
    {
        ArgumentNullException.ThrowIfNull(metric);
        return metric switch
        {
            NegativePredictiveValue => "negative predictive value",
            F1 => "F1",
            RocAuc => "area under the ROC curve",
            Matthews => "Matthews correlation",
            CohenKappa => "Cohen's kappa",
            CalibrationError => "calibration error",
            _ => metric.Replace('_', ' '),
        };
    }

    /// <summary>What a metric is, in the few words that a reader needs who meets it for the first time; null for a name that is none of these.</summary>
    /// <param name="metric">One of these names.</param>
    /// <param name="positiveClass">The name of the class that sensitivity and ROC are about.</param>
    public static string? Explanation(string metric, string positiveClass)
    {
        ArgumentNullException.ThrowIfNull(metric);
        return metric switch
        {
            Accuracy => "share answered right",
            Sensitivity => $"share of {positiveClass} found",
            Specificity => "share of the others left alone",
            Precision => $"share of the calls '{positiveClass}' that are right",
            NegativePredictiveValue => $"share of the calls 'not {positiveClass}' that are right",
            F1 => "harmonic mean of precision and sensitivity",
            BalancedAccuracy => "mean of sensitivity and specificity",
            Matthews => "correlation of answer and truth, -1 to 1, 0 is chance",
            CohenKappa => "agreement beyond chance, 0 is chance, 1 is perfect",
            RocAuc => $"chance that a random {positiveClass} scores above a random other",
            AveragePrecision => "area under the precision-recall curve",
            Brier => "mean squared error of the scores, 0 is best",
            LogLoss => $"mean -log of the score given to the truth, clipped at {ProbabilityMetrics.LogLossEpsilon.ToString("0.0e-0", CultureInfo.InvariantCulture)}",
            CalibrationError => $"mean gap between the score and the share of {positiveClass}, 10 bins",
            _ => null,
        };
    }
}
