using static TorchSharp.torch;

namespace CovidNotebooks.Training;

/// <summary>The losses, the scores and the hits of a batch, as tensors.</summary>
public static class LossFunctions
{
    private const double KerasEpsilon = 1e-7;

    /// <summary>The mean loss of a batch, a scalar with gradients.</summary>
    public static Tensor Mean(Loss loss, Tensor logits, Tensor labels) => Of(loss, logits, labels, nn.Reduction.Mean);

    /// <summary>
    /// Keras' mean under <c>class_weight</c>: the losses of the images, each times the weight of its class, summed and divided by the
    /// number of images.
    /// </summary>
    /// <param name="loss">The loss.</param>
    /// <param name="logits">N × outputs.</param>
    /// <param name="labels">Int64, N: class numbers.</param>
    /// <param name="classWeights">One weight a class, where the logits are.</param>
    public static Tensor WeightedMean(Loss loss, Tensor logits, Tensor labels, Tensor classWeights) =>
        (PerImage(loss, logits, labels) * classWeights.to(logits.dtype).index_select(0, labels)).mean();

    /// <summary>The loss of each image (N).</summary>
    public static Tensor PerImage(Loss loss, Tensor logits, Tensor labels) => Of(loss, logits, labels, nn.Reduction.None);

    /// <summary>Scores (N, outputs) of logits (N, outputs).</summary>
    public static Tensor Scores(OutputActivation activation, Tensor logits) => activation switch
    {
        OutputActivation.Softmax => logits.softmax(1),
        OutputActivation.Sigmoid => logits.sigmoid(),
        OutputActivation.None => logits,
        _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, "Not an activation."),
    };

    /// <summary>
    /// How many images of a batch are right: the class with the highest score, or a single score above one half, as Keras' <c>accuracy</c>
    /// counts.
    /// </summary>
    public static Tensor Hits(OutputActivation activation, Tensor logits, Tensor labels)
    {
        if (logits.shape[1] == 1)
        {
            return logits.sigmoid().squeeze(1).gt(0.5).eq(labels.to(ScalarType.Bool)).sum();
        }

        var scores = activation == OutputActivation.Sigmoid ? logits.sigmoid() : logits;
        return scores.argmax(1).eq(labels).sum();
    }

    /// <summary>Throws unless the logits fit the loss and the labels.</summary>
    /// <exception cref="ArgumentException">They do not fit.</exception>
    public static void Check(Loss loss, Tensor logits, Tensor labels)
    {
        var (found, images) = (logits.shape, labels.shape[0]);
        var outputs = found.Length == 2 && found[0] == images ? found[1] : -1;
        if (loss == Loss.BinaryCrossEntropy ? outputs != 1 : outputs < 2)
        {
            throw new ArgumentException(
                $"The model gave ({string.Join(", ", found)}) for {images} images; {loss} needs ({images}, "
                    + $"{(loss == Loss.BinaryCrossEntropy ? "1" : "classes")}). Choose the loss that fits the model's last layer.");
        }
    }

    private static Tensor Of(Loss loss, Tensor logits, Tensor labels, nn.Reduction reduction) => loss switch
    {
        Loss.CategoricalCrossEntropy => nn.functional.cross_entropy(logits, labels, reduction: reduction),
        Loss.BinaryCrossEntropy =>
            nn.functional.binary_cross_entropy_with_logits(logits.squeeze(1), labels.to(logits.dtype), reduction: reduction),
        Loss.BinaryCrossEntropyOnSoftmax => OnSoftmax(logits, labels, reduction),
        Loss.CategoricalCrossEntropyOnSigmoids => OnSigmoids(logits, labels, reduction),
        _ => throw new ArgumentOutOfRangeException(nameof(loss), loss, "Not a loss."),
    };

    private static Tensor OnSoftmax(Tensor logits, Tensor labels, nn.Reduction reduction)
    {
        var probabilities = logits.softmax(1).clamp(KerasEpsilon, 1 - KerasEpsilon);
        var truth = nn.functional.one_hot(labels, logits.shape[1]).to(logits.dtype);
        var perOutput = (truth * (probabilities + KerasEpsilon).log()) + ((1 - truth) * (1 - probabilities + KerasEpsilon).log());
        var perImage = -perOutput.mean([1L]);
        return reduction == nn.Reduction.None ? perImage : perImage.mean();
    }

    private static Tensor OnSigmoids(Tensor logits, Tensor labels, nn.Reduction reduction)
    {
        var sigmoids = logits.sigmoid();
        var probabilities = (sigmoids / sigmoids.sum(1, keepdim: true)).clamp(KerasEpsilon, 1 - KerasEpsilon);
        var perImage = -probabilities.log().gather(1, labels.unsqueeze(1)).squeeze(1);
        return reduction == nn.Reduction.None ? perImage : perImage.mean();
    }
}

/// <summary>What training minimises. All take the network's logits.</summary>
public enum Loss
{
    /// <summary>
    /// Softmax cross-entropy on the logits of all classes: Keras' <c>categorical_crossentropy</c> after softmax, PyTorch's
    /// <c>CrossEntropyLoss</c>.
    /// </summary>
    CategoricalCrossEntropy,

    /// <summary>Binary cross-entropy on one sigmoid: one logit an image, label 1 positive (document 2).</summary>
    BinaryCrossEntropy,

    /// <summary>
    /// Keras' <c>binary_crossentropy</c> on two softmax outputs and one-hot labels (document 1): the mean over the outputs, probabilities
    /// clipped to [1e-7, 1 - 1e-7].
    /// </summary>
    BinaryCrossEntropyOnSoftmax,

    /// <summary>
    /// Keras' <c>categorical_crossentropy</c> on sigmoids that have forgotten their logits: each image's probabilities are divided by their
    /// sum and clipped to [1e-7, 1 - 1e-7]. At most 16.1; NaN where all sigmoids of an image are 0 in single precision.
    /// </summary>
    /// <remarks>
    /// The reading of document 4's loss that its printed losses (1028, 95.9) exclude; TensorFlow 2.5 remembered the logits:
    /// <see cref="CategoricalCrossEntropy"/>.
    /// </remarks>
    CategoricalCrossEntropyOnSigmoids,
}

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
    /// The logits themselves, no probabilities: for looking behind sigmoids or softmax that have saturated in single precision. Calibration
    /// and losses of probabilities mean nothing on them.
    /// </summary>
    None,
}
