using System.Globalization;
using CovidNotebooks.Data;
using CovidNotebooks.Data.Imaging;

namespace CovidNotebooks.Audit;

/// <summary>How deep one file's samples are, and how much of that they use.</summary>
/// <param name="Path">The file.</param>
/// <param name="ClassName">Its class.</param>
/// <param name="StoredBits">8 for every file of 8 bits or fewer; else 16, or what a DICOM file states.</param>
/// <param name="Highest">The highest value of a file of more than 8 bits, or of signed values their <see cref="DeepImage.Reach"/>; null for
/// the others, and for a DICOM file that has its own window.</param>
/// <param name="Maximum">The most that <paramref name="Highest"/> could be, by the file's depth or by what it states.</param>
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
            : new FileDepth(path, className, header.BitDepth, deep.Window is null ? deep.Reach : null,
                deep.Maximum - deep.Minimum);
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
    private const double RareByChance = 0.001;

    /// <summary>The files.</summary>
    public IReadOnlyList<FileDepth> Files { get; } = [.. files];

    /// <summary>Files whose values end below a quarter of their range, by name.</summary>
    public IReadOnlyList<FileDepth> EndingEarly =>
        [.. Files.Where(file => file.EndsEarly).OrderBy(file => file.Path, StringComparer.Ordinal)];

    /// <summary>
    /// A sentence when a depth is much commoner in one class than in another (shares at least .5 apart), so that the depth tells the class,
    /// or when all files of a depth are of one class and that is rarer by chance than one in a thousand; null otherwise.
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
            return telling is null ? OneSided(classes)
                : $"The depth of the files tells the class: {telling} in "
                    + string.Join(", ", classes.Select(group => Text($"{Share(group, telling):P0} of {group.Key}")))
                    + ". Read all classes by one scale (LoaderOptions.Depth), and expect traces of the other detector.";
        }
    }

    private string? OneSided(IGrouping<string, FileDepth>[] classes)
    {
        foreach (var depth in Files.GroupBy(file => file.Name, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var own = Array.Find(classes, group => group.Key == depth.First().ClassName)!;
            var (count, inClass) = (depth.Count(), own.Count());
            if (count == Files.Count || depth.Any(file => file.ClassName != own.Key))
            {
                continue;
            }

            // Drawn without looking, one after another, from all files: the chance that all are of one class.
            var chance = classes.Sum(group => Enumerable.Range(0, count)
                .Aggregate(1.0, (all, drawn) => all * Math.Max(0, group.Count() - drawn) / (Files.Count - drawn)));
            if (chance < RareByChance)
            {
                return Text($"The depth of the files tells a part of the class: all {count:N0} files of {depth.Key} are of {own.Key} ")
                    + Text($"({(double)count / inClass:P0} of it). ")
                    + "Read all classes by one scale (LoaderOptions.Depth), and expect traces of the other detector.";
            }
        }

        return null;
    }

    /// <summary>What the card and the check say: how many files end early, how they are read, and the first of them by name.</summary>
    /// <param name="named">How many to name.</param>
    public string? EarlySentence(int named)
    {
        var early = EndingEarly;
        var stated = early.Count(file => file.Maximum < ushort.MaxValue);
        var reading = stated == 0 ? "They are read by the bits that they use"
            : stated == early.Count ? "They are read by the maximum that they state, and are dark"
            : Text($"{stated:N0} are read by the maximum that they state, and are dark, the others by the bits that they use");
        var kinds = early.CountBy(file => file.Name).OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => Text($"{pair.Key}: {pair.Value:N0}"));
        return early.Count == 0 ? null
            : Text($"{early.Count:N0} files of 16 bits hold no value above a quarter of their range ({string.Join(", ", kinds)}). ")
                + $"{reading}; LoaderOptions.Depth says otherwise. "
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
