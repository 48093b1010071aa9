namespace CovidNotebooks.Audit;

/// <summary>How much a standardised feature speaks for class 1.</summary>
/// <param name="Feature">Its name.</param>
/// <param name="Weight">Log-odds of class 1 for one standard deviation more of it.</param>
public sealed record ProbeWeight(string Feature, double Weight);
