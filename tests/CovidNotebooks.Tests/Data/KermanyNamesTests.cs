using CovidNotebooks.Audit;
using CovidNotebooks.Data;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

namespace Tests.Data;

/// <summary>Names of the pneumonia set's original release: disease, patient, image (data.mendeley.com/datasets/rscbjbr9sj).</summary>
public class KermanyNamesTests
{
    [Theory]
    [InlineData("train/PNEUMONIA/BACTERIA-1008087-0001.jpeg", "BACTERIA-1008087")]
    [InlineData("train/PNEUMONIA/BACTERIA-1008087-0002.jpeg", "BACTERIA-1008087")]
    [InlineData("train/PNEUMONIA/VIRUS-1980593-0001.jpeg", "VIRUS-1980593")]
    [InlineData("train/NORMAL/NORMAL-1049278-0001.jpeg", "NORMAL-1049278")]
    [InlineData("train/NORMAL/NORMAL2-IM-0095-0001.jpeg", "NORMAL2-IM-0095")]
    [InlineData("train/PNEUMONIA/person12_virus_34.jpeg", "person12-virus")]
    [InlineData("train/NORMAL/NORMAL-scan.jpeg", null)]
    public void Its_patients_are_known_beside_those_of_Kaggles_copy(string path, string? patient) =>
        Assert.Equal(patient, Grouping.ChestXrayPatient(path));

    [Theory]
    [InlineData("a/person12_virus_34.jpeg", "person12")]
    [InlineData("IM-0115-0001-0001.jpeg", "IM-0115")]
    [InlineData("val/NORMAL2-IM-0115-0001.jpg", "IM-0115")]
    [InlineData("train/PNEUMONIA/BACTERIA-1008087-0001.jpeg", "1008087")]
    [InlineData("cxnet-011.jpg", null)]
    public void The_number_is_coarser_than_the_patient(string path, string? number) => Assert.Equal(number, Grouping.ChestXrayNumber(path));

    [Theory]
    [InlineData("person12_virus_34.jpeg", "viral pneumonia")]
    [InlineData("person12_bacteria_34.jpeg", "bacterial pneumonia")]
    [InlineData("NORMAL2-IM-0115-0001.jpeg", "normal")]
    [InlineData("VIRUS-1980593-0001.jpeg", "viral pneumonia")]
    [InlineData("BACTERIA-1008087-0001.jpeg", "bacterial pneumonia")]
    [InlineData("NORMAL-1049278-0001.jpeg", "normal")]
    [InlineData("cxnet-011.jpg", null)]
    public void Names_tell_the_finding(string path, string? finding) => Assert.Equal(finding, Grouping.ChestXrayFinding(path));

    [Fact]
    public void Its_numbers_of_images_are_a_release_of_their_own()
    {
        using var folder = new TemporaryFolder();
        using var image = Image.LoadPixelData<L8>(new byte[64], 8, 8);
        foreach (var (split, counts) in Datasets.ChestXrayPneumonia.OtherReleases.Values.Single())
        {
            foreach (var (name, count) in counts)
            {
                var place = Directory.CreateDirectory(Path.Combine(folder.Path, "chest_xray", split, name)).FullName;
                image.SaveAsJpeg(Path.Combine(place, "VIRUS-1-0.jpeg"));
                var bytes = File.ReadAllBytes(Path.Combine(place, "VIRUS-1-0.jpeg"));
                for (var i = 1; i < count; i++)
                {
                    File.WriteAllBytes(Path.Combine(place, $"VIRUS-1-{i}.jpeg"), bytes);
                }
            }
        }

        var check = DatasetCheck.Run(new DataFolder(folder.Path, "a test"), Datasets.ChestXrayPneumonia, decode: false);
        Assert.True(check.Ok, check.ToPlainText());
        Assert.Equal([1349, 3883, 234, 390], check.Counts.Select(count => count.Found));
        Assert.Contains("original release", check.ToPlainText(), StringComparison.Ordinal);

        File.Delete(Path.Combine(folder.Path, "chest_xray", "train", "NORMAL", "VIRUS-1-0.jpeg"));
        Assert.False(DatasetCheck.Run(new DataFolder(folder.Path, "a test"), Datasets.ChestXrayPneumonia, decode: false).Ok);
    }
}
