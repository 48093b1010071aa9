using CovidNotebooks.Display;
using CovidNotebooks.Recording;

namespace CovidNotebooks.Training;

/// <summary>How a model is trained. A record: copy it with <c>with</c> and change what differs.</summary>
public sealed record TrainerOptions
{
    /// <summary>Epochs to run at most; at least 1.</summary>
    public required int Epochs { get; init; }

    /// <summary>Optimiser and learning rate. Default: Keras' Adam with rate .001.</summary>
    public OptimizerSettings Optimizer { get; init; } = new KerasAdam();

    /// <summary>What is minimised. Default: softmax cross-entropy.</summary>
    public Loss Loss { get; init; } = Loss.CategoricalCrossEntropy;

    /// <summary>
    /// What an image of each class weighs in the training loss, by class number (<c>ClassBalance.Weights</c> makes the usual ones); null,
    /// the default: all the same.
    /// </summary>
    /// <remarks>
    /// Keras' <c>class_weight</c>: each image's loss times its class's weight, summed and divided by the number of images in the batch. The
    /// training loss that is reported is weighted; the validation loss is not. PyTorch's <c>CrossEntropyLoss(weight)</c> divides by the sum
    /// of the batch's weights instead: weights that are all k times larger give k times the loss and gradient here, and change nothing
    /// there.
    /// </remarks>
    public IReadOnlyList<double>? ClassWeights { get; init; }

    /// <summary>What the accuracy looks at. Default: softmax; a single output is always read through a sigmoid.</summary>
    public OutputActivation Activation { get; init; } = OutputActivation.Softmax;

    /// <summary>Batches an update. Default: one.</summary>
    public GradientAccumulation Accumulation { get; init; } = new();

    /// <summary>What may end training early or change the learning rate; null, the default, for nothing.</summary>
    public StoppingRule? Stopping { get; init; }

    /// <summary>
    /// Which epoch counts as the best; null, the default: by validation loss, by training loss where nothing is validated.
    /// </summary>
    public BestEpochRule? BestBy { get; init; }

    /// <summary>Which weights the model has in the end. Default: those of the last epoch.</summary>
    public FinalWeights FinalWeights { get; init; } = FinalWeights.Last;

    /// <summary>Validation batches an epoch, Keras' <c>validation_steps</c>; null, the default, for all of them.</summary>
    [Unit("batches")]
    public int? ValidationSteps { get; init; }

    /// <summary>
    /// How the losses of the validation batches become the validation loss, which stopping rules look at. Default
    /// <see cref="LossMean.PerImage"/>.
    /// </summary>
    public LossMean ValidationLossMean { get; init; }

    /// <summary>Seeds torch's default generator (dropout) once, before the first epoch. Default 0.</summary>
    public long Seed { get; init; }

    /// <summary><c>cpu</c>, <c>cuda</c> or <c>cuda:0</c>. Default <c>cpu</c>.</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>
    /// Mixed precision: the data type of the network's maps while it is trained and validated, and of the products of its convolutions
    /// and of a hidden dense layer that reads the maps (documents 2, 3 and 5); null, the default, for float32. Weights, their sums of
    /// gradients, a normalisation's statistics, the other dense layers, loss and optimiser are float32 in any case; what a layer says of
    /// its weights is rounded before it is added. So the best epoch is chosen by numbers of this precision, while <see cref="Predictor"/>
    /// computes in float32. Needs a network that <see cref="Models.IFollowsImageType"/>.
    /// </summary>
    [RecordedWhenSet]
    public ReducedPrecision? Precision { get; init; }

    /// <summary>Threads and memory of the processor.</summary>
    public CpuTuning Cpu { get; init; } = new();

    /// <summary>A file to write after every epoch so that training can go on after an interruption; null, the default, for none.</summary>
    [NotRecorded]
    public string? CheckpointPath { get; init; }

    /// <summary>A file for the weights of the best epoch so far; null, the default, for none.</summary>
    [NotRecorded]
    public string? BestWeightsPath { get; init; }

    /// <summary>Go on from <see cref="CheckpointPath"/> when it exists. Default false: start anew and replace it.</summary>
    [NotRecorded]
    public bool Resume { get; init; }

    /// <summary>Checks every setting.</summary>
    /// <exception cref="ArgumentException">A setting is out of its range.</exception>
    public void Validate()
    {
        if (Epochs < 1)
        {
            throw new ArgumentException($"Epochs is {Epochs}; expected at least 1.");
        }

        if (ValidationSteps < 1)
        {
            throw new ArgumentException($"ValidationSteps is {ValidationSteps}; expected at least 1, or null for all batches.");
        }

        if (ClassWeights is { } weights && (weights.Any(weight => !double.IsFinite(weight) || weight < 0) || weights.Sum() == 0))
        {
            throw new ArgumentException(
                $"ClassWeights is {DisplayedNumber.ValueText(weights)}; expected finite numbers, none below 0 and one above, for "
                    + "example ClassBalance.Weights(train).");
        }

        if (Resume && CheckpointPath is null)
        {
            throw new ArgumentException("Resume is set without a CheckpointPath; name the checkpoint to go on from.");
        }

        Optimizer.Validate();
        Accumulation.Validate();
        Stopping?.Validate();
        Cpu.Validate();
    }

    /// <summary>The same with the rule for the best epoch named, as <see cref="Trainer"/> applies it.</summary>
    /// <param name="hasValidation">Whether images are validated.</param>
    internal TrainerOptions WithBestBy(bool hasValidation) =>
        BestBy is null ? this with { BestBy = new BestEpochRule(hasValidation ? TrainingMetric.ValidationLoss : TrainingMetric.Loss) }
        : this;
}

/// <summary>Which weights a model has when training is over.</summary>
public enum FinalWeights
{
    /// <summary>Those of the last epoch, unless an <see cref="EarlyStopping"/> that restores ended training.</summary>
    Last,

    /// <summary>
    /// Those of the best epoch by <see cref="TrainerOptions.BestBy"/>, as a Keras checkpoint with <c>save_best_only</c> that is loaded
    /// afterwards.
    /// </summary>
    Best,
}

/// <summary>How the losses of batches become one number.</summary>
public enum LossMean
{
    /// <summary>Each batch weighs as many images as it holds, as Keras has it: the mean over the images.</summary>
    PerImage,

    /// <summary>
    /// Each batch weighs the same, <c>loss / len(loader)</c> in many PyTorch programs: an image of a short last batch counts for more than
    /// the others.
    /// </summary>
    PerBatch,
}
