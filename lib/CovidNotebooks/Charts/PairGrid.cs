using System.Globalization;
using CovidNotebooks.Audit;
using CovidNotebooks.Data;

namespace CovidNotebooks.Charts;

/// <summary>Pairs of pictures that an audit found, beside each other: whether they are one picture is for people to see.</summary>
public static class PairGrid
{
    /// <summary>A row a pair, with the label and the part of each picture.</summary>
    /// <param name="title">Which pairs.</param>
    /// <param name="pairs">What an audit found, for example <see cref="LeakageAudit.ConflictingNearDuplicates"/>.</param>
    /// <param name="split">The parts that the images are in.</param>
    public static PictureGrid Of(string title, IReadOnlyList<NearDuplicate> pairs, DatasetSplit split)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        ArgumentNullException.ThrowIfNull(split);
        var rows = pairs.Select(pair => new PictureRow(
            string.Create(CultureInfo.InvariantCulture, $"correlation {pair.Correlation:F3}"),
                [Shown(pair.First, split), Shown(pair.Second, split)])).ToArray();
        return new PictureGrid(title, rows) { MayBePublished = split.Parts.All(part => part.Dataset.PicturesMayBePublished) };
    }

    private static Picture Shown(AuditedImage audited, DatasetSplit split)
    {
        var part = split[audited.Split];
        var image = part.Images.First(own => string.Equals(own.Path, audited.Path, StringComparison.Ordinal));
        return PictureReading.Of(image, PictureReading.From(part), $"{audited.ClassName}, {audited.Split}");
    }
}
