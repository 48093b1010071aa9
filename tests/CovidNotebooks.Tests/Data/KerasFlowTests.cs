using System.Text.Json;
using CovidNotebooks.Data;
using Tests.Shared;
using Xunit.Abstractions;

namespace Tests.Data;

[Trait("Category", "Golden")]
public class KerasFlowTests(ITestOutputHelper output)
{
    [SkippableFact]
    public void Files_classes_counts_and_subsets_are_those_of_flow_from_directory()
    {
        foreach (var (path, content) in GoldenFiles.OfKind("keras_flow", "keras_flow_from_directory", output))
        {
            using var made = new TemporaryFolder();
            var root = FolderOf(path, content, made.Path);
            foreach (var run in content.GetProperty("runs").EnumerateArray())
            {
                var (dataset, settings) = DatasetOf(root, run);
                Assert.Equal(
                    run.GetProperty("filenames").EnumerateArray().Select(name => name.GetString()),
                    dataset.Images.Select(image => image.Path));
                Assert.Equal(run.GetProperty("classes").Doubles().Select(label => (int)label), dataset.Images.Select(image => image.Label));
                Assert.Equal(run.Int("samples"), dataset.Count);
                foreach (var index in run.GetProperty("class_indices").EnumerateObject())
                {
                    Assert.Equal(index.Name, dataset.ClassNames[index.Value.GetInt32()]);
                }

                var batchSize = settings.Int("batch_size");
                Assert.Equal(run.Int("batches_per_epoch"), (dataset.Count + batchSize - 1) / batchSize);
            }
        }
    }

    [Theory]
    [InlineData("a.png", true)]
    [InlineData("a.PnG", true)]
    [InlineData("a.b.jpeg", true)]
    [InlineData("a.tiff", true)]
    [InlineData("png", false)]
    [InlineData(".png", false)]
    [InlineData("a.png.txt", false)]
    [InlineData("a.gif", false)]
    [InlineData("a.", false)]
    public void Extensions_are_read_as_Python_reads_them(string name, bool expected) =>
        Assert.Equal(expected, KerasFolders.HasImageExtension(name));

    [Theory]
    [InlineData(100, .29, 28)] // .29 * 100 is 28.999999999999996
    [InlineData(349, .2, 69)]
    [InlineData(397, .2, 79)]
    [InlineData(3, .2, 0)]
    public void A_validation_split_cuts_and_does_not_round(int count, double split, int validation)
    {
        Assert.Equal((0, validation), KerasFolders.SubsetRange(count, split, validation: true).GetOffsetAndLength(count));
        Assert.Equal((validation, count - validation), KerasFolders.SubsetRange(count, split, validation: false).GetOffsetAndLength(count));
    }

    /// <summary>Document 2's split: 598 training and 148 validation images.</summary>
    [SkippableFact]
    public void The_validation_split_of_the_real_COVID_CT_has_the_documents_counts_and_the_first_files()
    {
        var root = Repository.RealData is { } folder ? new DataFolder(folder, "a test").Find(Datasets.CovidCt) : null;
        Skip.If(root is null, "COVID-CT is not here.");
        var (training, validation) = ImageDataset.FromFolders(root!, classNames: Datasets.CovidCt.Classes).KerasValidationSplit(0.2);
        Assert.Equal([280, 318], training.CountsByClass);
        Assert.Equal([69, 79], validation.CountsByClass);
        foreach (var (name, label) in Datasets.CovidCt.Classes.Select((name, label) => (name, label)))
        {
            var sorted = Directory.GetFiles(Path.Combine(root!, name)).Select(file => $"{name}/{Path.GetFileName(file)}")
                .Order(StringComparer.Ordinal).ToArray();
            Assert.Equal(
                sorted, validation.Images.Concat(training.Images).Where(image => image.Label == label).Select(image => image.Path));
        }
    }

