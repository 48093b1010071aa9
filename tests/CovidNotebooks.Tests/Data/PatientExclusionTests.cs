using CovidNotebooks.Data;
using CovidNotebooks.Training;
using Tests.Shared;

namespace Tests.Data;

public class PatientExclusionTests
{
    private static readonly ImageDataset Source = Dataset(
        "source",
        "train/PNEUMONIA/person1_virus_6.jpeg",
        "train/PNEUMONIA/person1_bacteria_2.jpeg",
        "train/PNEUMONIA/person12_bacteria_7.jpeg",
        "train/NORMAL/IM-0115-0001.jpeg",
        "train/NORMAL/NORMAL2-IM-0115-0001.jpeg",
        "train/NORMAL/IM-0117-0001.jpeg",
        "train/NORMAL/IM-0118-0001-0002.jpeg");

    [Theory]
    [InlineData("a/person12_virus_34.jpeg", "person12")]
    [InlineData("IM-0115-0001-0001.jpeg", "IM-0115")]
    [InlineData("val/NORMAL2-IM-0115-0001.jpg", "IM-0115")]
    [InlineData("train/PNEUMONIA/BACTERIA-1008087-0001.jpeg", "1008087")]
    [InlineData("cxnet-011.jpg", null)]
    public void The_number_is_coarser_than_the_patient(string path, string? number) => Assert.Equal(number, Grouping.ChestXrayNumber(path));

    [Fact]
    public void Every_image_whose_number_a_target_has_is_left_out_and_counted_once()
    {
        var exclusion = PatientExclusion.Of(
            Source,
            ("first", Dataset("first", "normal/person1_bacteria_2.jpeg", "covid/lancet-case2a.jpg")),
            ("second", Dataset("second", "Normal/IM-0115-0001.jpg", "Normal/person1_virus_9.jpg", "Normal/IM-0118-0001.jpg")));
        Assert.Equal(
            ["train/PNEUMONIA/person12_bacteria_7.jpeg", "train/NORMAL/IM-0117-0001.jpeg"],
            exclusion.Kept.Images.Select(image => image.Path));
        Assert.Equal([new PatientExclusionReason("first", 2, 1, 2), new PatientExclusionReason("second", 3, 3, 3)], exclusion.Reasons);
        Assert.Contains("2 of 7 images remain", exclusion.ToPlainText(), StringComparison.Ordinal);
        Assert.Contains("no patient", exclusion.ToHtml(), StringComparison.Ordinal);
    }

    [Fact]
    public void Where_nobody_can_say_whose_picture_it_is_nothing_is_trained()
    {
        Assert.Contains(
            "no number of chest_xray",
            Assert.Throws<DataException>(() => PatientExclusion.Of(Dataset("own", "a/me.png"), ("target", Source))).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "No image of source remains",
            Assert.Throws<DataException>(() => PatientExclusion.Of(Source, ("itself", Source))).Message,
            StringComparison.Ordinal);
    }

    [SkippableFact]
    public void On_the_real_sets_the_counts_are_those_of_their_lists()
    {
        Skip.If(Repository.RealData is null, "The image sets are not here.");
        var folder = new DataFolder(Repository.RealData, "the test");
        Skip.If(
            new[] { Datasets.Xray25, Datasets.CovidXray, Datasets.ChestXrayPneumonia }.Any(info => folder.Find(info) is null),
            "Not all three X-ray sets are here.");
        var exclusion = SubstituteTrunk.Images(folder);
        Assert.Equal(
            [(50, 25, 55), (338, 204, 272), (338, 213, 248)],
            exclusion.Reasons.Select(reason => (reason.TargetImages, reason.TargetNumbers, reason.LeftOut)));
        Assert.Equal([813, 3828], exclusion.Kept.CountsByClass);
    }

    private static ImageDataset Dataset(string name, params string[] paths) =>
        new(
            name,
            "/nowhere",
            ["NORMAL", "PNEUMONIA"],
            [.. paths.Select(path => new LabeledImage(path, path.Contains("PNEUMONIA", StringComparison.Ordinal) ? 1 : 0))]);
}
