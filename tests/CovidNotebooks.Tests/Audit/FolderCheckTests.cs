using CovidNotebooks.Audit;
using CovidNotebooks.Data;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;
using Tests.Data;

namespace Tests.Audit;

/// <summary>Folders of somebody's own pictures, as they come from a colleague's disk.</summary>
public sealed class FolderCheckTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("", "all")]
    [InlineData("train/", "train")]
    [InlineData("Validation/", "Validation")]
    public void Class_folders_and_parts_are_both_a_layout(string prefix, string part)
    {
        Picture(prefix + "cat/1.png", 1);
        Picture(prefix + "cat/deeper/2.png", 2);
        Picture(prefix + "dog/3.jpg", 3);
        var check = FolderCheck.Run(folder.Path);
        Assert.Equal([(part, "cat", 2), (part, "dog", 1)], check.Layout.Classes.Select(item => (item.Part, item.ClassName, item.Pictures.Count)));
        Assert.True(check.Ok, check.ToPlainText());
        Assert.Empty(check.Duplicates);
    }

    [Fact]
    public void Hidden_files_and_what_is_no_picture_are_left_out_by_name()
    {
        Picture("cat/1.png", 1);
        Picture("dog/2.png", 2);
        Text("cat/._1.png");
        Text("dog/Thumbs.db");
        Text("__MACOSX/cat/1.png");
        Text(".git/3.png");
        Text("notes.txt");
        Picture("loose.png", 5);
        var check = FolderCheck.Run(folder.Path);
        Assert.Equal([".git/", "__MACOSX/", "cat/._1.png", "dog/Thumbs.db"], check.Layout.Hidden);
        Assert.Equal(["loose.png", "notes.txt"], check.Layout.Others);
        Assert.True(check.Ok);
        Assert.Contains("hidden, left out: cat/._1.png", check.ToPlainText(), StringComparison.Ordinal);
        Assert.Contains("no picture by its name or place, left out: loose.png", check.ToPlainText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Depths_are_named_where_they_are_more_than_8_bits()
    {
        Deep("cat/1.png", 4095);
        Deep("cat/2.png", 65535);
        Picture("dog/3.png", 3);
        var text = FolderCheck.Run(folder.Path).ToPlainText();
        Assert.Contains("depth: 12 of 16 bits in 1 file, whose values end below a quarter of the range: dark where they are read by the full range: cat/1.png", text, StringComparison.Ordinal);
        Assert.Contains("depth: 16 bits in 1 file: cat/2.png", text, StringComparison.Ordinal);
        Assert.Contains("The depth of the files tells the class", text, StringComparison.Ordinal);
        Assert.DoesNotContain("depth:", FolderCheck.Run(folder.Path, decode: false).ToPlainText(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_class_that_a_part_lacks_a_class_without_pictures_and_equal_files_in_two_parts_are_told()
    {
        Picture("train/cat/1.png", 1);
        Picture("train/dog/2.png", 2);
        Picture("test/cat/3.png", 1);
        Picture("test/Dog/4.png", 4);
        Directory.CreateDirectory(Path.Combine(folder.Path, "test", "bird"));
        var check = FolderCheck.Run(folder.Path);
        Assert.False(check.Ok);
        Assert.Equal(["train", "train", "test", "test", "test"], check.Layout.Classes.Select(item => item.Part));
        Assert.Equal(["train/cat/1.png", "test/cat/3.png"], Assert.Single(check.Crossing));
        var text = check.ToPlainText();
        Assert.Contains("The class folder test/bird holds no picture", text, StringComparison.Ordinal);
        Assert.Contains("test lacks the class dog", text, StringComparison.Ordinal);
        Assert.Contains("train lacks the classes ", text, StringComparison.Ordinal);
        Assert.Contains("equal files in two parts or classes: train/cat/1.png = test/cat/3.png", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_without_class_folders_says_what_was_found_and_what_is_expected()
    {
        Picture("1.png", 1);
        Assert.Contains("found 1 other file, for example 1.png", Assert.Throws<DataException>(() => FolderCheck.Run(folder.Path)).Message, StringComparison.Ordinal);
        Assert.Contains("There is no folder", Assert.Throws<DataException>(() => FolderCheck.Run(Path.Combine(folder.Path, "none"))).Message, StringComparison.Ordinal);
    }

    private string At(string path)
    {
        var full = Path.Combine(folder.Path, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        return full;
    }

    private void Text(string path) => File.WriteAllText(At(path), "text");

    private void Picture(string path, byte level)
    {
        using var image = Image.LoadPixelData<L8>([.. Enumerable.Range(0, 64).Select(i => (byte)(level * i))], 8, 8);
        image.Save(At(path));
    }

    private void Deep(string path, int highest)
    {
        using var image = Image.LoadPixelData<L16>([.. Enumerable.Range(0, 64).Select(i => new L16((ushort)(i * highest / 63)))], 8, 8);
        image.SaveAsPng(At(path), new SixLabors.ImageSharp.Formats.Png.PngEncoder { BitDepth = SixLabors.ImageSharp.Formats.Png.PngBitDepth.Bit16, ColorType = SixLabors.ImageSharp.Formats.Png.PngColorType.Grayscale });
    }
}
