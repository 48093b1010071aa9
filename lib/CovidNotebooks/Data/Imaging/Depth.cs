using System.Globalization;

namespace CovidNotebooks.Data.Imaging;

/// <summary>How the values of pictures of more than 8 bits become 256 grey levels. Pictures of 8 bits are not touched.</summary>
/// <remarks>
/// A detector of 12 bits saved in files of 16 fills a sixteenth of their range: read by the full range such a picture is nearly black,
/// clipped at 255 (what Pillow's
/// <c>convert("RGB")</c>, and so Keras, does) nearly white. Rules that look at the file's own values can give two files of one detector two
/// scales: for a study give
/// the bits or a window.
/// </remarks>
public sealed record Depth
{
    private static readonly int[] UsualBits = [8, 10, 12, 14, 16];

    private Depth()
    {
    }

    /// <summary>
    /// The default: the fewest of 8, 10, 12, 14 or 16 bits that hold the file's values. A file that states a maximum below 65,535 (PGM,
    /// PPM, DICOM's bits stored) is read by it, and a DICOM file with a window by its window.
    /// </summary>
    public static Depth BitsUsed { get; } = new();

    /// <summary>0 to 65,535, or to the maximum that the file states.</summary>
    public static Depth FullRange { get; } = new() { Rule = DepthRule.FullRange };

    /// <summary>The rule.</summary>
    public DepthRule Rule { get; private init; } = DepthRule.BitsUsed;

    /// <summary>The lower number of the rule: bits, percentile, or the value that becomes black; null where the rule has none.</summary>
    public double? Low { get; private init; }

    /// <summary>The upper number of the rule: percentile, or the value that becomes white; null where the rule has none.</summary>
    public double? High { get; private init; }

    /// <summary>0 to 2^bits − 1 for every file.</summary>
    /// <param name="bits">Bits that the detector stores, 1 to 16.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not 1 to 16 bits.</exception>
    public static Depth BitsStored(int bits) => bits is >= 1 and <= 16
        ? new Depth { Rule = DepthRule.BitsStored, Low = bits }
        : throw new ArgumentOutOfRangeException(nameof(bits), bits, "A sample has 1 to 16 bits; detectors store 10, 12 or 14.");

    /// <summary>From one percentile of the file's values to another, as contrast stretching does; each file has its own scale.</summary>
    /// <param name="low">Percentile that becomes black, at least 0.</param>
    /// <param name="high">Percentile that becomes white, above <paramref name="low"/>, at most 100.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not two percentiles in order.</exception>
    public static Depth Percentile(double low = 1, double high = 99) => low >= 0 && high > low && high <= 100
        ? new Depth { Rule = DepthRule.Percentile, Low = low, High = high }
        : throw new ArgumentOutOfRangeException(nameof(low), low,
            $"Percentiles are two numbers from 0 to 100 in order; found {low} and {high}.");

    /// <summary>
    /// A given window, as on a viewing station: linear from centre − width / 2 to centre + width / 2, in the file's units (Hounsfield in
    /// CT).
    /// </summary>
    /// <param name="center">The value in its middle.</param>
    /// <param name="width">From black to white, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is not finite, or the width not above 0.</exception>
    public static Depth Window(double center, double width) => double.IsFinite(center) && double.IsFinite(width) && width > 0
        ? new Depth { Rule = DepthRule.Window, Low = center - (width / 2), High = center + (width / 2) }
        : throw new ArgumentOutOfRangeException(nameof(width), width,
            $"A window is a finite centre and a width above 0; found centre {center}, width {width}.");

    /// <summary>A rule as it was written down.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Its numbers are none of that rule.</exception>
    internal static Depth From(DepthRule rule, double? low, double? high) => rule switch
    {
        DepthRule.BitsUsed => BitsUsed,
        DepthRule.FullRange => FullRange,
        DepthRule.BitsStored => BitsStored((int)(low ?? 0)),
        DepthRule.Percentile => Percentile(low ?? -1, high ?? -1),
        _ => Window(((low ?? 0) + (high ?? 0)) / 2, (high ?? 0) - (low ?? 0)),
    };

    /// <summary>
    /// True when a picture's values end below a quarter of the range that its depth can hold, so that it is dark or its bits are fewer than
    /// its file's.
    /// </summary>
    /// <param name="highest">The highest value.</param>
    /// <param name="maximum">The highest value that can be.</param>
    public static bool EndsEarly(int highest, int maximum = ushort.MaxValue) => highest < (maximum + 1) / 4;

    /// <summary>The fewest of 8, 10, 12, 14 or 16 bits that hold a value.</summary>
    /// <param name="highest">0 to 65,535.</param>
    public static int BitsFor(int highest) => UsualBits.First(bits => highest < 1 << bits);

    /// <summary>Which values become black and white, and why, in the same words for every file that is read by the same scale.</summary>
    /// <param name="image">The picture.</param>
    public (double Black, double White, string Reason) RangeOf(DeepImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        switch (Rule)
        {
            case DepthRule.BitsUsed when image.Window is { } window:
                return (image.SampleOf(window.Black), image.SampleOf(window.White),
                    Text($"the file's own window, {window.Black} to {window.White}"));
            case DepthRule.BitsUsed when image is { Maximum: ushort.MaxValue }:
                var bits = BitsFor(image.Reach);
                return OfBits(bits, image, Text($"{bits} of 16 bits are used") + NotApplied(image));
            case DepthRule.BitsUsed or DepthRule.FullRange:
                return (image.Minimum, image.Maximum,
                    Text($"the full range, {image.Minimum - image.Zero} to {image.Maximum - image.Zero}") + NotApplied(image));
            case DepthRule.BitsStored:
                return OfBits((int)Low!.Value, image, ToString());
            case DepthRule.Percentile:
                var (black, white) = Percentiles(image.Samples);
                return (black, white, ToString());
            default:
                return (image.SampleOf(Low!.Value), image.SampleOf(High!.Value), ToString());
        }
    }

    /// <inheritdoc/>
    public override string ToString() => Rule switch
    {
        DepthRule.BitsUsed => "bits used",
        DepthRule.FullRange => "full range",
        DepthRule.BitsStored => Text($"{Low} bits stored"),
        DepthRule.Percentile => Text($"percentiles {Low} to {High}"),
        _ => Text($"window from {Low} to {High}"),
    };

    private static (double Black, double White, string Reason) OfBits(int bits, DeepImage image, string reason)
    {
        var lowest = image.Zero == 0 ? 0 : image.Zero - (1 << (bits - 1));
        return (lowest, lowest + (1 << bits) - 1, reason);
    }

    private static string NotApplied(DeepImage image) =>
        image.HasGrayTable ? " (the file's own table of grey levels, VOI LUT, is not applied)" : "";

    /// <summary>The values at two percentiles, by nearest rank; where they are equal, a picture of one value becomes black.</summary>
    private (double Black, double White) Percentiles(ushort[] samples)
    {
        var counts = new int[ushort.MaxValue + 1];
        foreach (var sample in samples)
        {
            counts[sample]++;
        }

        double At(double percentile)
        {
            var rank = Math.Max(1, (long)Math.Ceiling(percentile / 100 * samples.Length));
            var value = 0;
            for (long seen = counts[0]; seen < rank; seen += counts[value])
            {
                value++;
            }

            return value;
        }

        var (black, white) = (At(Low!.Value), At(High!.Value));
        return (black, white);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
