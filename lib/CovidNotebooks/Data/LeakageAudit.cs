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
/// <param name="Correlation">Normalised cross-correlation of their grey levels on a grid of 64 × 64, up to 1: of the whole pictures, or of where they overlap.</param>
public sealed record NearDuplicate(AuditedImage First, AuditedImage Second, double Correlation)
{
    /// <summary>Whether both are in one part.</summary>
    public bool IsWithin => string.Equals(First.Split, Second.Split, StringComparison.Ordinal);

    /// <summary>Whether their labels differ: at least one is wrong.</summary>
    public bool Conflicts => !string.Equals(First.ClassName, Second.ClassName, StringComparison.Ordinal);
}

/// <summary>A group (a patient, or the publication that pictures were cut out of) or a source that is in more than one part.</summary>
/// <param name="Name">The group or source, as the dataset's table has it.</param>
/// <param name="Parts">The parts that it is in, each with its number of images there.</param>
public sealed record GroupAcross(string Name, IReadOnlyList<(string Part, int Images)> Parts)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Name} ({string.Join(", ", Parts.Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Part} {part.Images}")))})";
}

/// <summary>
/// What the parts of a split share that they should not: files, equal bytes, patients, and pictures that look alike. A test set that shares images or
/// patients with the training set measures memory.
/// </summary>
/// <remarks>
/// Equal bytes are found with certainty, shared patients as far as the dataset's groups tell. Pictures that look alike are found when whole
/// thumbnails correlate: copies that were saved again, resized, or changed in brightness. Crops, at most 28 % trimmed at a side, are looked for among images of
/// one group that are in two parts, by laying the pictures over each other. Not found are crops whose groups differ or are unknown, mirrored, turned or heavily
/// annotated copies (these need matched image features, SIFT for example), and other pictures of one patient whose group is unknown or wrong. In COVID-CT
/// that means: both pairs with conflicting labels are found as pictures, and so are the five slices that were cut twice; the ten pairs
/// that probably show one patient are found only as images of a publication that is in two parts.
/// </remarks>
public sealed class LeakageAudit : Displayed
{
    private readonly SplitCard _card;
    private readonly bool _searchedNear;
    private readonly bool _severalParts;

    private LeakageAudit(DatasetSplit split, IReadOnlyList<IReadOnlyList<AuditedImage>> equal, IReadOnlyList<NearDuplicate>? near, IReadOnlyList<NearDuplicate>? copies)
    {
        _card = split.Card;
        _severalParts = split.Parts.Count > 1;
        _searchedNear = near is not null;
        ExactDuplicatesAcross = [.. equal.Where(group => group.Select(image => image.Split).Distinct(StringComparer.Ordinal).Count() > 1)];
        ExactDuplicatesWithin = [.. equal.Where(group => group.Select(image => image.Split).Distinct(StringComparer.Ordinal).Count() == 1)];
        ConflictingDuplicates = [.. equal.Where(group => group.Select(image => image.ClassName).Distinct(StringComparer.Ordinal).Count() > 1)];
        NearDuplicatesAcross = [.. near?.Where(pair => !pair.IsWithin) ?? []];
        NearDuplicatesWithin = [.. near?.Where(pair => pair.IsWithin) ?? []];
        SearchedCopies = copies is not null;
        CopiesAcross = [.. copies?.Where(pair => !NearDuplicatesAcross.Any(alike => (alike.First, alike.Second) == (pair.First, pair.Second))) ?? []];
        GroupsAcross = Across(split, image => image.Group);
        SourcesAcross = Across(split, image => image.Source);
        SourcesByClass = SourcesOf(split);
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

    /// <summary>The same groups with the number of images in each part: what leaving a group whole would move.</summary>
    public IReadOnlyList<GroupAcross> GroupsAcross { get; }

    /// <summary>
    /// Sources that are in more than one part, with the number of images in each. That is no leak: a test set of the same sources cannot tell whether a model
    /// works elsewhere.
    /// </summary>
    public IReadOnlyList<GroupAcross> SourcesAcross { get; }

    /// <summary>The known sources of each class, over all parts; classes without images are left out.</summary>
    public IReadOnlyList<(string ClassName, IReadOnlyList<string> Sources)> SourcesByClass { get; }

    /// <summary>
    /// Whether the source alone tells the class: two or more classes have images, every class has known sources, and no source has images of two. A model can then
    /// answer by scanner, hospital or processing, and nothing on these images shows that it does not.
    /// </summary>
    public bool SourceTellsClass =>
        SourcesByClass.Count > 1
        && SourcesByClass.All(item => item.Sources.Count > 0)
        && SourcesByClass.Sum(item => item.Sources.Count) == SourcesByClass.SelectMany(item => item.Sources).Distinct(StringComparer.Ordinal).Count();

    /// <summary>Pairs of pictures that look nearly alike and are in two parts; empty when they were not searched for.</summary>
    public IReadOnlyList<NearDuplicate> NearDuplicatesAcross { get; }

    /// <summary>Pairs of pictures that look nearly alike inside one part, equal files among them; empty when they were not searched for.</summary>
    public IReadOnlyList<NearDuplicate> NearDuplicatesWithin { get; }

    /// <summary>
    /// Pairs of pictures of one group in two parts that are cut out of one picture with other borders, beyond those of <see cref="NearDuplicatesAcross"/>; empty when
    /// they were not searched for.
    /// </summary>
    public IReadOnlyList<NearDuplicate> CopiesAcross { get; }

    /// <summary>Whether <see cref="CopiesAcross"/> were searched for: with near duplicates, unless so many images of one group are in two parts that it would take minutes.</summary>
    public bool SearchedCopies { get; }

    /// <summary>Those pairs, across or within, whose labels differ: at least one label is wrong.</summary>
    public IReadOnlyList<NearDuplicate> ConflictingNearDuplicates => [.. NearDuplicatesAcross.Concat(NearDuplicatesWithin).Where(pair => pair.Conflicts)];

    /// <summary>True when the parts share no file, no equal bytes, no known group, and, where searched, no near duplicate and no copy.</summary>
    public bool IsClean => _card.IsDisjoint && ExactDuplicatesAcross.Count == 0 && NearDuplicatesAcross.Count == 0 && CopiesAcross.Count == 0;

    /// <summary>Compares the parts of a split.</summary>
    /// <param name="split">The parts.</param>
    /// <param name="searchNearDuplicates">Decode every picture, compare thumbnails of all pairs, and lay images of one group in two parts over each other: seconds for thousands of images. Default false.</param>
    public static LeakageAudit Of(DatasetSplit split, bool searchNearDuplicates = false)
    {
        ArgumentNullException.ThrowIfNull(split);
        GroupedFile[] images = [.. split.Parts.SelectMany(part => part.Dataset.Images.Select(image => new GroupedFile(
            part.Dataset.FullPath(image), image.Group, new AuditedImage(part.Name, image.Path, part.Dataset.ClassNames[image.Label]))))];
        var equal = FileHashes.EqualGroups(FileHashes.Of([.. images.Select(image => image.File)])).Select(group => (IReadOnlyList<AuditedImage>)[.. group.Select(i => images[i].Audited)]);
        return new LeakageAudit(
            split,
            [.. equal],
            searchNearDuplicates ? NearDuplicateSearch.Pairs([.. images.Select(image => (image.File, image.Audited))]) : null,
            searchNearDuplicates ? GroupCopySearch.Pairs(images) : null);
    }

    /// <inheritdoc/>
    public override DisplayDocument Describe()
    {
        var found = Checks.Where(check => check.Found > 0).ToList();
        var document = new DisplayDocument().Say(IsClean
            ? "Nothing crosses the splits that was searched for. Patients are only as well known as the file names tell."
            : "Something crosses the splits: results on the test images may be partly memory.");
        if (found.Count > 0)
        {
            document.Add(Display.Table.Of("Leakage audit", found, ("what", check => check.What), ("found", check => check.Found), ("for example", check => check.Example ?? "")));
        }

        document.Say(NothingFound, ParagraphKind.Note).Say(NotSearched, ParagraphKind.Note);
        return CrossingTable() is { Rows.Count: > 0 } crossing ? document.Fold($"Every group and pair that crosses the splits ({DisplayedNumber.ValueText(crossing.Rows.Count)})", crossing) : document;
    }

    /// <summary>What was looked for: in words, how much of it was found, and an example.</summary>
    internal IReadOnlyList<(string What, int Found, string? Example)> Checks
    {
        get
        {
            List<(string What, int Found, string? Example)> checks = [];
            void Add(bool applies, string what, int found, string? example)
            {
                if (applies)
                {
                    checks.Add((what, found, example));
                }
            }

            var hasSources = SourcesByClass.Any(item => item.Sources.Count > 0);
            Add(_severalParts, "files listed in two splits", _card.SharedImages.Count, _card.SharedImages.Select(item => item.Name).FirstOrDefault());
            Add(_severalParts, "groups of equal files across splits", ExactDuplicatesAcross.Count, Example(ExactDuplicatesAcross));
            Add(_severalParts, "groups (patients, publications) in two splits", GroupsAcross.Count, string.Join("; ", GroupsAcross.Take(3)));
            Add(_severalParts && _searchedNear, "pairs that look alike across splits", NearDuplicatesAcross.Count, Example(NearDuplicatesAcross));
            Add(_severalParts && SearchedCopies, "pairs of one group across splits, cut out of one picture", CopiesAcross.Count, Example(CopiesAcross));
            Add(_severalParts && hasSources, "sources in two splits (no leak, but no test elsewhere)", SourcesAcross.Count, string.Join("; ", SourcesAcross.Take(3)));
            Add(hasSources, "classes that the source alone tells", SourceTellsClass ? SourcesByClass.Count : 0, SourcesText);
            Add(true, "groups of equal files inside a split", ExactDuplicatesWithin.Count, Example(ExactDuplicatesWithin));
            Add(true, "redundant files inside a split", RedundantFiles, null);
            Add(true, "groups of equal files with different labels", ConflictingDuplicates.Count, Example(ConflictingDuplicates));
            Add(_searchedNear, "pairs that look alike inside a split", NearDuplicatesWithin.Count, Example(NearDuplicatesWithin));
            Add(_searchedNear, "pairs that look alike, with different labels", ConflictingNearDuplicates.Count, Example(ConflictingNearDuplicates));
            return checks;
        }
    }

    /// <summary>The checks that found nothing, in one line; null where each found something.</summary>
    internal string? NothingFound => Checks.Where(check => check.Found == 0).Select(check => check.What).ToList() is { Count: > 0 } nothing
        ? $"{DisplayedNumber.Counted(nothing.Count, "check", "checks")} found nothing: {string.Join("; ", nothing)}."
        : null;

    /// <summary>Every publication or patient, and every pair of pictures, that is on two sides of the split.</summary>
    public Table CrossingTable() => Display.Table.Of(
        "What is on two sides of the split",
        GroupsAcross.Select(group => (What: $"group {group.Name}", Where: string.Join(", ", group.Parts.Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Part} {part.Images}")))))
            .Concat(NearDuplicatesAcross.Concat(CopiesAcross).Select(pair => (
                What: string.Create(CultureInfo.InvariantCulture, $"pair, correlation {pair.Correlation:F3}{(pair.Conflicts ? ", DIFFERENT LABELS" : "")}"), Where: $"{pair.First} and {pair.Second}"))),
        ("what", item => item.What),
        ("where", item => item.Where));

    /// <summary>Whether an image may be memory rather than a test: its group is in another part, too, or a picture of another part looks like it.</summary>
    /// <param name="path">The image's path.</param>
    /// <param name="group">Its group; null where unknown.</param>
    public bool Crosses(string path, string? group) =>
        GroupsAcross.Any(across => string.Equals(across.Name, group, StringComparison.Ordinal))
        || NearDuplicatesAcross.Concat(CopiesAcross).Any(pair => string.Equals(pair.First.Path, path, StringComparison.Ordinal) || string.Equals(pair.Second.Path, path, StringComparison.Ordinal));

    private string NotSearched => (_searchedNear, SearchedCopies) switch
    {
        (false, _) => "Not searched for: pictures that look alike.",
        (_, true) => "Not searched for: crops of pictures whose groups differ or are unknown, mirrored, turned and annotated copies.",
        _ => "Not searched for: crops, mirrored, turned and annotated copies.",
    };

    /// <summary>The classes with their sources: <c>Covid: a; Normal: b, c</c>.</summary>
    internal string SourcesText => string.Join("; ", SourcesByClass.Select(item => $"{item.ClassName}: {string.Join(", ", item.Sources.Take(3))}{(item.Sources.Count > 3 ? string.Create(CultureInfo.InvariantCulture, $" and {item.Sources.Count - 3} more") : "")}"));

    private static List<GroupAcross> Across(DatasetSplit split, Func<LabeledImage, string?> key) =>
    [
        .. split.Parts.SelectMany(part => part.Dataset.Images.Select(key).OfType<string>().Select(name => (Name: name, Part: part.Name)))
            .GroupBy(item => item.Name, item => item.Part, StringComparer.Ordinal)
            .Select(item => new GroupAcross(item.Key, [.. item.GroupBy(part => part, StringComparer.Ordinal).Select(part => (part.Key, part.Count()))]))
            .Where(item => item.Parts.Count > 1),
    ];

    private static List<(string ClassName, IReadOnlyList<string> Sources)> SourcesOf(DatasetSplit split) =>
    [
        .. split.Parts.SelectMany(part => part.Dataset.Images.Select(image => (ClassName: part.Dataset.ClassNames[image.Label], image.Source)))
            .GroupBy(image => image.ClassName, image => image.Source, StringComparer.Ordinal)
            .Select(item => (item.Key, (IReadOnlyList<string>)[.. item.OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)])),
    ];

    private static string? Example(IReadOnlyList<IReadOnlyList<AuditedImage>> groups) => groups.Select(group => string.Join(" = ", group)).FirstOrDefault();

    private static string? Example(IReadOnlyList<NearDuplicate> pairs) =>
        pairs.Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.First} and {pair.Second}, r = {pair.Correlation:F3}")).FirstOrDefault();
}
