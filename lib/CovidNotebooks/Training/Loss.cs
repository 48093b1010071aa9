namespace CovidNotebooks.Training;

/// <summary>What training minimises. All take the network's logits.</summary>
public enum Loss
{
    /// <summary>Softmax cross-entropy on the logits of all classes: Keras' <c>categorical_crossentropy</c> after softmax, PyTorch's <c>CrossEntropyLoss</c>.</summary>
    CategoricalCrossEntropy,

    /// <summary>Binary cross-entropy on one sigmoid: one logit an image, label 1 positive (document 2).</summary>
    BinaryCrossEntropy,

    /// <summary>
    /// Keras' <c>binary_crossentropy</c> on two softmax outputs and one-hot labels (document 1): the mean over the outputs, probabilities clipped to [1e-7, 1 - 1e-7].
    /// </summary>
    BinaryCrossEntropyOnSoftmax,
}
