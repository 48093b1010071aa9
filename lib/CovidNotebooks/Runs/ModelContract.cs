using System.Text.Json;
using System.Text.Json.Serialization;
using CovidNotebooks.Data;
using CovidNotebooks.Display;
using CovidNotebooks.Evaluation;
using CovidNotebooks.Models;
using CovidNotebooks.Recording;
using CovidNotebooks.Training;
using static TorchSharp.torch;

namespace CovidNotebooks.Runs;

/// <summary>
/// What a run's <c>model.safetensors</c> is: which network, which pictures it takes, what its answers mean. Written as <c>model.json</c> by
/// <see cref="Experiment.Finish(Predictions, EvaluationReport, nn.Module?, IReadOnlyDictionary{string, double}?)"/>, from what ran.
/// </summary>
public sealed record ModelContract : DisplayedRecord
{
    /// <summary>The name of the file in a run's folder.</summary>
    public const string FileName = "model.json";

    /// <summary>The version that this code writes and reads.</summary>
    public const int CurrentFormat = 1;

    /// <summary>The version of the file.</summary>
    [JsonRequired]
    public int Format { get; init; } = CurrentFormat;

    /// <summary>The kind of network, the type's name in snake_case: <c>small_cnn</c>, <c>trunk_classifier</c>.</summary>
    [JsonRequired]
    public string Network { get; init; } = "";

    /// <summary>The network's own name: for a trunk with a head, the trunk's: <c>ResNet18</c>.</summary>
    public string Name { get; init; } = "";

    /// <summary>What it was built with; empty for a network that does not tell.</summary>
    public IReadOnlyDictionary<string, object?> Settings { get; init; } = new Dictionary<string, object?>(StringComparer.Ordinal);

    /// <summary>Whether the weights are those of the head alone; the trunk is then the pretrained one that <see cref="Settings"/>
    /// names.</summary>
    public bool HeadOnly { get; init; }

    /// <summary>The pictures that it takes.</summary>
    [JsonRequired]
    public InputContract Input { get; init; } = new();

    /// <summary>Names of the classes, in the order of the outputs.</summary>
    [JsonRequired]
    public IReadOnlyList<string> ClassNames { get; init; } = [];

    /// <summary>The class whose score a threshold decides on.</summary>
    public int PositiveClass { get; init; } = 1;

    /// <summary>What turns its outputs into scores.</summary>
    public OutputActivation Activation { get; init; }

    /// <summary>Positive from this score on; null where the class with the highest score is the answer.</summary>
    public double? Threshold { get; init; }

    /// <summary>The collection that it learnt from, as a run's record calls it; <c>phantoms</c> for drawn pictures.</summary>
    public string Data { get; init; } = "";

    /// <summary>Training pictures of each class; empty where that is not known.</summary>
    public IReadOnlyList<int> TrainingImages { get; init; } = [];

    /// <summary>Whether it learnt from drawn pictures: then its answers about real ones mean nothing.</summary>
    [JsonIgnore]
    public bool LearntFromPhantoms => string.Equals(Data, ImageDataset.PhantomCollection, StringComparison.Ordinal);

    /// <summary>Asks what ran for the contract.</summary>
    /// <param name="network">The whole network.</param>
    /// <param name="saved">What of it is saved: itself, or its head.</param>
    /// <param name="source">The source of the images that the results are about.</param>
    /// <param name="activation">What turned its outputs into scores.</param>
    /// <param name="answers">Its answers: classes, positive class, threshold.</param>
    /// <param name="trainedOn">The training images, where they are known.</param>
    /// <returns>Null where the source does not tell how it reads images.</returns>
    internal static ModelContract? Of(
        nn.Module network, nn.Module saved, IBatchSource source, OutputActivation activation, Predictions answers, ImageDataset? trainedOn)
    {
        var reading = source switch
        {
            ImageLoader loader => loader.Options,
            FeatureSource features => features.Reading,
            _ => null,
        };
        return reading is null ? null : new ModelContract
        {
            Network = FlatSettings.Word(network.GetType().Name),
            Name = network.GetName(),
            Settings = network is IRecordedSettings own ? own.ToSettings() : new Dictionary<string, object?>(StringComparer.Ordinal),
            HeadOnly = network is IFrozenTrunk { Head: { } head } && ReferenceEquals(head, saved),
            Input = InputContract.Of(reading),
            ClassNames = answers.ClassNames,
            PositiveClass = answers.PositiveClass,
            Activation = activation,
            Threshold = answers.Threshold,
            Data = (trainedOn ?? source.Dataset).Collection ?? "files of one's own",
            TrainingImages = trainedOn?.CountsByClass ?? [],
        };
    }

    /// <summary>Reads a run's file.</summary>
    /// <param name="path">Its path.</param>
    /// <exception cref="InvalidDataException">It is damaged or of another version; the message says how.</exception>
    public static ModelContract Read(string path)
    {
        try
        {
            var contract = JsonSerializer.Deserialize<ModelContract>(File.ReadAllBytes(path),
                RunDocument.Indented) ?? throw new JsonException("it is null");
            return contract is { Format: CurrentFormat, ClassNames.Count: > 1 } && contract.PositiveClass >= 0
                && contract.PositiveClass < contract.ClassNames.Count
                ? contract
                : throw new JsonException($"it has format {contract.Format} and {contract.ClassNames.Count} classes; format "
                    + $"{CurrentFormat} and two classes or more were expected");
        }
        catch (JsonException broken)
        {
            throw new InvalidDataException($"{FileName} is damaged or of another version of the kit: {broken.Message.TrimEnd('.')}. "
                + $"Train again, or use the kit that wrote it.", broken);
        }
    }

    /// <summary>Writes the file.</summary>
    /// <param name="path">Where.</param>
    public void Write(string path) => File.WriteAllBytes(path, JsonSerializer.SerializeToUtf8Bytes(this, RunDocument.Indented));

    /// <inheritdoc/>
    public override DisplayDocument Describe() => new Card($"The model: {Name}")
        .Add("pictures", Input.Words)
        .Add("classes", string.Join(", ", ClassNames))
        .Add("learnt from", TrainingImages.Count == 0 ? Data : $"{Data}: "
            + $"{string.Join(", ", TrainingImages.Zip(ClassNames, (count, name) => $"{DisplayedNumber.ValueText(count)} {name}"))}")
        .Add("answers", Threshold is { } threshold ? $"{ClassNames[PositiveClass]} from a score of {DisplayedNumber.Short(threshold)} on"
            : "the class with the highest score");
}
