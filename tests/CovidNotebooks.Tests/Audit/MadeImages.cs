using CovidNotebooks.Data;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

namespace Tests.Audit;

/// <summary>Small grey PNG files of given size and brightness, with a little noise.</summary>
internal sealed class MadeImages : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("probe-images-").FullName;
    private readonly Random random = new(11);

    /// <summary>A dataset of <paramref name="count"/> images a class.</summary>
    public ImageDataset Make(string name, int count, Func<int, int> width, Func<int, int> gray, params string[] classes) =>
        new(
            name,
            root,
            classes,
            [
                .. Enumerable.Range(0, classes.Length)
                .SelectMany(
                    label =>
                        Enumerable.Range(0, count)
                            .Select(i => Write($"{name}/{classes[label]}-{i}.png", label, width(label), gray(label)))),
            ]);

    public void Damage(LabeledImage image) => File.WriteAllText(Path.Combine(root, image.Path), "text");

    public void Dispose() => Directory.Delete(root, recursive: true);

    private LabeledImage Write(string path, int label, int width, int gray)
    {
        var file = Path.Combine(root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var pixels = new byte[width * 16];
        for (var i = 0; i < pixels.Length; i++)
        {
            pixels[i] = (byte)(gray + random.Next(-20, 21));
        }

        using var image = Image.LoadPixelData<L8>(pixels, width, 16);
        image.SaveAsPng(file);
        return new LabeledImage(path, label, Group: path);
    }
}
