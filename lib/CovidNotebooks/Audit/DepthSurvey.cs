using System.Globalization;
using CovidNotebooks.Data;
using CovidNotebooks.Data.Imaging;

namespace CovidNotebooks.Audit;

/// <summary>How deep one file's samples are, and how much of that they use.</summary>
/// <param name="Path">The file.</param>
/// <param name="ClassName">Its class.</param>
/// <param name="StoredBits">8 for every file of 8 bits or fewer; else 16, or what a DICOM file states.</param>
/// <param name="Highest">The highest value of a file of more than 8 bits; null for the others, and for a DICOM file that has its own
/// window.</param>
/// <param name="Maximum">The highest value that the file could hold, or that it states.</param>
public sealed record FileDepth(string Path, string ClassName, int StoredBits, int? Highest, int Maximum)
{
    /// <summary>True when the values end below a quarter of what the file can hold.</summary>
    public bool EndsEarly => Highest is { } highest && Depth.EndsEarly(highest, Maximum);

    /// <summary>For example <c>8 bits</c>, <c>16 bits</c> or <c>12 of 16 bits</c>.</summary>
    public string Name => Highest is { } highest && Maximum == ushort.MaxValue && Depth.BitsFor(highest) < StoredBits
        ? $"{Depth.BitsFor(highest)} of {StoredBits} bits" : $"{StoredBits} bits";

    /// <summary>The depth of a file.</summary>
    /// <param name="header">What it says of itself.</param>
    /// <param name="deep">Its samples, where it has more than 8 bits.</param>
    /// <param name="path">What it is called.</param>
    /// <param name="className">Its class.</param>
    public static FileDepth Of(ImageHeader header, DeepImage? deep, string path, string className)
    {
        ArgumentNullException.ThrowIfNull(header);
        return deep is null
            ? new FileDepth(path, className, 8, null, byte.MaxValue)
            : new FileDepth(path, className, header.BitDepth, deep.Window is null ? deep.Highest : null, deep.Maximum);
    }
}

/// <summary>
/// What the depths of a set's files mean: 12 bits in files of 16 are nearly black by the full range, and a class that is stored at another
/// depth is known by that alone.
/// </summary>
/// <param name="files">The files that can be read.</param>
public sealed class DepthSurvey(IEnumerable<FileDepth> files)
{
    private const double TellingShare = 0.5;

    /// <summary>The files.</summary>
    public IReadOnlyList<FileDepth> Files { get; } = [.. files];

    /// <summary>Files whose values end below a quarter of their range, by name.</summary>
    public IReadOnlyList<FileDepth> EndingEarly =>
        [.. Files.Where(file => file.EndsEarly).OrderBy(file => file.Path, StringComparer.Ordinal)];

    /// <summary>
    /// A sentence when a depth is much commoner in one class than in another (shares at least .5 apart), so that the depth tells the class;
    /// null otherwise.
    /// </summary>
    public string? ClassFlag
    {
        get
        {
            var classes = Files.GroupBy(file => file.ClassName, StringComparer.Ordinal)
                .OrderBy(group => group.Key, StringComparer.Ordinal).ToArray();
            double Share(IGrouping<string, FileDepth> group, string name) => group.Count(file => file.Name == name) / (double)group.Count();
            var telling = Files.Select(file => file.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
                .Where(name => classes.Max(group => Share(group, name)) - classes.Min(group => Share(group, name)) >= TellingShare)
                .FirstOrDefault();
            return telling is null ? null
                : $"The depth of the files tells the class: {telling} in "
                    + string.Join(", ", classes.Select(group => Text($"{Share(group, telling):P0} of {group.Key}")))
                    + ". Read all classes by one scale (LoaderOptions.Depth), and expect traces of the other detector.";
        }
    }

    /// <summary>What the card and the check say: how many files end early, how they are read, and the first of them by name.</summary>
    /// <param name="named">How many to name.</param>
    public string? EarlySentence(int named)
    {
        var early = EndingEarly;
        var kinds = early.CountBy(file => file.Name).OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => Text($"{pair.Key}: {pair.Value:N0}"));
        return early.Count == 0 ? null
            : Text($"{early.Count:N0} files of 16 bits hold no value above a quarter of their range ({string.Join(", ", kinds)}). ")
                + "They are read by the bits that they use; LoaderOptions.Depth says otherwise. "
                + string.Join(", ", early.Take(named).Select(file => file.Path))
                + (early.Count > named ? Text($" and {early.Count - named:N0} more") : "");
    }

    /// <summary>The depths that a scan of a dataset found. Files that cannot be read are left out: the data card names them.</summary>
    /// <param name="dataset">The images.</param>
    /// <param name="files">The scan of each, at <see cref="ScanDepth.Pictures"/> or more.</param>
    public static DepthSurvey Of(ImageDataset dataset, IReadOnlyList<ScannedFile> files)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(files);
        return new DepthSurvey(dataset.Images.Zip(files)
            .Select(pair => pair.Second.Depth is { } depth
                ? depth with { Path = pair.First.Path, ClassName = dataset.ClassNames[pair.First.Label] }
                : null)
            .OfType<FileDepth>());
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
