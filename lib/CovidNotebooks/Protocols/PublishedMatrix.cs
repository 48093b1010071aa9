using CovidNotebooks.Evaluation;

namespace CovidNotebooks.Protocols;

/// <summary>A confusion matrix that a document prints, or one that its other numbers force.</summary>
/// <param name="Name">Which of them it is.</param>
/// <param name="Matrix">Rows are true classes, in the order of the class numbers.</param>
/// <param name="Source">Where it stands, or what it follows from.</param>
/// <param name="Doubt">What is wrong with it, or null.</param>
public sealed record PublishedMatrix(string Name, ConfusionMatrix Matrix, Quotation Source, string? Doubt = null);
