using CovidNotebooks.Data.Imaging;

namespace CovidNotebooks.Audit;

/// <summary>
/// A file's header as numbers: width, height, and a column of 0 or 1 for each colour mode and each format of the training files.
/// </summary>
internal sealed class HeaderFeatures
{
    private readonly string[] modes;
    private readonly ImageFileFormat[] formats;

    /// <param name="training">Headers of the training files; a mode or format that is not among them becomes zeros.</param>
    public HeaderFeatures(IEnumerable<ImageHeader> training)
    {
        var headers = training.ToArray();
        modes = [.. headers.Select(header => header.Mode).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        formats = [.. headers.Select(header => header.Format).Distinct().Order()];
        Names =
        [
            "width",
            "height",
            .. modes.Select(mode => $"mode {mode}"),
            .. formats.Select(format => $"format {format.ToString().ToUpperInvariant()}"),
        ];
    }

    public IReadOnlyList<string> Names { get; }

    public double[] Of(ImageHeader header) =>
    [
        header.Width,
        header.Height,
        .. modes.Select(mode => string.Equals(mode, header.Mode, StringComparison.Ordinal) ? 1.0 : 0.0),
        .. formats.Select(format => format == header.Format ? 1.0 : 0.0),
    ];
}
