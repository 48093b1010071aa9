using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CovidNotebooks.Data;
using CovidNotebooks.Display;
using CovidNotebooks.Models.Weights;
using CovidNotebooks.Recording;
using static TorchSharp.torch;

namespace CovidNotebooks.Training;

/// <summary>A short name for all that decides the maps of a <see cref="FeatureBank"/>.</summary>
internal static class FeatureBankKey
{
    private const int Digits = 16;

    /// <summary>Options that play no part: order and batches, which a source decides.</summary>
    private static readonly string[] Free = ["batch_size", "shuffle", "sampling", "steps_per_epoch", "drop_last"];

    /// <summary>
    /// The first digits of a SHA-256 over the trunk's weights, the images' paths and file lengths, the loader's options and the number of
    /// draws.
    /// </summary>
    public static string Of(nn.Module trunk, ImageDataset dataset, LoaderOptions loader, int draws)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, ModelWeights.Fingerprint(trunk));
        foreach (var image in dataset.Images)
        {
            Add(hash, string.Create(CultureInfo.InvariantCulture, $"{image.Path} {new FileInfo(dataset.FullPath(image)).Length}"));
        }

        foreach (var (name, value) in FlatSettings.Of(loader).Where(pair => !Free.Contains(pair.Key, StringComparer.Ordinal))
            .OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            Add(hash, $"{name}={DisplayedNumber.ValueText(value)}");
        }

        Add(hash, string.Create(CultureInfo.InvariantCulture, $"draws={draws}"));
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..Digits];
    }

    private static void Add(IncrementalHash hash, string line) => hash.AppendData(Encoding.UTF8.GetBytes(line + "\n"));
}
