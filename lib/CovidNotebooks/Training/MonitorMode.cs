namespace CovidNotebooks.Training;

/// <summary>Which direction of a monitored number is better.</summary>
public enum MonitorMode
{
    /// <summary>Larger for accuracies, smaller for losses, as Keras guesses from the name.</summary>
    Auto,

    /// <summary>Smaller is better.</summary>
    Min,

    /// <summary>Larger is better.</summary>
    Max,
}
