using CovidNotebooks.Audit;
using CovidNotebooks.Data;
using Tests.Shared;

namespace Tests.Data;

public class DataFolderTests
{
    [Fact]
    public void The_named_folder_wins_then_the_environment_then_the_project()
    {
        using var project = new TemporaryFolder();
        var inside = Directory.CreateDirectory(Path.Combine(project.Path, "notebooks", "deep")).FullName;
        Assert.Equal(Path.Combine(inside, "data"), DataFolder.Resolve(null, _ => null, inside).Root);
        Directory.CreateDirectory(Path.Combine(project.Path, "data"));
        File.WriteAllText(Path.Combine(project.Path, "data", "datasets.json"), "{}");
        Assert.Equal(Path.Combine(project.Path, "data"), DataFolder.Resolve("", _ => "", inside).Root);
        Assert.Equal(
            Path.Combine(inside, "there"), DataFolder.Resolve(null, name => name == DataFolder.Variable ? "there" : null, inside).Root);
        Assert.Equal(Path.Combine(inside, "here"), DataFolder.Resolve("here", _ => "there", inside).Root);
    }

    [Theory]
    [InlineData("chest-xray-pneumonia-224")]
    [InlineData("chest_xray")]
    [InlineData("chest_xray/chest_xray")]
    [InlineData(".")]
    public void Our_folder_names_and_Kaggles_are_found(string layout)
    {
        using var data = new TemporaryFolder();
        foreach (
            var folder in new[]
            {
                "train/NORMAL",
                "train/PNEUMONIA",
                "test/NORMAL",
                "test/PNEUMONIA",
                "val/NORMAL",
                "val/PNEUMONIA",
                "train/.cache",
            })
        {
            Directory.CreateDirectory(Path.Combine(data.Path, layout, folder));
        }

        File.WriteAllBytes(Path.Combine(data.Path, layout, "train/NORMAL/NORMAL2-IM-0095-0001.jpeg"), []);
        File.WriteAllBytes(Path.Combine(data.Path, layout, "train/PNEUMONIA/person12_virus_34.jpeg"), []);
        File.WriteAllBytes(Path.Combine(data.Path, layout, "test/NORMAL/IM-0001-0001.jpeg"), []);
        File.WriteAllBytes(Path.Combine(data.Path, layout, "test/PNEUMONIA/person12_bacteria_35.jpeg"), []);
        File.WriteAllBytes(Path.Combine(data.Path, layout, "val/NORMAL/IM-0002-0001.jpeg"), []);
        File.WriteAllBytes(Path.Combine(data.Path, layout, "val/PNEUMONIA/person13_bacteria_35.jpeg"), []);
        var opened = new DataFolder(data.Path, "a test").Open(Datasets.ChestXrayPneumonia);
        Assert.Equal(
            ["train/NORMAL/NORMAL2-IM-0095-0001.jpeg", "train/PNEUMONIA/person12_virus_34.jpeg"],
            opened.Train.Images.Select(image => image.Path));
        Assert.Equal(["NORMAL2-IM-0095", "person12-virus"], opened.Train.Images.Select(image => image.Group));
        Assert.Equal(2, opened.Validation!.Count);
        Assert.True(File.Exists(opened.Test.FullPath(opened.Test.Images[1])));
        Assert.True(opened.Splits.Card.IsDisjoint);
    }

