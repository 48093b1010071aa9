namespace CovidNotebooks.Evaluation;

/// <summary>What a model said about one image.</summary>
/// <param name="Id">The image's path relative to its dataset's root, with '/' separators.</param>
/// <param name="Group">The patient, where one is known: images of one group are not independent.</param>
/// <param name="Source">Where the image came from (a paper, a collection), where that is known.</param>
/// <param name="Label">The true class, from 0.</param>
/// <param name="Scores">One score a class; probabilities or not, as the model's last activation gives them.</param>
/// <param name="Loss">The loss of this image alone; NaN where it was not computed.</param>
public sealed record Prediction(string Id, string? Group, string? Source, int Label, IReadOnlyList<double> Scores, double Loss)
{
    /// <summary>The class that a threshold decided on; null, the default, where none was applied and the highest score decides.</summary>
    public int? Decision { get; init; }

    /// <summary>The answer: <see cref="Decision"/> where there is one, else <see cref="HighestScoredLabel"/>.</summary>
    public int PredictedLabel => Decision ?? HighestScoredLabel;

    /// <summary>The class with the highest score; the first of them where several are equal, as NumPy's argmax.</summary>
    public int HighestScoredLabel
    {
        get
        {
            var best = 0;
            for (var i = 1; i < Scores.Count; i++)
            {
                if (Scores[i] > Scores[best])
                {
                    best = i;
                }
            }

            return best;
        }
    }

    /// <summary>Whether <see cref="PredictedLabel"/> is <see cref="Label"/>.</summary>
    public bool IsCorrect => PredictedLabel == Label;
}
