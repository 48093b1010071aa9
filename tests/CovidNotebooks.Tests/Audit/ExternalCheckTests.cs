using System.Text.Json;
using CovidNotebooks.Audit;
using CovidNotebooks.Data;
using CovidNotebooks.Data.Imaging;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;
using Tests.Data;
using Tests.Shared;

namespace Tests.Audit;

public class ExternalCheckTests
{
    // leakage.json has 25; one of a figure's four parts (gr2_lrg-d) is missed.
    private const int CopiesFound = 24;
    private static readonly string[] Classes = ["Covid", "Normal"];

    [Fact]
    public void Copies_of_known_pictures_are_found_also_trimmed_and_saved_again()
    {
        using var folder = new TemporaryFolder();
        var known = Known(folder);
        var external = Path.Combine(folder.Path, "external");
        Write(Path.Combine(external, "a-same.png"), Picture(1));
        Write(
            Path.Combine(external, "b-trimmed.jpg"),
            ImageResizer.Resize(Picture(2).Crop(20, 0, 180, 170), 333, 301, Interpolation.PilBilinear));
        Write(Path.Combine(external, "c-chosen.png"), ImageResizer.Resize(Picture(3), 90, 120, Interpolation.PilBilinear));
        Write(Path.Combine(external, "d-tested.png"), Picture(4));
        Write(Path.Combine(external, "deeper", "e-new.png"), Picture(50));
        Write(Path.Combine(external, "deeper", "f-again.png"), ImageResizer.Resize(Picture(50), 100, 100, Interpolation.PilBilinear));
        File.WriteAllText(Path.Combine(external, "g-text.png"), "text");
        File.WriteAllText(Path.Combine(external, "notes.txt"), "no picture");

        var check = ExternalCheck.Of(ExternalFolder.Open(external, Classes, 0), known);
        Assert.Equal(
            [
                ExternalStatus.Seen,
                ExternalStatus.Seen,
                ExternalStatus.Seen,
                ExternalStatus.HeldOut,
                ExternalStatus.New,
                ExternalStatus.Repeated,
                ExternalStatus.Unreadable,
            ],
            check.Items.Select(item => item.Status));
        Assert.Equal(
            ["train/Covid/1.png", "train/Covid/2.png", "val/Covid/3.png", "test/Covid/4.png", null, "deeper/e-new.png", null],
            check.Items.Select(item => item.Copy?.Path));
        Assert.StartsWith("Refused: 3 of the folder's 7 pictures are copies", check.Refusal, StringComparison.Ordinal);
        Assert.Contains(
            "a-same.png = train/Covid/1.png [train, Covid]",
            Assert.Throws<DataException>(() => check.RequireExternal()).Message,
            StringComparison.Ordinal);
        Assert.Equal("d-tested.png", Assert.Single(check.Dataset(ExternalStatus.HeldOut).Images).Path);
        Assert.DoesNotContain(folder.Path, check.ToPlainText() + check.ToHtml(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_of_new_pictures_is_accepted_with_its_patients()
    {
        using var folder = new TemporaryFolder();
        var known = Known(folder);
        var external = Path.Combine(folder.Path, "external");
        Write(Path.Combine(external, "1.png"), Picture(60));
        Write(Path.Combine(external, "2.png"), Picture(61));
        File.WriteAllText(Path.Combine(external, ExternalFolder.PatientsFile), "path,group\n1.png,p\n2.png,p\n");
        var check = ExternalCheck.Of(ExternalFolder.Open(external, Classes, 0), known);
        Assert.Null(check.Refusal);
        var images = check.RequireExternal().Images;
        Assert.Equal(
            [("1.png", "p", "external"), ("2.png", "p", "external")], images.Select(image => (image.Path, image.Group, image.Source)));
        Assert.Contains("Nothing speaks against the folder", check.ToPlainText(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_without_anything_new_is_refused_and_one_without_pictures_is_an_error()
    {
        using var folder = new TemporaryFolder();
        var known = Known(folder);
        var external = Path.Combine(folder.Path, "external");
        Assert.Contains(
            "There is no folder",
            Assert.Throws<DataException>(() => ExternalFolder.Open(external, Classes, 0)).Message,
            StringComparison.Ordinal);
        Directory.CreateDirectory(external);
        Assert.Contains(
            "holds no pictures",
            Assert.Throws<DataException>(() => ExternalFolder.Open(external, Classes, 0)).Message,
            StringComparison.Ordinal);
        Write(Path.Combine(external, "tested.png"), Picture(4));
        File.WriteAllBytes(Path.Combine(external, "empty.jpg"), []);
        var check = ExternalCheck.Of(ExternalFolder.Open(external, Classes, 0), known);
        Assert.Equal(
            "Refused: none of the folder's 2 pictures is new (1 are among the test images, 1 cannot be read). Take a collection that "
                + "the model's data does not hold.",
            check.Refusal);
    }

    [SkippableFact]
    public void The_covid_images_of_xray_25_are_found_in_covid_xray()
    {
        Skip.If(Repository.RealData is null, "The image sets are not here.");
        var folder = new DataFolder(Repository.RealData!, "a test");
        Skip.If(folder.Find(Datasets.Xray25) is null || folder.Find(Datasets.CovidXray) is null, "xray-25 or covid-xray is not here.");
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Repository.RealData!, "leakage.json")));
        var truth = document.RootElement.GetProperty("between_datasets").GetProperty("xray_25_covid_in_covid_xray_224").EnumerateArray()
            .ToDictionary(pair => Name(pair, "xray_25"), pair => Name(pair, "covid_xray_224"), StringComparer.Ordinal);

        var check = ExternalCheck.Of(folder.Open(Datasets.Xray25).All, folder.Open(Datasets.CovidXray).Splits);
        var covid = check.Items.Where(item => item.Image.Label == 0).ToArray();
        Assert.Equal(25, covid.Length);
        Assert.All(covid.Where(item => item.Copy is not null), item => Assert.Equal(truth[item.Image.Path], item.Copy!.Path));
        Assert.Equal(CopiesFound, covid.Count(item => item.Copy is not null));

        // Of the "normal" ones the healthy are in both sets; the pneumonia cases (person…) are not in covid-xray.
        Assert.All(
            check.Items.Where(item => item.Image.Label == 1),
            item => Assert.Equal(Path.GetFileName(item.Image.Path).StartsWith("person", StringComparison.Ordinal), item.Copy is null));

        static string Name(JsonElement pair, string set) => string.Join('/', pair.GetProperty(set).GetString()!.Split('/').Skip(1));
    }

    private static DatasetSplit Known(TemporaryFolder folder)
    {
        ImageDataset Part(string name, params int[] numbers)
        {
            foreach (var number in numbers)
            {
                Write(Path.Combine(folder.Path, "known", name, "Covid", $"{number}.png"), Picture(number));
            }

            return new ImageDataset(
                name,
                Path.Combine(folder.Path, "known"),
                Classes,
                [.. numbers.Select(number => new LabeledImage($"{name}/Covid/{number}.png", 0))]);
        }

        return new DatasetSplit(
            "known", [("train", Part("train", 1, 2, 10, 11, 12)), ("val", Part("val", 3, 13)), ("test", Part("test", 4, 14))]);
    }

    /// <summary>Smooth blobs: different for each number, with structure at all places.</summary>
    private static PixelImage Picture(int number) =>
        ImageResizer.Resize(ResizeTests.Noise(9, 9, 1, number), 200, 200, Interpolation.PilBilinear);

    private static void Write(string path, PixelImage picture)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var image = Image.LoadPixelData<L8>(picture.Pixels, picture.Width, picture.Height);
        image.Save(path);
    }
}
