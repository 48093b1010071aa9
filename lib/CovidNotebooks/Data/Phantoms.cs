using System.Globalization;
using CovidNotebooks.Data.Imaging;
using CovidNotebooks.Data.Synthetic;

namespace CovidNotebooks.Data;

/// <summary>
/// Synthetic chest X-rays and lung CT slices: drawn, seeded, of nobody. The ill have hazy opacities in the lungs, some hardly visible;
/// everything else varies in the same way for both classes. They let everything run with nothing downloaded, and mean nothing for medicine.
/// </summary>
public static class Phantoms
{
    private const int DrawingVersion = 1; // Part of the folder's name: a changed drawing never mixes with kept files.
    private const long Purpose = 0x504854; // "PHT"

    /// <summary>Draws one picture.</summary>
    /// <param name="options">Kind, size and seed.</param>
    /// <param name="ill">With opacities or without.</param>
    /// <param name="index">The number of the picture; each has its own stream of draws.</param>
    /// <returns>One grey channel, options.Size wide and high.</returns>
    public static PixelImage Draw(PhantomOptions options, bool ill, int index)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        var random = new RandomStream(options.Seed, Purpose, (long)options.Kind, ill ? 1 : 0, index);
        var pixels = options.Kind == PhantomKind.ChestXray
            ? new ChestXrayPhantom(ref random, ill).Draw(ref random, options.Size, options.Size)
            : new CtPhantom(ref random, ill).Draw(ref random, options.Size, options.Size);
        return new PixelImage(options.Size, options.Size, 1, pixels);
    }

    /// <summary>
    /// Writes a whole set as files, train and test with one folder a class; a set that is there already is taken as it is.
    /// </summary>
    /// <param name="folder">Where sets are kept; each set has its own folder inside, named after its options.</param>
    /// <param name="options">Which pictures.</param>
    /// <returns>The parts train and test.</returns>
    public static DatasetSplit Create(string folder, PhantomOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        var kind = options.Kind == PhantomKind.ChestXray ? "xray" : "ct";
        var numbers = string.Create(
            CultureInfo.InvariantCulture,
            $"{options.Size}-{options.TrainPerClass}-{options.TestPerClass}-seed{options.Seed}");
        var name = $"phantoms-{kind}-{numbers}-{(options.Jpeg ? "jpeg" : "png")}-v{DrawingVersion}";
        var root = Path.GetFullPath(Path.Combine(folder, name));
        DrawnFolder.Make(root, unfinished => Write(unfinished, options));
        return Open(root, options);
    }

    private static void Write(string unfinished, PhantomOptions options)
    {
        var files = new List<(string Path, bool Ill, int Index)>();
        var parts = new[]
        {
            ("train", 0, options.TrainPerClass),
            ("test", options.TrainPerClass, options.TestPerClass),
        };
        foreach (var (part, first, count) in parts)
        {
            for (var label = 0; label < 2; label++)
            {
                var classFolder = Directory.CreateDirectory(Path.Combine(unfinished, part, options.ClassNames[label])).FullName;
                files.AddRange(Enumerable.Range(first, count).Select(index => (
                    Path.Combine(
                        classFolder,
                        string.Create(CultureInfo.InvariantCulture, $"phantom-{index:D5}.{(options.Jpeg ? "jpeg" : "png")}")),
                    label == options.IllClass,
                    index)));
            }
        }

        Parallel.ForEach(files, file => Save(Draw(options, file.Ill, file.Index), file.Path, options.Jpeg));
    }

    private static void Save(PixelImage picture, string path, bool jpeg)
    {
        using var stream = File.Create(path);
        if (jpeg)
        {
            ImageFileWriter.WriteJpeg(picture, stream);
        }
        else
        {
            ImageFileWriter.WritePng(picture, stream);
        }
    }

    private static DatasetSplit Open(string root, PhantomOptions options)
    {
        ImageDataset Part(string part)
        {
            var dataset = ImageDataset.FromFolders(Path.Combine(root, part), classNames: options.ClassNames);
            var images = dataset.Images.GroupBy(image => image.Label).SelectMany(own => own.Select((image, i) => image with
            {
                Path = $"{part}/{image.Path}",
                Group = options.PicturesPerGroup == 1
                    ? $"{part}/{image.Path}"
                    : string.Create(
                        CultureInfo.InvariantCulture, $"{part}/{options.ClassNames[image.Label]}/{i / options.PicturesPerGroup}"),
                Source = "phantoms",
            }));
            return new ImageDataset($"phantoms {part}", root, options.ClassNames, [.. images])
            {
                Collection = ImageDataset.PhantomCollection,
            };
        }

        return new DatasetSplit("Synthetic pictures (phantoms)", [("train", Part("train")), ("test", Part("test"))])
        {
            Rule = new ShippedSplit(),
        };
    }
}
