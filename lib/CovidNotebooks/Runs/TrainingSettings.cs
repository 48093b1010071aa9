using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CovidNotebooks.Data;
using CovidNotebooks.Models.Weights;
using CovidNotebooks.Recording;
using CovidNotebooks.Training;
using static TorchSharp.torch;

namespace CovidNotebooks.Runs;

/// <summary>
/// What makes a training this training, asked of the objects that run: groups <c>model</c>, <c>trainer</c>, <c>train</c> and
/// <c>validation</c>. A run's record holds <see cref="Values"/>, and the name of its checkpoint is <see cref="Key"/> of the same values.
/// </summary>
public sealed class TrainingSettings
{
    private const int Digits = 12;

    private TrainingSettings(IReadOnlyDictionary<string, object?> values) => Values = values;

    /// <summary>Flat names and JSON values.</summary>
    public IReadOnlyDictionary<string, object?> Values { get; }

    /// <summary>
    /// The first 12 hexadecimal digits of the SHA-256 over all values but those that change no number (device, threads): equal keys, equal
    /// weights in the end, on one kind of processor and with one version of the library.
    /// </summary>
    public string Key
    {
        get
        {
            var decisive = Values.Where(pair => !IsFree(pair.Key)).OrderBy(pair => pair.Key, StringComparer.Ordinal)
                .Select(pair => KeyValuePair.Create(pair.Key, pair.Value));
            var lines = new Dictionary<string, object?>(decisive, StringComparer.Ordinal);
            return Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(lines, RunDocument.OneLine)))[..Digits];
        }
    }

    /// <summary>Asks the objects of a training for their settings.</summary>
    /// <param name="model">The model with its initial weights.</param>
    /// <param name="train">The training images.</param>
    /// <param name="validation">The images that are measured after each epoch, or null.</param>
    /// <param name="options">How it is trained.</param>
    /// <param name="network">
    /// The network that <paramref name="model"/> is a part of, for example where only its head is trained; null for the model itself.
    /// </param>
    public static TrainingSettings Of(
        nn.Module model, IBatchSource train, IBatchSource? validation, TrainerOptions options, nn.Module? network = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(options);
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        Add(values, ModelSettings(model, network ?? model));
        Add(values, FlatSettings.Prefixed("trainer", FlatSettings.Of(options.WithBestBy(validation is not null))));
        Add(values, SourceSettings("train", train));
        if (validation is null)
        {
            values["validation"] = null;
        }
        else
        {
            Add(values, SourceSettings("validation", validation));
        }

        return new TrainingSettings(values);
    }

    /// <summary>The same with further values, which are recorded and play no part in <see cref="Key"/>'s caller.</summary>
    internal TrainingSettings With(IReadOnlyDictionary<string, object?> more)
    {
        var values = new Dictionary<string, object?>(Values, StringComparer.Ordinal);
        Add(values, more);
        return new TrainingSettings(values);
    }

    /// <summary>A source's settings and its images: how many, and a checksum over their paths, labels and file lengths.</summary>
    /// <param name="group">For example <c>train</c>.</param>
    /// <param name="source">Where batches come from.</param>
    internal static IEnumerable<KeyValuePair<string, object?>> SourceSettings(string group, IBatchSource source) =>
    [
        .. FlatSettings.Prefixed(group, source.ToSettings()),
        KeyValuePair.Create<string, object?>($"{group}.images", source.Dataset.Count),
        KeyValuePair.Create<string, object?>($"{group}.images_sha256", Fingerprint(source.Dataset)),
    ];

    private static IEnumerable<KeyValuePair<string, object?>> ModelSettings(nn.Module model, nn.Module network) =>
    [
        KeyValuePair.Create<string, object?>("model", FlatSettings.Word(network.GetType().Name)),
        .. network is IRecordedSettings own ? FlatSettings.Prefixed("model", own.ToSettings()) : [],
        KeyValuePair.Create<string, object?>("model.parameters", network.parameters().Sum(parameter => parameter.numel())),
        KeyValuePair.Create<string, object?>(
            "model.trained_parameters", model.parameters().Where(parameter => parameter.requires_grad).Sum(parameter => parameter.numel())),
        KeyValuePair.Create<string, object?>("model.initial_weights_sha256", ModelWeights.Fingerprint(model)[..Digits]),
    ];

    private static bool IsFree(string name) =>
        name.StartsWith("trainer.", StringComparison.Ordinal)
            && name is not "trainer.epochs"
            && TrainingCheckpoint.FreeSettings.Contains(name["trainer.".Length..]);

    private static void Add(Dictionary<string, object?> values, IEnumerable<KeyValuePair<string, object?>> settings)
    {
        foreach (var (name, value) in settings)
        {
            values[name] = value;
        }
    }

    /// <summary>
    /// Classes, and of each image its path in the dataset, its label and its file's length: another file under an old name is seen without
    /// reading it.
    /// </summary>
    private static string Fingerprint(ImageDataset dataset)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(JsonSerializer.SerializeToUtf8Bytes(dataset.ClassNames));
        foreach (var image in dataset.Images)
        {
            var file = new FileInfo(dataset.FullPath(image));
            hash.AppendData(
                Encoding.UTF8.GetBytes(
                    string.Create(CultureInfo.InvariantCulture, $"{image.Path}\n{image.Label} {(file.Exists ? file.Length : 0)}\n")));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..Digits];
    }
}
