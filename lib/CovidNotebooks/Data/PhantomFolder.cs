using System.Globalization;
using CovidNotebooks.Data.Imaging;
using CovidNotebooks.Data.Synthetic;

namespace CovidNotebooks.Data;

/// <summary>
/// A folder of drawn chest X-rays that is laid out as one's own pictures often are: a folder a class, file names that begin with the
/// patient. It stands in where somebody has no pictures yet, and means nothing for medicine.
/// </summary>
public static class PhantomFolder
{
    /// <summary>The pattern of its file names whose parenthesis is the patient.</summary>
    public const string Groups = @"^(p\d+)-";

    private const int DrawingVersion = 1; // Part of the folder's name: a changed drawing never mixes with kept files.
    private const int PicturesPerPatient = 2;
    private const long Purpose = 0x50484F; // "PHO"
    private const long NewPurpose = 0x50484E; // "PHN": new pictures are of nobody of the others.
    private static readonly string[] Names = ["clear", "patchy", "fluid"];

    /// <summary>Draws the folder, or takes the one of the same numbers that is there, and opens it.</summary>
    /// <param name="folder">Where phantoms are kept.</param>
    /// <param name="classes">2 (clear, patchy) or 3 (and fluid at the base of a lung).</param>
    /// <param name="perClass">Pictures of each class, two a patient.</param>
    /// <param name="seed">The same seed draws the same pictures.</param>
    /// <param name="size">Width and height, 16 to 2048.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not 2 or 3 classes, no pictures, or another size.</exception>
    public static OpenedFolder Open(string folder, int classes = 3, int perClass = 60, long seed = 1, int size = 150)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(classes, Names.Length);
        new PhantomOptions { Size = size, TrainPerClass = perClass, Seed = seed }.Validate();
        var name = string.Create(CultureInfo.InvariantCulture, $"own-{classes}x{perClass}-{size}-seed{seed}-v{DrawingVersion}");
        var files = Enumerable.Range(0, classes).SelectMany(label => Enumerable.Range(0, perClass).Select(i =>
        {
            var patient = (label * ((perClass + PicturesPerPatient - 1) / PicturesPerPatient)) + (i / PicturesPerPatient);
            return (string.Create(CultureInfo.InvariantCulture, $"{Names[label]}/p{patient:000}-{(i % PicturesPerPatient) + 1}.jpeg"),
                label, i);
        }));
        return OpenedFolder.Read(Drawn(folder, name, files, Purpose, seed, size), Groups, ImageDataset.PhantomCollection);
    }

    /// <summary>A folder of further phantoms without labels, to predict: the classes take turns.</summary>
    /// <param name="folder">Where phantoms are kept.</param>
    /// <param name="classes">2 or 3.</param>
    /// <param name="count">Pictures.</param>
    /// <param name="seed">The same seed draws the same pictures.</param>
    /// <param name="size">Width and height, 16 to 2048.</param>
    /// <returns>The folder's path, from where <paramref name="folder"/> starts.</returns>
    public static string NewPictures(string folder, int classes = 3, int count = 6, long seed = 1, int size = 150)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"new-{classes}x{count}-{size}-seed{seed}-v{DrawingVersion}");
        var files = Enumerable.Range(0, count).Select(i => (string.Create(CultureInfo.InvariantCulture, $"new-{i + 1:00}.jpeg"),
            i % classes, i));
        _ = Drawn(folder, name, files, NewPurpose, seed, size);
        return Path.Combine(folder, name);
    }

    private static string Drawn(string folder, string name, IEnumerable<(string Path, int Label, int Index)> files, long purpose,
        long seed, int size)
    {
        var root = Path.GetFullPath(Path.Combine(folder, name));
        DrawnFolder.Make(root, unfinished => Parallel.ForEach(files, file =>
        {
            var random = new RandomStream(seed, purpose, file.Label, file.Index);
            var pixels = new ChestXrayPhantom(ref random, ill: file.Label == 1, fluid: file.Label == 2).Draw(ref random, size, size);
            var path = Path.Combine(unfinished, file.Path);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using var stream = File.Create(path);
            ImageFileWriter.WriteJpeg(new PixelImage(size, size, 1, pixels), stream);
        }));
        return root;
    }
}
