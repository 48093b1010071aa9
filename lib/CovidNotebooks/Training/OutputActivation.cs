namespace CovidNotebooks.Training;

/// <summary>What turns logits into the scores that a document looks at.</summary>
public enum OutputActivation
{
    /// <summary>Scores of the classes add up to 1.</summary>
    Softmax,

    /// <summary>
    /// Each output on its own between 0 and 1. One output an image means two classes: its scores are 1 - p and p.
    /// Two outputs need not add up to 1 (document 4).
    /// </summary>
    Sigmoid,

    /// <summary>
    /// The logits themselves, no probabilities: for looking behind sigmoids or softmax that have saturated in single precision. Calibration and losses of
    /// probabilities mean nothing on them.
    /// </summary>
    None,
}
