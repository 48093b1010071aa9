using CovidNotebooks.Data;
using CovidNotebooks.Data.Imaging;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats.Jpeg;
using SixLabors.ImageSharp.Formats.Png;
using SixLabors.ImageSharp.PixelFormats;

namespace CovidNotebooks.Audit;

/// <summary>A kind of defect that can be planted in a split.</summary>
public enum PlantedKind
{
    /// <summary>Test pictures are in the training part too, saved again as JPEG.</summary>
    Leak,

    /// <summary>Labels are the other class's, in every part.</summary>
    FlippedLabels,

    /// <summary>Pictures of the second class have a small bright square in a corner, as a lead marker or a burnt-in letter.</summary>
    Marker,

    /// <summary>Pictures of the second class are stored with 16 bits a pixel.</summary>
    SixteenBitClass,

    /// <summary>Negatives of test pictures are in the training part.</summary>
    Negative,

    /// <summary>Another picture of a test picture's patient, a cut of it, is in the training part, under the same group.</summary>
    PatientOnBothSides,
}

/// <summary>A split with a defect in it.</summary>
/// <param name="Split">The parts, as an audit or a training gets them.</param>
/// <param name="Planted">The ids of the images that carry the defect.</param>
public sealed record PlantedSplit(DatasetSplit Split, IReadOnlyList<string> Planted);

/// <summary>
/// A defect of known kind and dose, to be planted in a split whose truth is known: what does it do to the test accuracy, and does the audit
/// find it?
/// </summary>
/// <param name="Kind">The kind of defect.</param>
/// <param name="Share">The dose: which share of the images that can carry it do, above 0 and at most 1.</param>
/// <param name="Seed">Of the choice of the images: the same seed plants the same defect.</param>
public sealed record Planted(PlantedKind Kind, double Share, long Seed = 0)
{
    private const long Purpose = 0x504C414E54; // "PLANT"

    /// <summary>A share of the test pictures is in the training part too, saved again as JPEG of quality 90.</summary>
    public static Planted Leak(double share, long seed = 0) => new(PlantedKind.Leak, share, seed);

    /// <summary>A share of all labels is the other class's. Two classes.</summary>
    public static Planted FlippedLabels(double share, long seed = 0) => new(PlantedKind.FlippedLabels, share, seed);

    /// <summary>
    /// A share of the pictures of the second class has a bright square of an eighth of the shorter side in the upper left corner.
    /// </summary>
    public static Planted Marker(double share, long seed = 0) => new(PlantedKind.Marker, share, seed);

    /// <summary>
    /// A share of the pictures of the second class is stored as grey PNG of 16 bits, the same grey levels in its upper bytes.
    /// </summary>
    public static Planted SixteenBitClass(double share, long seed = 0) => new(PlantedKind.SixteenBitClass, share, seed);

    /// <summary>The negatives of a share of the test pictures are in the training part.</summary>
    public static Planted Negative(double share, long seed = 0) => new(PlantedKind.Negative, share, seed);

    /// <summary>A cut of a share of the test pictures is in the training part, under the same group.</summary>
    public static Planted PatientOnBothSides(double share, long seed = 0) => new(PlantedKind.PatientOnBothSides, share, seed);

    /// <summary>Plants every kind in several doses, and shows what each does to the test accuracy and whether the audit finds it.</summary>
    /// <inheritdoc cref="PlantedReport.Of"/>
    public static PlantedReport Report(
        DatasetSplit split,
        string folder,
        IReadOnlyList<double>? shares = null,
        long seed = 0) => PlantedReport.Of(split, folder, shares, seed);

