namespace CovidNotebooks.Protocols;

/// <summary>How scores become answers.</summary>
public enum ThresholdRule
{
    /// <summary>The class with the highest score, .5 for one sigmoid: what all five documents do.</summary>
    HighestScore,

    /// <summary>The threshold with the largest Youden index on the validation images.</summary>
    YoudenOnValidation,
}
