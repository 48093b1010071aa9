namespace CovidNotebooks.Evaluation;

/// <summary>
/// The area under the ROC curve: the probability that a positive image scores higher than a negative one, ties counted half.
/// </summary>
public static class Auc
{
    /// <summary>Computed from exact counts.</summary>
    /// <param name="labels">True classes.</param>
    /// <param name="scores">Scores of the positive class, in the same order; finite.</param>
    /// <param name="positiveClass">1 by default; every other class is negative.</param>
    /// <exception cref="UndefinedMetricException">One of the two classes is missing; the message says which.</exception>
    public static double Of(IReadOnlyList<int> labels, IReadOnlyList<double> scores, int positiveClass = 1) =>
        RocCurve.Of(labels, scores, positiveClass, dropIntermediate: false).Area;

    /// <summary>The "AUC" of answers without scores (0 or 1): the balanced accuracy of the matrix, whatever it is called.</summary>
    /// <param name="matrix">Two classes.</param>
    /// <param name="positiveClass">1 by default.</param>
    public static double OfAnswers(ConfusionMatrix matrix, int positiveClass = 1)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        var pairs = (
            from truth in Enumerable.Range(0, matrix.Size)
            from answer in Enumerable.Range(0, matrix.Size)
            from _ in Enumerable.Range(0, matrix[truth, answer])
            select (truth, answer)).ToArray();
        return Of(
            [.. pairs.Select(pair => pair.truth)], [.. pairs.Select(pair => pair.answer == positiveClass ? 1.0 : 0.0)], positiveClass);
    }

    /// <summary>The AUC of a model's answers, for their positive class.</summary>
    /// <inheritdoc cref="Of(IReadOnlyList{int}, IReadOnlyList{double}, int)"/>
    public static double Of(Predictions predictions) => Of(predictions.Labels, predictions.PositiveScores, predictions.PositiveClass);
}
