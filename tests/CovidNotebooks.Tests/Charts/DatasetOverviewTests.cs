using CovidNotebooks.Charts;
using CovidNotebooks.Data;
using CovidNotebooks.Protocols;

namespace Tests.Charts;

public sealed class DatasetOverviewTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("dataset-overview-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void Counts_sizes_samples_and_augmentation_are_shown_together()
    {
        var overview = DatasetOverview.Of(
            Drawn(),
            new DatasetOverviewOptions
            {
                Loader = new Document5().TrainingLoader(1, 8) with { Width = 24, Height = 24 },
                PerClass = 3,
                AugmentedPerClass = 1,
                Seed = 4,
            });
        var text = overview.ToPlainText();

        Assert.Matches("images +6 +6 +12", text);
        Assert.Matches("width, pixels .* +all 20 +all 20 +all 20", text);
        Assert.Matches("formats +all JPEG", text);
        Assert.Matches(@"train +4 \(50 %\) +4 \(50 %\) +8", text);
        Assert.Equal([3, 3], overview.Samples.Rows.Select(row => row.Pictures.Count));
        Assert.All(
            overview.Samples.Rows.SelectMany(row => row.Pictures),
            picture => Assert.StartsWith("train/", picture.Name, StringComparison.Ordinal));
        Assert.Equal(2, overview.Augmentation!.Rows.Count);
        Assert.Contains("shear ±0.2°", text, StringComparison.Ordinal);
        Assert.Contains(
            "zoom 0.8 to 1.2",
            DatasetOverview.Of(
                Drawn(),
                new DatasetOverviewOptions { Loader = new Document4().TrainingLoader(1) with { Width = 24, Height = 24 } }).ToPlainText(),
            StringComparison.Ordinal);
        Assert.Equal(
            text,
            DatasetOverview.Of(
                Drawn(),
                new DatasetOverviewOptions
                {
                    Loader = new Document5().TrainingLoader(1, 8) with { Width = 24, Height = 24 },
                    PerClass = 3,
                    AugmentedPerClass = 1,
                    Seed = 4,
                }).ToPlainText());
    }

    [Fact]
    public void Pictures_of_patients_are_marked_and_drawn_ones_are_not()
    {
        // The same files under no collection's name might be of anybody.
        var real = DatasetOverview.Of(Drawn().Select(part => new ImageDataset(part.Name, part.Root, part.ClassNames, part.Images)));
        var drawn = DatasetOverview.Of(Drawn());

        Assert.Null(real.Augmentation);
        Assert.Contains("data-covidnotebooks-pictures", real.ToHtml(), StringComparison.Ordinal);
        Assert.Contains("do not commit this page", real.ToHtmlPage(), StringComparison.Ordinal);
        Assert.DoesNotContain("data-covidnotebooks-pictures", drawn.ToHtml(), StringComparison.Ordinal);
        Assert.DoesNotContain("do not commit this page", drawn.ToHtmlPage(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_told_and_not_augmented()
    {
        var sets = Drawn();
        foreach (var image in sets["train"].Images.Where(image => image.Label == 0))
        {
            File.WriteAllText(sets["train"].FullPath(image), "no picture");
        }

        var overview = DatasetOverview.Of(
            sets,
            new DatasetOverviewOptions
            {
                Loader = new Document5().TrainingLoader(1, 8) with { Width = 24, Height = 24 },
                AugmentedPerClass = 2,
            });
        Assert.Equal(4, overview.Card.BadFiles.Count);
        Assert.Equal(2, overview.Augmentation!.Rows.Count);
        Assert.Contains("cannot be read", overview.Samples.ToHtml(), StringComparison.Ordinal);
    }

    [Fact]
    public void Parts_of_different_folders_are_refused()
    {
        var other = Phantoms.Create(
            Path.Combine(folder.FullName, "other"), new PhantomOptions { Size = 20, TrainPerClass = 1, TestPerClass = 1 })["test"];
        var mixed = new DatasetSplit("mixed", [("train", Drawn()["train"]), ("test", other)]);
        Assert.Contains(
            "different folders", Assert.Throws<ArgumentException>(() => DatasetOverview.Of(mixed)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => DatasetOverview.Of(Drawn(), new DatasetOverviewOptions { PerClass = 0 }));
    }

    private DatasetSplit Drawn() => Phantoms.Create(folder.FullName, new PhantomOptions { Size = 20, TrainPerClass = 4, TestPerClass = 2 });
}
