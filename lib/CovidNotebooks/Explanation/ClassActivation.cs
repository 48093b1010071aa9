namespace CovidNotebooks.Explanation;

/// <summary>What in one image speaks for a class.</summary>
/// <param name="Map">The class-activation map, at the resolution of the layer that was looked at.</param>
/// <param name="TargetClass">The class that the map explains.</param>
/// <param name="Score">Its logit.</param>
/// <param name="PredictedClass">The class with the largest logit; the first wins ties.</param>
public sealed record ClassActivation(HeatMap Map, int TargetClass, double Score, int PredictedClass);
