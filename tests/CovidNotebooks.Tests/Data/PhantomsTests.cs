using CovidNotebooks.Audit;
using CovidNotebooks.Data;
using Xunit.Abstractions;

namespace Tests.Data;

public class PhantomsTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(PhantomKind.ChestXray)]
    [InlineData(PhantomKind.LungCt)]
    public void The_same_options_draw_the_same_set_and_a_kept_set_is_taken(PhantomKind kind)
    {
        using var first = new TemporaryFolder();
        using var second = new TemporaryFolder();
        var options = new PhantomOptions { Kind = kind, TrainPerClass = 3, TestPerClass = 2, Size = 64 };
        var a = Phantoms.Create(first.Path, options);
        var b = Phantoms.Create(second.Path, options);
        Assert.Equal([3, 3], a["train"].CountsByClass);
        Assert.Equal([2, 2], a["test"].CountsByClass);
        Assert.Equal(options.ClassNames, a["train"].ClassNames);
        foreach (var part in new[] { "train", "test" })
        {
            Assert.Equal(a[part].Images.Select(image => Hash(a[part], image)), b[part].Images.Select(image => Hash(b[part], image)));
        }

        var written = File.GetLastWriteTimeUtc(a["train"].FullPath(a["train"].Images[0]));
        Phantoms.Create(first.Path, options);
        Assert.Equal(written, File.GetLastWriteTimeUtc(a["train"].FullPath(a["train"].Images[0])));
        Assert.DoesNotContain(Directory.GetDirectories(first.Path), folder => folder.EndsWith(".part", StringComparison.Ordinal));
        var other = Phantoms.Create(first.Path, options with { Seed = 2 });
        Assert.NotEqual(Hash(a["train"], a["train"].Images[0]), Hash(other["train"], other["train"].Images[0]));
        Assert.True(LeakageAudit.Of(a, searchNearDuplicates: true).IsClean);
    }

    [Fact]
    public void The_classes_differ_in_the_lungs_and_hardly_in_brightness()
    {
        var options = new PhantomOptions { Size = 48 };
        double Mean(bool ill) =>
            Enumerable.Range(0, 60).Average(index => Phantoms.Draw(options, ill, index).Pixels.Average(pixel => (double)pixel));
        var (well, ill) = (Mean(false), Mean(true));
        output.WriteLine($"mean grey level: well {well:F1}, ill {ill:F1}");
        Assert.InRange(ill - well, -2, 12);
        Assert.InRange(well, 60, 160);
    }

    [Fact]
    public void Three_hundred_pictures_are_drawn_by_default()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(300, Phantoms.Create(folder.Path, new PhantomOptions()).Parts.Sum(part => part.Dataset.Count));
    }

    private static string Hash(ImageDataset dataset, LabeledImage image) =>
        Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(dataset.FullPath(image))));
}
