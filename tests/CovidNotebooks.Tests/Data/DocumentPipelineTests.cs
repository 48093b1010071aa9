using System.Runtime.InteropServices;
using System.Text.Json;
using CovidNotebooks.Charts;
using CovidNotebooks.Data;
using CovidNotebooks.Data.Augmentation;
using CovidNotebooks.Data.Imaging;
using CovidNotebooks.Protocols;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;
using Tests.Shared;
using Xunit.Abstractions;

namespace Tests.Data;

/// <summary>The documents' loaders from file to tensor, against OpenCV, Pillow and torchvision (tests/golden-pipeline/make.py).</summary>
[Trait("Category", "Golden")]
public sealed class DocumentPipelineTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly JsonElement golden;
    private readonly ImageDataset dataset;
    private readonly int size;
    private readonly ITestOutputHelper output;

    public DocumentPipelineTests(ITestOutputHelper output)
    {
        this.output = output;
        golden = JsonDocument.Parse(
            File.ReadAllBytes(Path.Combine(Repository.Root, "tests", "golden-pipeline", "samples.json"))).RootElement;
        size = golden.Int("size");
        Directory.CreateDirectory(Path.Combine(folder.Path, "a"));
        foreach (var (i, item) in golden.GetProperty("cases").EnumerateArray().Index())
        {
            using var image = Image.LoadPixelData<Rgb24>(
                item.GetProperty("rgb").GetBytesFromBase64(), item.Int("width"), item.Int("height"));
            image.SaveAsPng(Path.Combine(folder.Path, "a", $"{i}.png"));
        }

        dataset = ImageDataset.FromFolders(folder.Path);
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Evaluation_samples_are_those_of_the_documents_libraries()
    {
        Compare("document1.evaluation", new Document1 { ImageSize = size }.EvaluationLoader());
        Compare("document2.evaluation", new Document2 { ImageSize = size }.EvaluationLoader());
        Compare("document3.evaluation", Document3().EvaluationLoader());
        Compare("document4.evaluation", new Document4 { ImageSize = size }.EvaluationLoader());
        Compare("document5.evaluation", new Document5 { ImageSize = size }.EvaluationLoader());
    }

    [Fact]
    public void Training_samples_of_document_3_are_those_of_torchvision_for_the_same_draws()
    {
        for (var epoch = 0; epoch < golden.Int("epochs"); epoch++)
        {
            Compare($"document3.training.{epoch}", Document3().TrainingLoader(golden.Int("seed")), epoch);
            Compare(
                $"document3.training.imagenet.{epoch}",
                (Document3() with { Normalization = PixelNormalization.ImageNet }).TrainingLoader(golden.Int("seed")),
                epoch);
        }

        var draws = golden.GetProperty("cases").EnumerateArray().SelectMany(item => item.GetProperty("draws").EnumerateArray()).ToArray();
        Assert.Contains(draws, draw => draw.GetProperty("flipped").GetBoolean());
        Assert.Contains(draws, draw => !draw.GetProperty("flipped").GetBoolean());
    }

    [Fact]
    public void Document_4_preprocesses_after_its_augmentation()
    {
        var protocol = new Document4 { ImageSize = size };
        using var whole = new ImageLoader(dataset, protocol.TrainingLoader(seed: 3));
        using var augmented = new ImageLoader(dataset, protocol.TrainingLoader(seed: 3) with { Normalization = null });
        using var plain = new ImageLoader(dataset, protocol.EvaluationLoader());
        for (var index = 0; index < dataset.Count; index++)
        {
            var expected = augmented.Sample(index, 1);
            Assert.InRange(expected.Max(), 100, 255);
            PixelNormalization.KerasCaffe.Apply(expected);
            Assert.Equal(expected, whole.Sample(index, 1));
            Assert.NotEqual(plain.Sample(index, 1), whole.Sample(index, 1));
        }
    }

    [Fact]
    public void Document_1_rotates_what_OpenCV_resized_and_then_divides()
    {
        var protocol = new Document1 { ImageSize = size };
        var options = protocol.TrainingLoader(seed: 3, images: 3);
        using var loader = new ImageLoader(dataset, options);
        for (var index = 0; index < dataset.Count; index++)
        {
            var resized = ImageResizer.Resize(Original(index), size, size, Interpolation.Cv2Linear);
            var random = new RandomStream(3, 0x41554721, 2, index);
            var parameters = protocol.Augmentation!.Draw(ref random, size, size);
            Assert.InRange(Math.Abs(parameters.Theta), 1e-9, 15);
            var expected = new float[size * size * 3];
            KerasAffine.Apply<byte>(resized.Pixels, size, size, 3, parameters, FillMode.Nearest, 0, expected);
            GoldenFiles.AssertNear([.. expected.Select(level => level / 255)], loader.Sample(index, 2), 1e-5, $"image {index}");
        }
    }

    [Fact]
    public void The_number_of_workers_changes_no_batch_of_any_document()
    {
        LoaderOptions[] loaders =
        [
            new Document1 { ImageSize = size, BatchSize = 2 }.TrainingLoader(7, 3),
            new Document2 { ImageSize = size, BatchSize = 2 }.TrainingLoader(7, 3),
            (Document3() with { BatchSize = 2 }).TrainingLoader(7),
            new Document4 { ImageSize = size, BatchSize = 2 }.TrainingLoader(7),
            (Document3() with { BatchSize = 2 }).TrainingLoader(7) with { Sampling = Sampling.Balanced },
        ];
        foreach (var options in loaders)
        {
            var one = Everything(options with { Workers = 1 });
            Assert.Equal(one, Everything(options with { Workers = 2 }));
            Assert.Equal(one, Everything(options with { Workers = 8 }));
            Assert.NotEqual(one, Everything(options with { Seed = 8 }));
        }
    }

    [Fact]
    public void What_document_3_trains_on_can_be_looked_at()
    {
        var options = (Document3() with { Normalization = PixelNormalization.ImageNet }).TrainingLoader(7);
        using var loader = new ImageLoader(dataset, options);
        using var levels = new ImageLoader(dataset, options with { Normalization = null, Rescale = 1 });

        var preview = AugmentationPreview.Of(loader, [0], epochs: 2);

        Assert.Equal(levels.Sample(0, 1).Select(level => (byte)level), preview.Rows[0].Pictures[2].Image!.Pixels);
        Assert.Contains("random part of 0.5 to 1 of the area", preview.ToPlainText(), StringComparison.Ordinal);
    }

    private Document3 Document3() => new() { ImageSize = size, ShorterSide = golden.Int("shorter_side") };

    private PixelImage Original(int index)
    {
        var item = golden.GetProperty("cases")[index];
        return new PixelImage(item.Int("width"), item.Int("height"), 3, item.GetProperty("rgb").GetBytesFromBase64());
    }

    private void Compare(string name, LoaderOptions options, int epoch = 0)
    {
        using var loader = new ImageLoader(dataset, options);
        var compared = 0;
        foreach (var (index, item) in golden.GetProperty("cases").EnumerateArray().Index())
        {
            var expected = MemoryMarshal.Cast<byte, float>(item.GetProperty("expected").GetProperty(name).GetBytesFromBase64());
            var largest = 0f;
            foreach (var value in expected)
            {
                largest = Math.Max(largest, Math.Abs(value));
            }

            GoldenFiles.AssertNear(expected, loader.Sample(index, epoch), 1e-6 * largest, $"{name}, image {index}");
            compared++;
        }

        output.WriteLine($"{name}: {compared} images");
        Assert.True(compared > 0, "The golden file holds no images.");
    }

    private List<float> Everything(LoaderOptions options)
    {
        using var loader = new ImageLoader(dataset, options);
        var values = new List<float>();
        foreach (var batch in loader.Epoch(0).Concat(loader.Epoch(1)))
        {
            using (batch)
            {
                values.AddRange(batch.Indices.Select(index => (float)index));
                values.AddRange(batch.Images.data<float>().ToArray());
            }
        }

        return values;
    }
}
