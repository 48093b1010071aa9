using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CovidNotebooks.Data;
using CovidNotebooks.Display;
using CovidNotebooks.Models.Weights;
using CovidNotebooks.Training;
using static TorchSharp.torch;

namespace CovidNotebooks.Runs;

/// <summary>What makes a training this training: equal keys, equal weights in the end (on one kind of processor, with one version of the library).</summary>
internal static class TrainingKey
{
    private const int Digits = 12;

    /// <summary>
    /// The first 12 hexadecimal digits of the SHA-256 over: the run's parameters, the trainer's settings without those that change no number, the model's
    /// weights as they are before training, and what the sources of batches are made of.
    /// </summary>
    public static string Of(IReadOnlyDictionary<string, object?> parameters, nn.Module model, IBatchSource train, IBatchSource? validation, TrainerOptions options)
    {
        var lines = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["model"] = $"{model.GetName()} {ModelWeights.Fingerprint(model)}" };
        Add("params.", parameters);
        Add("trainer.", options.Describe().Where(pair => pair.Key is "epochs" || !TrainingCheckpoint.FreeSettings.Contains(pair.Key)));
        AddSource("train.", train);
        if (validation is not null)
        {
            AddSource("validation.", validation);
        }

        return Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(lines)))[..Digits];

        void Add(string prefix, IEnumerable<KeyValuePair<string, object?>> settings)
        {
            foreach (var (name, value) in settings)
            {
                lines[prefix + name] = DisplayedNumber.ValueText(value);
            }
        }

        void AddSource(string prefix, IBatchSource source)
        {
            Add(prefix, source.Describe());
            lines[prefix + "images"] = Fingerprint(source.Dataset);
        }
    }

    /// <summary>Classes, and of each image its path in the dataset, its label and its file's length: another file under an old name is seen without reading it.</summary>
    private static string Fingerprint(ImageDataset dataset)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(JsonSerializer.SerializeToUtf8Bytes(dataset.ClassNames));
        foreach (var image in dataset.Images)
        {
            var file = new FileInfo(dataset.FullPath(image));
            hash.AppendData(Encoding.UTF8.GetBytes(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{image.Path}\n{image.Label} {(file.Exists ? file.Length : 0)}\n")));
        }

        return $"{DisplayedNumber.ValueText(dataset.Count)} {Convert.ToHexStringLower(hash.GetHashAndReset())}";
    }
}
