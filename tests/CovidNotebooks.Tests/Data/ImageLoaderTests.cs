using CovidNotebooks.Data;
using CovidNotebooks.Data.Augmentation;
using CovidNotebooks.Data.Imaging;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;
using Xunit.Abstractions;

namespace Tests.Data;

[Trait("Category", "Golden")]
public sealed class ImageLoaderTests : IDisposable
{
    private readonly ITestOutputHelper output;
    private readonly TemporaryFolder folder = new();
    private readonly ImageDataset dataset;

    public ImageLoaderTests(ITestOutputHelper output)
    {
        this.output = output;
        for (var i = 0; i < 23; i++)
        {
            var channels = i % 3 == 0 ? 3 : 1;
            var noise = ResizeTests.Noise(20 + i, 31 - i, channels, i).ToRgb();
            using var image = Image.LoadPixelData<Rgb24>(noise.Pixels, noise.Width, noise.Height);
            Directory.CreateDirectory(Path.Combine(folder.Path, i < 9 ? "a" : "b"));
            image.SaveAsPng(Path.Combine(folder.Path, i < 9 ? "a" : "b", $"{i:D2}.png"));
        }

        dataset = ImageDataset.FromFolders(folder.Path);
    }

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(FillMode.Nearest)]
    [InlineData(FillMode.Constant)]
    [InlineData(FillMode.Reflect)]
    [InlineData(FillMode.Wrap)]
    public void What_shows_outside_the_image_is_what_the_fill_mode_says(FillMode fillMode)
    {
        const long Augmenting = 0x41554721;
        var augmentation = new KerasAugmentation
        {
            RotationRange = 40,
            ZoomRange = .3,
            WidthShiftRange = 5,
            FillMode = fillMode,
            ConstantValue = 51,
        };
        using var loader = new ImageLoader(
            dataset, new LoaderOptions { Width = 20, Height = 18, Seed = 3, Augmentation = augmentation, Rescale = 1 / 255.0 });
        using var plain = new ImageLoader(dataset, new LoaderOptions { Width = 20, Height = 18, Rescale = 1 });
        for (var index = 0; index < dataset.Count; index++)
        {
            var random = new RandomStream(3, Augmenting, 2, index);
            var expected = new float[18 * 20 * 3];
            KerasAffine.Apply<float>(plain.Sample(index, 0), 18, 20, 3, augmentation.Draw(ref random, 18, 20), fillMode, 51, expected);
            GoldenFiles.AssertNear([.. expected.Select(level => level / 255)], loader.Sample(index, 2), 1e-5, $"image {index}");
        }
    }

    [SkippableFact]
    public void Pixels_and_batches_are_those_of_Keras()
    {
        var runs = 0;
        foreach (var (path, content) in GoldenFiles.OfKind("keras_flow", "keras_flow_from_directory", output))
        {
            using var made = new TemporaryFolder();
            var root = KerasFlowTests.FolderOf(path, content, made.Path);
            foreach (var run in content.GetProperty("runs").EnumerateArray().Where(run => run.TryGetProperty("batches", out _)))
            {
                var (dataset, settings) = KerasFlowTests.DatasetOf(root, run);
                var size = settings.GetProperty("target_size").Doubles();
                var gray = settings.GetProperty("color_mode").GetString() == "grayscale";
                using var loader = new ImageLoader(dataset, new LoaderOptions
                {
                    Height = (int)size[0],
                    Width = (int)size[1],
                    BatchSize = settings.Int("batch_size"),
                    Interpolation = settings.TryGetProperty("interpolation", out var interpolation)
                        && interpolation.GetString()!.StartsWith("bilinear", StringComparison.Ordinal)
                        ? Interpolation.PilBilinear
                        : Interpolation.PilNearest,
                    ColorMode = gray ? ColorMode.Grayscale : ColorMode.Rgb,
                    Rescale = settings.GetProperty("rescale").ValueKind == System.Text.Json.JsonValueKind.Number
                        ? settings.GetProperty("rescale").GetDouble()
                        : 1,
                });
                var expected = run.GetProperty("batches").EnumerateArray().ToArray();
                Assert.Equal(run.Int("batches_per_epoch"), loader.BatchesPerEpoch);
                var batches = loader.Epoch(0).ToArray();
                Assert.Equal(expected.Length, batches.Length);
                for (var i = 0; i < expected.Length; i++)
                {
                    using var batch = batches[i];
                    using var inKerasOrder = batch.Images.permute(0, 2, 3, 1).contiguous();
                    Assert.Equal(expected[i].GetProperty("x_shape").Doubles(), inKerasOrder.shape.Select(length => (double)length));
                    GoldenFiles.AssertNear(
                        expected[i].GetProperty("x").Floats(), inKerasOrder.data<float>().ToArray(), 1e-6, $"{path}, batch {i}");
                    var labels = batch.Labels.data<long>().ToArray();
                    var y = settings.GetProperty("class_mode").GetString() == "categorical"
                        ? labels.SelectMany(label => dataset.ClassNames.Select((_, own) => own == label ? 1.0 : 0))
                        : labels.Select(label => (double)label);
                    Assert.Equal(expected[i].GetProperty("y").Doubles(), y);
                    runs++;
                }
            }
        }

        output.WriteLine($"{runs} batches of pixels");
        Assert.True(runs > 0, "No golden file holds pixels of batches.");
    }

    [Fact]
    public void The_number_of_workers_changes_nothing()
    {
        var one = Everything(Options() with { Workers = 1 });
        foreach (var workers in new[] { 0, 2, 8 })
        {
            Assert.Equal(one, Everything(Options() with { Workers = workers, PrefetchBatches = 1 + workers }));
        }

        Assert.Equal(one, Everything(Options() with { CacheMegabytes = 0 }));
        Assert.NotEqual(one, Everything(Options() with { Seed = 6 }));
    }

    [Fact]
    public void Each_epoch_has_its_own_order_and_its_own_augmentation()
    {
        using var loader = new ImageLoader(dataset, Options());
        Assert.NotEqual(loader.Order(0), loader.Order(1));
        Assert.Equal(Enumerable.Range(0, 23), loader.Order(3).Order());
        Assert.NotEqual(loader.Sample(4, 0), loader.Sample(4, 1));
        Assert.Equal(loader.Sample(4, 1), loader.Sample(4, 1));
    }

    [Theory]
    [InlineData(10, null, false, 3, 23)]
    [InlineData(10, null, true, 2, 20)]
    [InlineData(10, 2, false, 2, 20)]
    [InlineData(10, 99, false, 3, 23)]
    [InlineData(23, null, true, 1, 23)]
    public void The_last_batch_and_the_steps_are_as_the_framework_has_them(
        int batchSize, int? steps, bool dropLast, int batches, int images)
    {
        using var loader = new ImageLoader(dataset, Options() with { BatchSize = batchSize, StepsPerEpoch = steps, DropLast = dropLast });
        Assert.Equal(batches, loader.BatchesPerEpoch);
        var counts = new List<int>();
        foreach (var batch in loader.Epoch(0))
        {
            using (batch)
            {
                Assert.Equal([batch.Count, 3, 16, 12], batch.Images.shape);
                Assert.Equal([16 * 12 * 3, 1, 12 * 3, 3], batch.Images.stride());
                Assert.Equal(batch.Indices.Select(index => (long)dataset.Images[index].Label), batch.Labels.data<long>().ToArray());
                counts.Add(batch.Count);
            }
        }

        Assert.Equal((batches, images), (counts.Count, counts.Sum()));
    }

    [Fact]
    public void A_bad_file_ends_the_epoch_once_with_its_name()
    {
        File.WriteAllText(Path.Combine(folder.Path, "b", "15.png"), "not a picture");
        foreach (var workers in new[] { 0, 1, 4 })
        {
            using var loader = new ImageLoader(dataset, Options() with { Workers = workers, BatchSize = 4 });
            var exception = Assert.Throws<BadImageException>(() => Drain(loader));
            Assert.Contains("15.png", exception.Message, StringComparison.Ordinal);
            Assert.Equal("b/15.png", Assert.Single(loader.Report.BadImages).Path);
        }
    }

    [Fact]
    public void Bad_files_are_skipped_named_and_counted_when_asked()
    {
        File.WriteAllText(Path.Combine(folder.Path, "b", "15.png"), "not a picture");
        File.WriteAllBytes(Path.Combine(folder.Path, "a", "03.png"), []);
        using var loader = new ImageLoader(dataset, Options() with { BadImages = BadImagePolicy.Skip, BatchSize = 4 });
        Assert.Equal(21, Drain(loader));
        Assert.Equal(["a/03.png", "b/15.png"], loader.Report.BadImages.Select(image => image.Path));
        Assert.Contains("not a picture", loader.Report.ToPlainText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Leaving_an_epoch_early_stops_its_threads()
    {
        using var loader = new ImageLoader(dataset, Options() with { BatchSize = 1, Workers = 3 });
        foreach (var batch in loader.Epoch(0))
        {
            batch.Dispose();
            break;
        }

        Assert.True(loader.Report.Decoded < 23, "All images were read for one batch: the loader is not bounded.");
        loader.Dispose();
        Assert.Throws<ObjectDisposedException>(() => Drain(loader));
    }

    [Fact]
    public void Pixels_are_read_once_while_they_fit_and_gray_ones_are_kept_as_one_channel()
    {
        using var loader = new ImageLoader(dataset, Options());
        Drain(loader);
        Drain(loader, epoch: 1);
        Assert.Equal(23, loader.Report.Decoded);
        Assert.Equal(((8 * 3) + 15) * 16 * 12, loader.Report.CachedBytes);
        using var without = new ImageLoader(dataset, Options() with { CacheMegabytes = 0 });
        Drain(without);
        Drain(without, epoch: 1);
        Assert.Equal((46, 0), (without.Report.Decoded, without.Report.CachedImages));
    }

    [Fact]
    public void Options_outside_their_range_are_refused()
    {
        Assert.Contains(
            "BatchSize",
            Assert.Throws<ArgumentOutOfRangeException>(() => new ImageLoader(dataset, Options() with { BatchSize = 0 })).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(
            () => new ImageLoader(dataset, Options() with { Augmentation = new KerasAugmentation { RotationRange = -1 } }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ImageLoader(dataset, Options() with { Rescale = double.NaN }));
        Assert.Throws<DataException>(() => new ImageLoader(dataset.Where(_ => false), Options()));
        Assert.Throws<DataException>(() => new ImageLoader(dataset, Options() with { BatchSize = 24, DropLast = true }));
    }

    private static LoaderOptions Options() => new()
    {
        Width = 12,
        Height = 16,
        BatchSize = 5,
        Shuffle = true,
        Seed = 5,
        Augmentation = new KerasAugmentation { WidthShiftRange = .1, HeightShiftRange = .1, ShearRange = .2, HorizontalFlip = true },
    };

    private static int Drain(ImageLoader loader, int epoch = 0)
    {
        var images = 0;
        foreach (var batch in loader.Epoch(epoch))
        {
            using (batch)
            {
                images += batch.Count;
            }
        }

        return images;
    }

    private List<float> Everything(LoaderOptions options)
    {
        using var loader = new ImageLoader(dataset, options);
        var values = new List<float>();
        for (var epoch = 0; epoch < 2; epoch++)
        {
            foreach (var batch in loader.Epoch(epoch))
            {
                using (batch)
                {
                    values.AddRange(batch.Indices.Select(index => (float)index));
                    values.AddRange(batch.Images.data<float>().ToArray());
                }
            }
        }

        return values;
    }
}
