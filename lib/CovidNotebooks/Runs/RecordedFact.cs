using CovidNotebooks.Display;

namespace CovidNotebooks.Runs;

/// <summary>A fact that readers ask a record for, whichever version wrote it.</summary>
/// <param name="Words">What it is, in words.</param>
/// <param name="Name">Its setting in today's records.</param>
/// <param name="OldNames">Its settings in records of format 1, whose settings were typed by hand.</param>
public sealed record RecordedFact(string Words, string Name, params IReadOnlyList<string> OldNames)
{
    /// <summary>The images: a name of the catalogue, <c>phantoms</c>, or words.</summary>
    public static RecordedFact Data { get; } = new("which images", "data", "data");

    /// <summary>How they were cut.</summary>
    public static RecordedFact Split { get; } = new("the split", "split", "split");

    /// <summary>What the network started from: <c>none</c>, <c>imagenet</c>, or words.</summary>
    public static RecordedFact Weights { get; } = new("the initial weights", "model.weights", "weights");

    /// <summary>The seed of the training.</summary>
    public static RecordedFact Seed { get; } = new("the seed", "trainer.seed", "seed");

    /// <summary>Epochs to run at most.</summary>
    public static RecordedFact Epochs { get; } = new("the epochs", "trainer.epochs", "epochs");

    /// <summary>The optimiser's learning rate.</summary>
    public static RecordedFact LearningRate { get; } = new("the learning rate", "trainer.optimizer.learning_rate", "learning_rate");

    /// <summary>Images a batch.</summary>
    public static RecordedFact BatchSize { get; } = new("the batch size", "train.batch_size", "batch_size");

    /// <summary>What may end training early.</summary>
    public static RecordedFact Stopping { get; } = new(
        "the stopping rule", "trainer.stopping", "early_stopping_monitor", "stopper_patience");

    /// <summary>Which weights the model had in the end.</summary>
    public static RecordedFact FinalWeights { get; } = new("which epoch's weights were kept", "trainer.final_weights");

    /// <summary>The images that were watched during training.</summary>
    public static RecordedFact ValidationImages { get; } = new("the validation images", "validation.part", "validation_set");

    /// <summary>The images that the result is about.</summary>
    public static RecordedFact EvaluatedImages { get; } = new("the evaluated part", "evaluation.part");

    /// <summary>From which score on an image is called positive.</summary>
    public static RecordedFact Threshold { get; } = new("the threshold", DecisionRule.Setting, DecisionRule.Parameter);

    /// <summary>What the record of a training holds at least.</summary>
    public static IReadOnlyList<RecordedFact> All { get; } =
        [Data, Split, Weights, Seed, Epochs, LearningRate, BatchSize, Stopping, FinalWeights, ValidationImages, EvaluatedImages, Threshold];

    /// <summary>Its value; null where the record says null or nothing.</summary>
    /// <param name="parameters">A record's settings.</param>
    public object? Of(IReadOnlyDictionary<string, object?> parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return OldNames.Prepend(Name).Where(parameters.ContainsKey).Select(name => parameters[name]).FirstOrDefault();
    }

    /// <summary>Its value as text; null where the record says null or nothing.</summary>
    /// <param name="parameters">A record's settings.</param>
    public string? TextOf(IReadOnlyDictionary<string, object?> parameters) =>
        Of(parameters) is { } value ? DisplayedNumber.ValueText(value) : null;

    /// <summary>Whether a record says anything of it.</summary>
    internal bool IsIn(IReadOnlyDictionary<string, object?> parameters) => OldNames.Prepend(Name).Any(parameters.ContainsKey);
}
