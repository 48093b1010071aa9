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

    /// <summary>
    /// Keras' <c>categorical_crossentropy</c> on sigmoids that have forgotten their logits: each image's probabilities are divided by their sum and clipped to
    /// [1e-7, 1 - 1e-7]. At most 16.1; NaN where all sigmoids of an image are 0 in single precision.
    /// </summary>
    /// <remarks>The reading of document 4's loss that its printed losses (1028, 95.9) exclude; TensorFlow 2.5 remembered the logits: <see cref="CategoricalCrossEntropy"/>.</remarks>
    CategoricalCrossEntropyOnSigmoids,
}
