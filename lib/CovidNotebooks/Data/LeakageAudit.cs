using System.Globalization;
using CovidNotebooks.Display;

namespace CovidNotebooks.Data;

/// <summary>An image as the audit names it.</summary>
/// <param name="Split">The part it is in.</param>
/// <param name="Path">Its id.</param>
/// <param name="ClassName">Its class.</param>
public sealed record AuditedImage(string Split, string Path, string ClassName)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Path} [{Split}, {ClassName}]";
}

/// <summary>Two images that look nearly alike.</summary>
/// <param name="First">The one.</param>
/// <param name="Second">The other.</param>
/// <param name="Correlation">Normalised cross-correlation of their grey thumbnails of 64 × 64 pixels, up to 1.</param>
public sealed record NearDuplicate(AuditedImage First, AuditedImage Second, double Correlation);

/// <summary>
/// What the parts of a split share that they should not: files, equal bytes, patients, and pictures that look alike. A test set that shares images or
/// patients with the training set measures memory.
/// </summary>
[TypeFormatterSource(typeof(DisplayedFormatters))]
public sealed class LeakageAudit : IDisplayed
{
    private readonly SplitCard _card;
    private readonly bool _searchedNear;
    private readonly bool _severalParts;

    private LeakageAudit(DatasetSplit split, IReadOnlyList<IReadOnlyList<AuditedImage>> equal, IReadOnlyList<NearDuplicate>? near)
    {
        _card = split.Card;
        _severalParts = split.Parts.Count > 1;
        _searchedNear = near is not null;
        ExactDuplicatesAcross = [.. equal.Where(group => group.Select(image => image.Split).Distinct(StringComparer.Ordinal).Count() > 1)];
        ExactDuplicatesWithin = [.. equal.Where(group => group.Select(image => image.Split).Distinct(StringComparer.Ordinal).Count() == 1)];
        ConflictingDuplicates = [.. equal.Where(group => group.Select(image => image.ClassName).Distinct(StringComparer.Ordinal).Count() > 1)];
        NearDuplicatesAcross = near ?? [];
    }

    /// <summary>Groups of files with equal bytes that are in more than one part.</summary>
    public IReadOnlyList<IReadOnlyList<AuditedImage>> ExactDuplicatesAcross { get; }

    /// <summary>Groups of files with equal bytes inside one part.</summary>
    public IReadOnlyList<IReadOnlyList<AuditedImage>> ExactDuplicatesWithin { get; }

    /// <summary>Groups of files with equal bytes and different labels.</summary>
    public IReadOnlyList<IReadOnlyList<AuditedImage>> ConflictingDuplicates { get; }

    /// <summary>Files beyond the first of each group inside one part.</summary>
    public int RedundantFiles => ExactDuplicatesWithin.Sum(group => group.Count - 1);

    /// <summary>Groups (patients) that are in more than one part.</summary>
    public IReadOnlyList<(string Name, IReadOnlyList<string> Parts)> SharedGroups => _card.SharedGroups;

    /// <summary>Pairs of pictures that look nearly alike and are in two parts; empty when they were not searched for.</summary>
    public IReadOnlyList<NearDuplicate> NearDuplicatesAcross { get; }

    /// <summary>True when the parts share no file, no equal bytes, no known group, and, where searched, no near duplicate.</summary>
    public bool IsClean => _card.IsDisjoint && ExactDuplicatesAcross.Count == 0 && NearDuplicatesAcross.Count == 0;

    /// <summary>Compares the parts of a split.</summary>
    /// <param name="split">The parts.</param>
    /// <param name="searchNearDuplicates">Decode every picture and compare thumbnails across parts: seconds for thousands of images. Default false.</param>
    public static LeakageAudit Of(DatasetSplit split, bool searchNearDuplicates = false)
    {
        ArgumentNullException.ThrowIfNull(split);
        var images = split.Parts.SelectMany(part => part.Dataset.Images.Select(image => (
            File: part.Dataset.FullPath(image),
            Audited: new AuditedImage(part.Name, image.Path, part.Dataset.ClassNames[image.Label])))).ToArray();
        var files = images.Select(image => image.File).ToArray();
        var equal = FileHashes.EqualGroups(FileHashes.Of(files)).Select(group => (IReadOnlyList<AuditedImage>)[.. group.Select(i => images[i].Audited)]);
        return new LeakageAudit(split, [.. equal], searchNearDuplicates ? NearDuplicateSearch.Across([.. images.Select(image => (image.File, image.Audited))]) : null);
    }

    /// <inheritdoc/>
    public string ToHtml() => Table().ToHtml();

    /// <inheritdoc/>
    public string ToPlainText() => Table().ToPlainText();

    private HtmlTable Table()
    {
        var table = new HtmlTable("Leakage audit", TableColumn.Text("what"), TableColumn.Number("found"), TableColumn.Text("for example"));
        void Row(string what, int count, string? example) => table.Add(what, count.ToString("N0", CultureInfo.InvariantCulture), count == 0 ? "" : example);
        if (_severalParts)
        {
            Row("files listed in two splits", _card.SharedImages.Count, _card.SharedImages.Select(item => item.Name).FirstOrDefault());
            Row("groups of equal files across splits", ExactDuplicatesAcross.Count, Example(ExactDuplicatesAcross));
            Row("groups (patients) in two splits", SharedGroups.Count, SharedGroups.Select(item => $"{item.Name} ({string.Join(", ", item.Parts)})").FirstOrDefault());
            if (_searchedNear)
            {
                Row("pairs that look alike across splits", NearDuplicatesAcross.Count, NearDuplicatesAcross.Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.First} and {pair.Second}, r = {pair.Correlation:F3}")).FirstOrDefault());
            }
        }

        Row("groups of equal files inside a split", ExactDuplicatesWithin.Count, Example(ExactDuplicatesWithin));
        Row("redundant files inside a split", RedundantFiles, "");
        Row("groups of equal files with different labels", ConflictingDuplicates.Count, Example(ConflictingDuplicates));
        return table.Note(IsClean
            ? "Nothing crosses the splits that was searched for. Patients are only as well known as the file names tell."
            : "Something crosses the splits: results on the test images are partly memory.");
    }

    private static string? Example(IReadOnlyList<IReadOnlyList<AuditedImage>> groups) => groups.Select(group => string.Join(" = ", group)).FirstOrDefault();
}
