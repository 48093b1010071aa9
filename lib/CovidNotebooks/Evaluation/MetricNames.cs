namespace CovidNotebooks.Evaluation;

/// <summary>The names of metrics in reports and in run records; what stands behind a name is its <see cref="Metric"/>.</summary>
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

    /// <summary>
    /// Squared calibration error of the positive class' probability, 10 bins, debiased (Kumar, Liang and Ma 2019); may lie a little below
    /// 0.
    /// </summary>
    public const string SquaredCalibrationError = "sce_debiased";
}
