namespace CovidNotebooks.Protocols;

/// <summary>What an image of each class weighs in the training loss.</summary>
public enum ClassWeighting
{
    /// <summary>All the same: what all five documents do.</summary>
    None,

    /// <summary>As much as makes every class weigh the same (<see cref="Data.ClassBalance.Weights"/>).</summary>
    Balanced,
}
