using CovidNotebooks.Data;

namespace Tests.Data;

public sealed class ImageSourceTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("image-source-test-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void Where_a_set_is_missing_phantoms_stand_in_for_all_and_say_so()
    {
        Directory.CreateDirectory(Path.Combine(folder.FullName, "xray-25", "covid"));
        Directory.CreateDirectory(Path.Combine(folder.FullName, "xray-25", "normal"));
        var drawn = new PhantomOptions { Size = 16, TrainPerClass = 10, TestPerClass = 2, PicturesPerGroup = 2 };

        var source = ImageSource.Find(
            folder.FullName, Path.Combine(folder.FullName, "phantoms"), drawn, Datasets.Xray25, Datasets.ChestXrayPneumonia);
        var sets = source.Open(Datasets.Xray25);

        Assert.True(source.ArePhantoms);
        Assert.StartsWith("PHANTOMS", source.Notice(sets).Text, StringComparison.Ordinal);
        Assert.Equal(["all"], sets.Parts.Select(part => part.Name));
        Assert.Equal(["covid", "normal"], sets["all"].ClassNames);
        Assert.All(sets["all"].Images, image => Assert.Equal(image.Label == 0, image.Path.Contains("PNEUMONIA", StringComparison.Ordinal)));
        Assert.Equal(10, sets["all"].GroupCount);
        Assert.True(sets["all"].PicturesMayBePublished);
        Assert.Equal(["train", "test"], source.Open(Datasets.ChestXrayPneumonia).Parts.Select(part => part.Name));
        Assert.Equal(["train", "val", "test"], source.Open(Datasets.CovidXray).Parts.Select(part => part.Name));
    }
}
