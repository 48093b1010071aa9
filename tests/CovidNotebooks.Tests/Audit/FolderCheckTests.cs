using CovidNotebooks.Audit;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats.Png;
using SixLabors.ImageSharp.PixelFormats;
using Tests.Data;

namespace Tests.Audit;

/// <summary>Folders of somebody's own pictures, as they come from a colleague's disk.</summary>
public sealed class FolderCheckTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Hidden_files_and_what_is_no_picture_are_left_out_by_name()
    {
        Picture("cat/1.png", 1);
        Picture("dog/2.png", 2);
        Text("cat/._1.png");
        Text("__MACOSX/cat/1.png");
        Text("notes.txt");
        var check = FolderCheck.Run(folder.Path);
        Assert.True(check.Ok, check.ToPlainText());
        Assert.Empty(check.Duplicates);
        Assert.Contains("cat/._1.png", check.ToPlainText(), StringComparison.Ordinal);
        Assert.Contains("notes.txt", check.ToPlainText(), StringComparison.Ordinal);
        Text("dog/3.png");
        check = FolderCheck.Run(folder.Path);
        Assert.Equal("dog/3.png", Assert.Single(check.Broken).Path);
        Assert.Contains("1 picture cannot be read.", check.ToPlainText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Depths_are_named_where_they_are_more_than_8_bits()
    {
        Deep("cat/1.png", 4095);
        Deep("cat/2.png", 65535);
        Picture("dog/3.png", 3);
        var text = FolderCheck.Run(folder.Path).ToPlainText();
        Assert.Matches("depth: 12 of 16 bits in 1 file, whose values end below a quarter of the range.*: cat/1.png", text);
        Assert.Contains("depth: 16 bits in 1 file: cat/2.png", text, StringComparison.Ordinal);
        Assert.Contains("The depth of the files tells the class", text, StringComparison.Ordinal);
        Assert.DoesNotContain("depth:", FolderCheck.Run(folder.Path, decode: false).ToPlainText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Equal_files_in_two_parts_are_told_from_those_inside_one()
    {
        Picture("train/cat/1.png", 1);
        Picture("train/cat/5.png", 5);
        Picture("train/cat/6.png", 5);
        Picture("train/dog/2.png", 2);
        Picture("test/cat/3.png", 1);
        Picture("test/dog/4.png", 4);
        var check = FolderCheck.Run(folder.Path);
        Assert.True(check.Ok);
        Assert.Equal(["train/cat/1.png", "test/cat/3.png"], Assert.Single(check.Crossing));
        Assert.Equal(2, check.Duplicates.Count);
        var text = check.ToPlainText();
        Assert.Contains("equal files in two parts or classes: train/cat/1.png = test/cat/3.png", text, StringComparison.Ordinal);
        Assert.Contains("- equal files: train/cat/5.png = train/cat/6.png", text, StringComparison.Ordinal);
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
        image.SaveAsPng(At(path), new PngEncoder { BitDepth = PngBitDepth.Bit16, ColorType = PngColorType.Grayscale });
    }
}
