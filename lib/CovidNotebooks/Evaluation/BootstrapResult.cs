namespace CovidNotebooks.Evaluation;

/// <summary>What a bootstrap says about a metric.</summary>
/// <param name="Estimate">The metric on the images themselves.</param>
/// <param name="Interval">The percentile interval.</param>
/// <param name="StandardError">The standard deviation over the resamples.</param>
/// <param name="Resamples">Resamples on which the metric was defined.</param>
/// <param name="Undefined">Resamples on which it was not, for example because they held one class only; they are left out.</param>
public sealed record BootstrapResult(double Estimate, Interval Interval, double StandardError, int Resamples, int Undefined);
