using CovidNotebooks.Data;
using CovidNotebooks.Data.Augmentation;

namespace Tests.Data;

public class SamplingTests
{
    [Fact]
    public void Every_class_comes_equally_often_in_every_beginning_of_an_epoch()
    {
        using var loader = Loader([10, 3, 4]);
        for (var epoch = 0; epoch < 20; epoch++)
        {
            var order = loader.Order(epoch);
            Assert.Equal(17, order.Count);
            var counts = new int[3];
            foreach (var index in order)
            {
                counts[loader.Dataset.Images[index].Label]++;
                Assert.InRange(counts.Max() - counts.Min(), 0, 1);
            }
        }
    }

    [Fact]
    public void No_image_comes_again_before_its_whole_class_has_come()
    {
        using var loader = Loader([10, 3, 4]);
        for (var epoch = 0; epoch < 20; epoch++)
        {
            foreach (var own in loader.Order(epoch).GroupBy(index => loader.Dataset.Images[index].Label))
            {
                Assert.All(own.Chunk(loader.Dataset.CountsByClass[own.Key]), round => Assert.Equal(round.Length, round.Distinct().Count()));
            }
        }
    }

    [Fact]
    public void Over_the_epochs_every_image_of_a_large_class_comes()
    {
        using var loader = Loader([30, 2]);
        var counts = new int[32];
        for (var epoch = 0; epoch < 400; epoch++)
        {
            foreach (var index in loader.Order(epoch))
            {
                counts[index]++;
            }
        }

        // 16 of 30 a time: mean 213, standard deviation 10. Each of the two others comes 8 times an epoch.
        Assert.All(counts[..30], count => Assert.InRange(count, 163, 263));
        Assert.Equal([3200, 3200], counts[30..]);
    }

    [Fact]
    public void The_order_follows_from_seed_and_epoch()
    {
        using var loader = Loader([10, 3, 4]);
        using var same = Loader([10, 3, 4]);
        using var other = Loader([10, 3, 4], seed: 6);
        Assert.Equal(loader.Order(3), same.Order(3));
        Assert.NotEqual(loader.Order(3), loader.Order(4));
        Assert.NotEqual(loader.Order(3), other.Order(3));
    }

    [Fact]
    public void An_image_that_comes_again_is_augmented_differently()
    {
        using var folder = new TemporaryFolder();
        var phantoms = Phantoms.Create(folder.Path, new PhantomOptions { Size = 32, TrainPerClass = 6, TestPerClass = 1 })["train"];
        var dataset = phantoms.Subset([.. Enumerable.Range(0, 6), 6], "six and one");
        var options = new LoaderOptions
        {
            Width = 16,
            Height = 16,
            BatchSize = 7,
            Shuffle = true,
            Seed = 5,
            Sampling = Sampling.Balanced,
            Augmentation = new KerasAugmentation { RotationRange = 20 },
        };
        using var loader = new ImageLoader(dataset, options);
        using var batch = Assert.Single(loader.Epoch(0));
        var pixels = batch.Images.permute(0, 2, 3, 1).contiguous().data<float>().ToArray().Chunk(16 * 16 * 3).ToArray();
        var repeated = Enumerable.Range(0, 7).Where(i => batch.Indices[i] == 6).Select(i => pixels[i]).ToArray();
        Assert.InRange(repeated.Length, 3, 4);
        Assert.Equal(loader.Sample(6, 0), repeated[0]);
        Assert.All(repeated.Skip(1), again => Assert.NotEqual(repeated[0], again));
        Assert.NotEqual(repeated[1], repeated[2]);
    }

    [Fact]
    public void Balancing_is_refused_where_it_would_falsify_or_cannot_be()
    {
        var unshuffled = Assert.Throws<ArgumentException>(() => Loader([3, 4], shuffle: false));
        Assert.Contains("Shuffle = true", unshuffled.Message, StringComparison.Ordinal);
        Assert.Contains("no images of class 1", Assert.Throws<DataException>(() => Loader([3, 0])).Message, StringComparison.Ordinal);
    }

    private static ImageLoader Loader(int[] counts, long seed = 5, bool shuffle = true) => new(
        new ImageDataset(
            "made",
            Path.GetTempPath(),
            [.. counts.Select((_, label) => $"class {label}")],
            [.. counts.SelectMany((count, label) => Enumerable.Range(0, count).Select(i => new LabeledImage($"{label}-{i}.png", label)))]),
        new LoaderOptions { Width = 8, Height = 8, Shuffle = shuffle, Seed = seed, Sampling = Sampling.Balanced });
}
