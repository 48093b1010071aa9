namespace CovidNotebooks.Training;

/// <summary>How the losses of batches become one number.</summary>
public enum LossMean
{
    /// <summary>Each batch weighs as many images as it holds, as Keras has it: the mean over the images.</summary>
    PerImage,

    /// <summary>Each batch weighs the same, <c>loss / len(loader)</c> in many PyTorch programs: an image of a short last batch counts for more than the others.</summary>
    PerBatch,
}
