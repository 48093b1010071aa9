using CovidNotebooks.Data;

namespace CovidNotebooks.Explanation;

/// <summary>What in one image of a data set speaks for a class.</summary>
/// <param name="Image">The image.</param>
/// <param name="Activation">Its map, and what the model said.</param>
public sealed record ImageActivation(LabeledImage Image, ClassActivation Activation);
