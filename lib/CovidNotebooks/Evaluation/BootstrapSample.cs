namespace CovidNotebooks.Evaluation;

/// <summary>The answers of a resample, image by image; an image may occur more than once.</summary>
/// <param name="Labels">True classes.</param>
/// <param name="PredictedLabels">Predicted classes.</param>
/// <param name="PositiveScores">Scores of the positive class.</param>
/// <param name="Correct">Whether the prediction is right.</param>
/// <param name="TopScores">The highest score of each image.</param>
/// <param name="Scores">All scores of each image, one a class.</param>
/// <param name="ClassNames">One name a class.</param>
/// <param name="PositiveClass">The class that counts as positive.</param>
public sealed record BootstrapSample(int[] Labels, int[] PredictedLabels, double[] PositiveScores, bool[] Correct, double[] TopScores,
    IReadOnlyList<double>[] Scores, IReadOnlyList<string> ClassNames, int PositiveClass)
{
    /// <summary>Counts of true against predicted classes.</summary>
    public ConfusionMatrix Confusion => ConfusionMatrix.Of(Labels, PredictedLabels, ClassNames);

    /// <summary>Each image once.</summary>
    internal static BootstrapSample Of(Predictions predictions) => new(
        [.. predictions.Labels],
        [.. predictions.PredictedLabels],
        [.. predictions.PositiveScores],
        [.. predictions.Items.Select(item => item.HighestScoredLabel == item.Label)],
        [.. predictions.Items.Select(item => item.Scores.Max())],
        [.. predictions.Items.Select(item => item.Scores)],
        predictions.ClassNames,
        predictions.PositiveClass);

    /// <summary>The images at <paramref name="indices"/>.</summary>
    internal BootstrapSample At(int[] indices) => this with
    {
        Labels = Array.ConvertAll(indices, i => Labels[i]),
        PredictedLabels = Array.ConvertAll(indices, i => PredictedLabels[i]),
        PositiveScores = Array.ConvertAll(indices, i => PositiveScores[i]),
        Correct = Array.ConvertAll(indices, i => Correct[i]),
        TopScores = Array.ConvertAll(indices, i => TopScores[i]),
        Scores = Array.ConvertAll(indices, i => Scores[i]),
    };
}
