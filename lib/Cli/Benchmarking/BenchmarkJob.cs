using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using CovidNotebooks.Data;
using CovidNotebooks.Protocols;

namespace CovidNotebooks.Cli.Benchmarking;

/// <summary>
/// What both sides train, written as a file (JSON, snake_case) so that they read the same images: <c>tests/benchmarks/README.md</c>
/// describes it.
/// </summary>
/// <param name="Document">The document's number.</param>
/// <param name="Classes">Names of the classes.</param>
/// <param name="Train">The training images.</param>
/// <param name="Validation">The images that are measured after each epoch.</param>
/// <param name="BatchSize">Images a batch.</param>
/// <param name="TrainBatches">Training batches an epoch.</param>
/// <param name="ValidationBatches">Batches that are measured after each epoch.</param>
/// <param name="Threads">Threads of an operator, on both sides.</param>
/// <param name="Workers">Threads or processes that load images, on both sides.</param>
/// <param name="Tuned">Whether a peer uses what an expert would: channels-last memory.</param>
/// <param name="InBfloat16">Whether the network computes in bfloat16: ours, or the peer's under automatic mixed precision.</param>
internal sealed record BenchmarkJob(
    int Document,
    IReadOnlyList<string> Classes,
    IReadOnlyList<BenchmarkImage> Train,
    IReadOnlyList<BenchmarkImage> Validation,
    int BatchSize,
    int TrainBatches,
    int ValidationBatches,
    int Threads,
    int Workers,
    bool Tuned = false,
    [property: JsonPropertyName("bfloat16")] bool InBfloat16 = false)
{
    public static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private const long Seed = 1;
    private const int LoaderWorkers = 2;

    /// <summary>A document's epoch.</summary>
    /// <param name="document">The experiment as published.</param>
    /// <param name="images">Its images, cut.</param>
    /// <param name="most">Training batches at most, with as large a share of the validation batches; null for all.</param>
    /// <param name="threads">Threads of an operator.</param>
    public static BenchmarkJob Of(Protocol document, DatasetSplit images, int? most, int threads)
    {
        var (train, validation) = (images["train"], images[document.ValidationPart!]);
        int Batches(ImageDataset part, LoaderOptions loader)
        {
            var all = (part.Count + loader.BatchSize - 1) / loader.BatchSize;
            return Math.Min(all, loader.StepsPerEpoch ?? all);
        }

        var wholeTrain = Batches(train, document.TrainingLoader(Seed, train.Count));
        var wholeValidation = Batches(validation, document.ValidationLoader(Seed, validation.Count));
        var trainBatches = Math.Min(wholeTrain, most ?? wholeTrain);
        return new BenchmarkJob(
            document.Number,
            train.ClassNames,
            Of(train),
            Of(validation),
            document.BatchSize,
            trainBatches,
            (int)Math.Ceiling(wholeValidation * (trainBatches / (double)wholeTrain)),
            threads,
            LoaderWorkers);
    }

    public static BenchmarkJob Read(string path) =>
        JsonSerializer.Deserialize<BenchmarkJob>(File.ReadAllText(path), Json) ?? throw new InvalidDataException($"{path} holds no job.");

    public void Write(string path) => File.WriteAllText(path, JsonSerializer.Serialize(this, Json));

    /// <summary>The same images as a dataset of ours.</summary>
    public ImageDataset Dataset(string name, IReadOnlyList<BenchmarkImage> images) =>
        new(name, "/", Classes, [.. images.Select(image => new LabeledImage(image.Path, image.Label))]);

    private static BenchmarkImage[] Of(ImageDataset part) =>
    [
        .. part.Images.Select(image => new BenchmarkImage(part.FullPath(image), image.Label)),
    ];
}

/// <param name="Path">The file.</param>
/// <param name="Label">The number of its class.</param>
internal sealed record BenchmarkImage(string Path, int Label);