    [Fact]
    public void A_missing_dataset_says_what_to_do()
    {
        using var data = new TemporaryFolder();
        var message = Assert.Throws<DataException>(() => new DataFolder(data.Path, "--data").Open(Datasets.ChestXrayPneumonia)).Message;
        Assert.Contains(data.Path, message, StringComparison.Ordinal);
        Assert.Contains("train/NORMAL", message, StringComparison.Ordinal);
        Assert.Contains("Kaggle", message, StringComparison.Ordinal);
        Assert.Contains("--data DIR", message, StringComparison.Ordinal);
        Assert.Contains(
            "chest-xray-pneumonia", Assert.Throws<DataException>(() => Datasets.Get("imagenet")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_catalogue_in_the_library_is_the_file_in_the_data_folder()
    {
        var file = Datasets.Parse(File.ReadAllText(Path.Combine(Repository.Root, "data", "datasets.json")));
        Assert.Equal(file.Select(info => info.Name), Datasets.All.Select(info => info.Name));
        Assert.Equal([5840, 746, 50, 2249, 9608], Datasets.All.Select(info => info.ExpectedCount));
        Assert.All(Datasets.All, info => Assert.Contains(info.Licence, info.ToPlainText(), StringComparison.Ordinal));
        Assert.Throws<DataException>(() => Datasets.Parse("{"));
    }

    [Fact]
    public void A_split_of_which_only_the_total_is_known_is_shown_and_checked_by_it()
    {
        Assert.Equal([7800, 1008, 800], Datasets.CovidXrayDocument4.Splits.Keys.Select(Datasets.CovidXrayDocument4.ExpectedIn));
        Assert.Matches("val +unknown +unknown +1,008", Datasets.CovidXrayDocument4.ToPlainText());
        Assert.Matches("test +500 +300 +800", Datasets.CovidXrayDocument4.ToPlainText());
        using var data = new TemporaryFolder();
        foreach (
            var file in (string[])[
                "train/Covid/a.ppm",
                "train/Covid/b.ppm",
                "train/Normal/c.ppm",
                "val/Covid/d.ppm",
                "val/Normal/e.ppm",
                "test/Covid/f.ppm",
                "test/Normal/g.ppm",
            ])
        {
            var path = Path.Combine(data.Path, "covid-xray-document-4", file);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, [.. "P6\n1 1\n255\n"u8, 1, 2, 3]);
        }

        var counts = new Dictionary<string, int>(StringComparer.Ordinal) { ["Covid"] = 1, ["Normal"] = 1 };
        var none = new Dictionary<string, int>(StringComparer.Ordinal);
        var small = Datasets.CovidXrayDocument4 with
        {
            Splits = new Dictionary<string, IReadOnlyDictionary<string, int>>(StringComparer.Ordinal)
            {
                ["train"] = none,
                ["val"] = none,
                ["test"] = counts,
            },
            Totals = new Dictionary<string, int>(StringComparer.Ordinal) { ["train"] = 4, ["val"] = 2 },
        };
        var check = DatasetCheck.Run(new DataFolder(data.Path, "a test"), small);
        Assert.False(check.Ok);
        Assert.Equal(
            ["train all classes 4 3", "val all classes 2 2", "test Covid 1 1", "test Normal 1 1"],
            check.Counts.Select(count => $"{count.Split} {count.ClassName} {count.Expected} {count.Found}"));
        Assert.Null(new DataFolder(data.Path, "a test").Find(Datasets.CovidXray));
    }

    [Theory]
    [InlineData("CT_COVID/2020.03.22.20040782-p24-1533-5.png", "2020.03.22.20040782")]
    [InlineData("CT_COVID/kjr-21-e24-p5-29.png", "kjr-21-e24")]
    [InlineData("CT_NonCOVID/71%0.jpg", "noncovid-series-71")]
    [InlineData("CT_NonCOVID/2141.png", "noncovid-2141")]
    [InlineData("CT_COVID/PIIS0140673620303603%0.png", "covid-series-PIIS0140673620303603")]
    [InlineData("CT_COVID/PIIS0140673620302117_1.png", "covid-PIIS0140673620302117_1")]
    public void Names_of_COVID_CT_give_the_publication_or_series(string path, string group) =>
        Assert.Equal(group, Grouping.CovidCtSeries(path));

    [SkippableTheory]
    [InlineData("chest-xray-pneumonia", "train:1341,3875 test:234,390", 0)]
    [InlineData("covid-ct", "train:191,234 val:60,58 test:98,105", 3)]
    [InlineData("xray-25", "all:25,25", 0)]
    [InlineData("covid-xray", "train:474,1099 val:102,236 test:102,236", 0)]
    public void The_real_sets_have_their_published_counts(string name, string expected, int sharedGroups)
    {
        Skip.If(Repository.RealData is null, "The image sets are not here.");
        var folder = new DataFolder(Repository.RealData!, "a test");
        Skip.If(folder.Find(Datasets.Get(name)) is null, $"{name} is not here.");
        var opened = folder.Open(Datasets.Get(name));
        Assert.Equal(
            expected, string.Join(" ", opened.Splits.Parts.Select(part => $"{part.Name}:{string.Join(",", part.Dataset.CountsByClass)}")));
        Assert.Empty(opened.Splits.Card.SharedImages);
        Assert.Equal(sharedGroups, opened.Splits.Card.SharedGroups.Count);
        Assert.True(opened.All.GroupCount > 0);
    }
}