    [Fact]
    public void Images_in_another_order_are_not_split_as_Keras_would()
    {
        ImageDataset Made(params string[] paths) =>
            new("made", Path.GetTempPath(), ["A", "B"], [.. paths.Select(path => new LabeledImage(path, path[0] - 'A'))]);
        var error = Assert.Throws<DataException>(() => Made("A/10.png", "A/2.png", "B/b.png", "B/a.png").KerasValidationSplit(0.5)).Message;
        Assert.Contains("B/b.png stands before B/a.png", error, StringComparison.Ordinal);
        Assert.Contains("ImageDataset.FromFolders", error, StringComparison.Ordinal);
        Assert.Throws<DataException>(() => Made("A/a.png", "A/B.png").KerasValidationSplit(0.5));

        // Classes may alternate, and a folder's files come before those of the folders below it, whatever the names are.
        Assert.Equal(
            ["A/z.png", "B/1.png"],
            Made("A/z.png", "B/1.png", "A/a/b.png", "B/2.png").KerasValidationSplit(0.5).Validation.Images.Select(image => image.Path));
    }

    [Fact]
    public void Names_are_sorted_by_code_point()
    {
        using var folder = new TemporaryFolder();
        string[] expected = ["%1.png", "10.png", "2.png", "B.png", "a-b.png", "a.png", "b.png", "é.png", "\uFFEE.png", "\U0001F600.png"];
        Directory.CreateDirectory(Path.Combine(folder.Path, "x"));
        foreach (var name in expected)
        {
            File.WriteAllBytes(Path.Combine(folder.Path, "x", name), []);
        }

        Assert.Equal(expected.Select(name => $"x/{name}"), KerasFolders.FilesOfClass(folder.Path, "x"));
    }

    [Fact]
    public void Missing_and_empty_folders_are_explained()
    {
        using var folder = new TemporaryFolder();
        var missing = Path.Combine(folder.Path, "nowhere");
        Assert.Contains(missing, Assert.Throws<DataException>(() => ImageDataset.FromFolders(missing)).Message, StringComparison.Ordinal);
        Assert.Contains(
            "no sub-folders", Assert.Throws<DataException>(() => ImageDataset.FromFolders(folder.Path)).Message, StringComparison.Ordinal);
        Directory.CreateDirectory(Path.Combine(folder.Path, "NORMAL"));
        File.WriteAllText(Path.Combine(folder.Path, "NORMAL", "notes.txt"), "no picture");
        var empty = Assert.Throws<DataException>(() => ImageDataset.FromFolders(folder.Path)).Message;
        Assert.Contains("NORMAL holds no images", empty, StringComparison.Ordinal);
        Assert.Contains("Fill it, or remove", empty, StringComparison.Ordinal);
        Assert.Contains(
            "no folder SICK",
            Assert.Throws<DataException>(() => ImageDataset.FromFolders(folder.Path, classNames: ["SICK"])).Message,
            StringComparison.Ordinal);
    }

    /// <summary>The folder that the file describes: given beside it, or made of empty files.</summary>
    internal static string FolderOf(string path, JsonElement content, string temporary)
    {
        if (content.GetProperty("folder").GetString() is { } given)
        {
            return Path.Combine(Path.GetDirectoryName(path)!, given);
        }

        foreach (var name in content.GetProperty("files_made").EnumerateArray().Select(name => name.GetString()!))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(temporary, name))!);
            File.WriteAllBytes(Path.Combine(temporary, name), []);
        }

        return temporary;
    }

    internal static (ImageDataset Dataset, JsonElement Settings) DatasetOf(string root, JsonElement run)
    {
        var settings = run.GetProperty("settings");
        var dataset = ImageDataset.FromFolders(root, rule: FolderRule.Keras);
        if (settings.GetProperty("validation_split").ValueKind == JsonValueKind.Number)
        {
            var (training, validation) = dataset.KerasValidationSplit(settings.GetProperty("validation_split").GetDouble());
            dataset = settings.GetProperty("subset")
                .GetString() switch
            { "validation" => validation, "training" => training, _ => dataset };
        }

        return (dataset, settings);
    }
}