    /// <summary>Plants the defect. The split's own files stay as they are; changed pictures are written to a folder.</summary>
    /// <param name="split">With parts train and test of two classes. Every image of it that the defect needs must be readable.</param>
    /// <param name="folder">
    /// Where changed pictures go; it is made, and must not exist. Pictures of patients stay pictures of patients: keep it out of what is
    /// published.
    /// </param>
    /// <exception cref="DataException">A part is missing, there are not two classes, or the folder is there.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The share is not above 0 and at most 1.</exception>
    public PlantedSplit In(DatasetSplit split, string folder)
    {
        ArgumentNullException.ThrowIfNull(split);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        if (!(Share is > 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(Share), Share, "The share of images that carry a defect must be above 0 and at most 1.");
        }

        var (train, test) = (split["train"], split["test"]);
        if (train.ClassNames.Count != 2 || Path.Exists(folder))
        {
            throw new DataException(Path.Exists(folder)
                ? $"{folder} is there already. Expected a name that is free: a defect is planted in a folder of its own."
                : $"{train.Name} has {train.ClassNames.Count} classes. A defect is planted between two: join or leave out classes first.");
        }

        var root = split.Parts.Select(part => part.Dataset.Root).Append(Path.GetFullPath(folder)).Aggregate(ImageDataset.CommonFolder);
        var parts = split.Parts.Select(part => (
            part.Name,
            Images: part.Dataset.Images.Select(image => image with { Path = Relative(root, part.Dataset.FullPath(image)) })
                .ToList())).ToList();
        var planted = new List<string>();
        var random = new RandomStream(Seed, Purpose, (long)Kind);
        if (Kind is PlantedKind.Leak or PlantedKind.Negative or PlantedKind.PatientOnBothSides)
        {
            var training = parts.First(part => part.Name == "train").Images;
            foreach (var image in Chosen(parts.First(part => part.Name == "test").Images, ref random))
            {
                var group = Kind == PlantedKind.PatientOnBothSides ? image.Group ?? $"planted/{image.Path}" : $"planted/{planted.Count}";
                var copy = image with
                {
                    Path = Relative(root, Written(folder, Path.Combine(root, image.Path), planted.Count)),
                    Group = group,
                };
                training.Add(copy);
                planted.Add(copy.Path);
                if (image.Group is null && Kind == PlantedKind.PatientOnBothSides)
                {
                    var tested = parts.First(part => part.Name == "test").Images;
                    tested[tested.IndexOf(image)] = image with { Group = group };
                }
            }
        }
        else
        {
            foreach (var (_, images) in parts)
            {
                var able = Kind == PlantedKind.FlippedLabels ? images : images.Where(image => image.Label == 1).ToList();
                foreach (var image in Chosen(able, ref random))
                {
                    var changed = Kind == PlantedKind.FlippedLabels
                        ? image with { Label = 1 - image.Label }
                        : image with { Path = Relative(root, Written(folder, Path.Combine(root, image.Path), planted.Count)) };
                    images[images.IndexOf(image)] = changed;
                    planted.Add(changed.Path);
                }
            }
        }

        return new PlantedSplit(
            new DatasetSplit(
                $"planted: {this}",
                [.. parts.Select(part => (part.Name, new ImageDataset(part.Name, root, train.ClassNames, part.Images)))]),
            planted);
    }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Kind} {Share:0.###}");

    private static string Relative(string root, string file) => Path.GetRelativePath(root, file).Replace(Path.DirectorySeparatorChar, '/');

    private List<LabeledImage> Chosen(List<LabeledImage> images, ref RandomStream random)
    {
        var count = Math.Min(images.Count, Math.Max(1, (int)Math.Round(Share * images.Count, MidpointRounding.AwayFromZero)));
        return [.. random.Permutation(images.Count).Take(count).Order().Select(index => images[index])];
    }

    /// <summary>Writes the changed picture; its file.</summary>
    private string Written(string folder, string file, int number)
    {
        var picture = new ImageFileReader().Read(file).ToGrayscale();
        if (Kind == PlantedKind.PatientOnBothSides)
        {
            // A tenth of the left and of the top is cut off: another view, too different for whole thumbnails to match.
            var (left, top) = (picture.Width / 10, picture.Height / 10);
            picture = picture.Crop(top, left, picture.Height - top, picture.Width - left);
        }

        var pixels = (byte[])picture.Pixels.Clone();
        for (var i = 0; i < pixels.Length; i++)
        {
            var marker = Kind == PlantedKind.Marker
                && IsMarked(i % picture.Width, i / picture.Width, Math.Min(picture.Width, picture.Height));
            pixels[i] = marker ? (byte)255 : Kind == PlantedKind.Negative ? (byte)(255 - pixels[i]) : pixels[i];
        }

        Directory.CreateDirectory(folder);
        var asJpeg = Kind is PlantedKind.Leak or PlantedKind.PatientOnBothSides
            || (Kind == PlantedKind.Marker && !file.EndsWith(".png", StringComparison.OrdinalIgnoreCase));
        var target = Path.Combine(folder, FormattableString.Invariant($"planted-{number:D5}.{(asJpeg ? "jpg" : "png")}"));
        using var image = Image.LoadPixelData<L8>(pixels, picture.Width, picture.Height);
        if (asJpeg)
        {
            image.SaveAsJpeg(target, new JpegEncoder { Quality = 90 });
        }
        else
        {
            image.SaveAsPng(
                target,
                new PngEncoder
                {
                    ColorType = PngColorType.Grayscale,
                    BitDepth = Kind == PlantedKind.SixteenBitClass ? PngBitDepth.Bit16 : PngBitDepth.Bit8,
                });
        }

        return target;
    }

    /// <summary>An eighth of the shorter side, a sixteenth away from the corner.</summary>
    private static bool IsMarked(int column, int row, int side) =>
        column >= side / 16 && column < side * 3 / 16 && row >= side / 16 && row < side * 3 / 16;
}
