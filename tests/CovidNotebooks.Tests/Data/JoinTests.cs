using CovidNotebooks.Data;

namespace Tests.Data;

public class JoinTests
{
    private static readonly string Top = Path.Combine(Path.GetFullPath(Path.GetPathRoot(Environment.CurrentDirectory)!), "sets");

    [Fact]
    public void Joined_sets_have_paths_from_their_common_folder_and_the_same_files()
    {
        var one = new ImageDataset(
            "one", Path.Combine(Top, "xray-25"), ["covid", "normal"], [new("covid/a.png", 0, "p1", "s1"), new("normal/b.png", 1)]);
        var other = new ImageDataset("other", Path.Combine(Top, "xray-224", "deep"), ["covid", "normal"], [new("test/c.png", 1)]);
        var joined = ImageDataset.Join("both", one, other);
        Assert.Equal(Top, joined.Root);
        Assert.Equal(
            ["xray-25/covid/a.png", "xray-25/normal/b.png", "xray-224/deep/test/c.png"], joined.Images.Select(image => image.Path));
        Assert.Equal([.. one.Images.Select(one.FullPath), .. other.Images.Select(other.FullPath)], joined.Images.Select(joined.FullPath));
        Assert.Equal(("p1", "s1"), (joined.Images[0].Group, joined.Images[0].Source));
        Assert.Equal(one.Root, ImageDataset.Join("alone", one).Root);
    }

    [Fact]
    public void Other_classes_and_an_image_twice_are_refused()
    {
        var one = new ImageDataset("one", Top, ["covid", "normal"], [new("a.png", 0)]);
        Assert.Contains(
            "is in 2 of the datasets",
            Assert.Throws<ArgumentException>(() => ImageDataset.Join("twice", one, one)).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "normal, covid",
            Assert.Throws<ArgumentException>(() => ImageDataset.Join("mixed", one, one.WithClassOrder("normal", "covid"))).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => ImageDataset.Join("none"));
    }
}
