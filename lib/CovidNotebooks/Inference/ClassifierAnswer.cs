using CovidNotebooks.Data.Imaging;

namespace CovidNotebooks.Inference;

/// <summary>What a stored model says of one picture.</summary>
/// <param name="Name">The file, as it was named, or the name that was given for a stream.</param>
/// <param name="Class">The answer; null where the picture cannot be read.</param>
/// <param name="Score">
/// The model's own score that decided: with two classes that of the positive class, with more that of the answer. Null where the picture
/// cannot be read.
/// </param>
/// <param name="CalibratedScore">The same score after temperature scaling on the run's validation images; null where the run has
/// none.</param>
/// <param name="Scores">The model's own scores, one a class; empty where the picture cannot be read.</param>
/// <param name="Problem">What is wrong with the file; null for a good one.</param>
public sealed record ClassifierAnswer(string Name, string? Class, double? Score, double? CalibratedScore, IReadOnlyList<double> Scores,
    string? Problem)
{
    /// <summary>Gives the picture for a page; null where there is none.</summary>
    internal Func<PixelImage>? Picture { get; init; }
}
