namespace CovidNotebooks.Evaluation;

/// <summary>
/// A metric has no value for the data given, for example an AUC where only one class occurs. The message names what is missing.
/// </summary>
public sealed class UndefinedMetricException : InvalidOperationException
{
    /// <summary>An exception without a metric's name.</summary>
    public UndefinedMetricException()
        : this("metric", "its data are missing")
    {
    }

    /// <summary>An exception with a message of its own.</summary>
    public UndefinedMetricException(string message)
        : base(message) => (Metric, Missing) = ("metric", message);

    /// <summary>An exception with a message of its own and its cause.</summary>
    public UndefinedMetricException(string message, Exception innerException)
        : base(message, innerException) => (Metric, Missing) = ("metric", message);

    /// <summary>The metric and what it lacks.</summary>
    /// <param name="metric">Its name, as in a report.</param>
    /// <param name="missing">What was found and what it needs.</param>
    public UndefinedMetricException(string metric, string missing)
        : base($"{metric} is not defined: {missing}") => (Metric, Missing) = (metric, missing);

    /// <summary>The name of the metric.</summary>
    public string Metric { get; }

    /// <summary>What was found and what the metric needs.</summary>
    public string Missing { get; }
}
