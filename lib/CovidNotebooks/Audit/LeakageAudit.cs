using System.Globalization;
using CovidNotebooks.Data;
using CovidNotebooks.Display;

namespace CovidNotebooks.Audit;

/// <summary>
/// What the parts of a split share that they should not: files, equal bytes, patients, and pictures that look alike. A test set that shares
/// images or patients with the training set measures memory.
/// </summary>
/// <remarks>
/// Equal bytes are found with certainty, shared patients as far as the dataset's groups tell. Pictures that look alike are found when whole
/// thumbnails correlate: copies that were saved again (JPEG included), resized, changed in brightness, mirrored, turned by quarters, or
/// made negative. Crops, at most 28 % trimmed at a side, are looked for among images of one group that are in two parts, by laying the
/// pictures over each other. Not looked for are crops whose groups differ or are unknown, heavily annotated copies (these need matched
/// image features, SIFT for example), and other pictures of one patient whose group is unknown or wrong. In COVID-CT that means: both pairs
/// with conflicting labels are found as pictures, and so are the five slices that were cut twice; the ten pairs that probably show one
/// patient are found only as images of a publication that is in two parts. Each question has one of three answers, see
/// <see cref="AuditState"/>: what could not be looked at is never called clean.
/// </remarks>
public sealed class LeakageAudit : Displayed
{
    /// <summary>What no search of this audit finds, whatever the data.</summary>
    public const string NeverSearched =
        "Never searched for: crops between groups, heavily annotated copies, other pictures of a patient whose group is unknown or wrong.";

    private const int MostShown = 1_000;
    private const string Crossing = "What is on two sides of the split";

    private readonly SplitCard card;
    private readonly bool searchedNear;
    private readonly bool severalParts;
    private readonly Lazy<(HashSet<string> Groups, HashSet<string> Paths)> crossers;

    private LeakageAudit(
        DatasetSplit split,
        IReadOnlyList<IReadOnlyList<AuditedImage>> equal,
        IReadOnlyList<NearDuplicate>? near,
        bool areAllNear,
        IReadOnlyList<NearDuplicate>? copies,
        IReadOnlyList<AuditedImage> unreadable)
    {
        card = split.Card;
        severalParts = split.Parts.Count > 1;
        searchedNear = near is not null;
        ExactDuplicatesAcross = [.. equal.Where(group => group.Select(image => image.Split).Distinct(StringComparer.Ordinal).Count() > 1)];
        ExactDuplicatesWithin = [.. equal.Where(group => group.Select(image => image.Split).Distinct(StringComparer.Ordinal).Count() == 1)];
        ConflictingDuplicates =
        [
            .. equal.Where(group => group.Select(image => image.ClassName).Distinct(StringComparer.Ordinal).Count() > 1),
        ];
        NearDuplicatesAcross = [.. near?.Where(pair => !pair.IsWithin && !pair.IsAltered) ?? []];
        NearDuplicatesWithin = [.. near?.Where(pair => pair.IsWithin && !pair.IsAltered) ?? []];
        AlteredAcross = [.. near?.Where(pair => !pair.IsWithin && pair.IsAltered) ?? []];
        AlteredWithin = [.. near?.Where(pair => pair.IsWithin && pair.IsAltered) ?? []];
        SearchedCopies = copies is not null;
        EndedSearch = areAllNear ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"the search ended when it had found {PictureSearch.MostPairs:N0} pairs; is one picture there thousands of times?");
        var alike = copies is { Count: > 0 } ? NearDuplicatesAcross.Select(pair => (pair.First, pair.Second)).ToHashSet() : [];
        CopiesAcross = [.. copies?.Where(pair => !alike.Contains((pair.First, pair.Second))) ?? []];
        Unreadable = unreadable;
        GroupsAcross = Across(split, image => image.Group);
        SourcesAcross = Across(split, image => image.Source);
        SourcesByClass = SourcesOf(split);
        Checks = [.. Asked()];
        State = AuditCheck.Overall(Checks);
        crossers = new(() => (
            GroupsAcross.Select(across => across.Name).ToHashSet(StringComparer.Ordinal),
            PairsAcross.SelectMany(pair => new[] { pair.First.Path, pair.Second.Path }).ToHashSet(StringComparer.Ordinal)));
    }

    /// <summary>The questions that decide whether the parts are clean, with their answers.</summary>
    public IReadOnlyList<AuditCheck> Checks { get; }

    /// <summary>Found, where any check found something; else not known, where any could not be answered; else clean.</summary>
    public AuditState State { get; }

    /// <summary>Files that could not be read: compared by their bytes at most.</summary>
    public IReadOnlyList<AuditedImage> Unreadable { get; }

    /// <summary>Groups of files with equal bytes that are in more than one part.</summary>
    public IReadOnlyList<IReadOnlyList<AuditedImage>> ExactDuplicatesAcross { get; }

    /// <summary>Groups of files with equal bytes inside one part.</summary>
    public IReadOnlyList<IReadOnlyList<AuditedImage>> ExactDuplicatesWithin { get; }

    /// <summary>Groups of files with equal bytes and different labels.</summary>
    public IReadOnlyList<IReadOnlyList<AuditedImage>> ConflictingDuplicates { get; }

    /// <summary>Files beyond the first of each group inside one part.</summary>
    public int RedundantFiles => ExactDuplicatesWithin.Sum(group => group.Count - 1);

    /// <summary>Groups (patients) that are in more than one part.</summary>
    public IReadOnlyList<(string Name, IReadOnlyList<string> Parts)> SharedGroups => card.SharedGroups;

    /// <summary>The same groups with the number of images in each part: what leaving a group whole would move.</summary>
    public IReadOnlyList<GroupAcross> GroupsAcross { get; }

    /// <summary>Images whose group is unknown.</summary>
    public int GroupsUnknown => card.GroupsUnknown;

    /// <summary>
    /// Sources that are in more than one part, with the number of images in each. That is no leak: a test set of the same sources cannot
    /// tell whether a model works elsewhere.
    /// </summary>
    public IReadOnlyList<GroupAcross> SourcesAcross { get; }

    /// <summary>The known sources of each class, over all parts; classes without images are left out.</summary>
    public IReadOnlyList<(string ClassName, IReadOnlyList<string> Sources)> SourcesByClass { get; }

    /// <summary>
    /// Whether the source alone tells the class: two or more classes have images, every class has known sources, and no source has images
    /// of two. A model can then answer by scanner, hospital or processing, and nothing on these images shows that it does not.
    /// </summary>
    public bool SourceTellsClass =>
        SourcesByClass.Count > 1
        && SourcesByClass.All(item => item.Sources.Count > 0)
        && SourcesByClass.Sum(item => item.Sources.Count) == SourcesByClass.SelectMany(item => item.Sources)
            .Distinct(StringComparer.Ordinal).Count();

    /// <summary>Pairs of pictures that look nearly alike, upright, and are in two parts; empty when they were not searched for.</summary>
    public IReadOnlyList<NearDuplicate> NearDuplicatesAcross { get; }

    /// <summary>
    /// Pairs of pictures that look nearly alike, upright, inside one part, equal files among them; empty when they were not searched for.
    /// </summary>
    public IReadOnlyList<NearDuplicate> NearDuplicatesWithin { get; }

    /// <summary>
    /// Pairs in two parts of which one is the negative, mirrored or turned copy of the other; empty when they were not searched for.
    /// </summary>
    public IReadOnlyList<NearDuplicate> AlteredAcross { get; }

    /// <summary>The same inside one part.</summary>
    public IReadOnlyList<NearDuplicate> AlteredWithin { get; }

    /// <summary>
    /// Pairs of pictures of one group in two parts that are cut out of one picture with other borders, beyond those of
    /// <see cref="NearDuplicatesAcross"/>; empty when they were not searched for.
    /// </summary>
    public IReadOnlyList<NearDuplicate> CopiesAcross { get; }

    /// <summary>
    /// Whether <see cref="CopiesAcross"/> were searched for: with near duplicates, unless so many images of one group are in two parts that
    /// it would take minutes.
    /// </summary>
    public bool SearchedCopies { get; }

    /// <summary>
    /// Why the search for pictures that look alike ended before it was through, with some of the pairs; null where it did not.
    /// </summary>
    public string? EndedSearch { get; }

    /// <summary>The pairs that look alike, across or within, altered or not, whose labels differ: at least one label is wrong.</summary>
    public IReadOnlyList<NearDuplicate> ConflictingNearDuplicates =>
        [.. NearDuplicatesAcross.Concat(NearDuplicatesWithin).Concat(AlteredAcross).Concat(AlteredWithin).Where(pair => pair.Conflicts)];

    /// <summary>
    /// True when everything was looked at and the parts share no file, no equal bytes, no group, no near duplicate and no copy.
    /// </summary>
    public bool IsClean => State == AuditState.Clean;

    /// <summary>Compares the parts of a split.</summary>
    /// <param name="split">The parts.</param>
    /// <param name="searchNearDuplicates">
    /// Decode every picture once, compare thumbnails of all pairs in sixteen ways (mirrored, turned, negative), and lay images of one group
    /// in two parts over each other: seconds for thousands of images. Default false: then the audit is not clean but not known.
    /// </param>
    public static LeakageAudit Of(DatasetSplit split, bool searchNearDuplicates = false)
    {
        ArgumentNullException.ThrowIfNull(split);
        (AuditedImage Audited, string? Group, string Path)[] images =
        [
            .. split.Parts.SelectMany(part => part.Dataset.Images.Select(image => (
                new AuditedImage(part.Name, image.Path, part.Dataset.ClassNames[image.Label]), image.Group, part.Dataset.FullPath(image)))),
        ];
        var files = FileScanner.Shared.Scan(
            [.. images.Select(image => image.Path)], searchNearDuplicates ? ScanDepth.Pictures : ScanDepth.Headers);
        var equal = FileScanner.EqualGroups(files).Select(group => (IReadOnlyList<AuditedImage>)[.. group.Select(i => images[i].Audited)]);
        IReadOnlyList<NearDuplicate>? near = null, copies = null;
        var areAllNear = true;
        if (searchNearDuplicates)
        {
            (near, areAllNear) = PictureSearch.Pairs(
                [.. images.Select((image, i) => new ComparedImage(image.Audited, image.Group, files[i]))]);
            copies = CopiesOf(images);
        }

        var unreadable = images.Where((_, i) => files[i].Problem is not null).Select(image => image.Audited);
        return new LeakageAudit(split, [.. equal], near, areAllNear, copies, [.. unreadable]);
    }

    /// <inheritdoc/>
    public override DisplayDocument Describe()
    {
        var document = new DisplayDocument().Say(State switch
        {
            AuditState.Found => "Something crosses the splits: results on the test images may be partly memory.",
            AuditState.NotKnown => "Nothing was found, but not everything could be looked at: whether the splits are clean is not known.",
            _ => "Nothing crosses the splits that was searched for. Patients are only as well known as the file names or the table tell.",
        });
        var told = Checks.Concat(Remarks()).Where(check => check.State != AuditState.Clean).ToList();
        if (told.Count > 0)
        {
            document.Add(Table.Of(
                $"Leakage audit: {AuditCheck.Words(State)}",
                told,
                ("what", check => check.Question),
                ("found", check => check.State == AuditState.Found ? check.Count : AuditCheck.Words(check.State)),
                ("for example", check => check.Detail)));
        }

        document.Say(NothingFound, ParagraphKind.Note).Say(NeverSearched, ParagraphKind.Note);
        var crossing = GroupsAcross.Count + NearDuplicatesAcross.Count + AlteredAcross.Count + CopiesAcross.Count;
        var count = DisplayedNumber.ValueText(crossing);
        return crossing switch
        {
            0 => document,
            <= MostShown => document.Fold($"Every group and pair that crosses the splits ({count})", CrossingTable()),
            _ => document.Fold(
                $"The first {DisplayedNumber.ValueText(MostShown)} of {count} groups and pairs that cross the splits",
                CrossingTable($"{Crossing}; CrossingTable() has all {count}", MostShown)),
        };
    }

    /// <summary>The checks that found nothing, in one line; null where each found something.</summary>
    internal string? NothingFound
    {
        get
        {
            string[] nothing =
            [
                .. Checks.Concat(Remarks()).Where(check => check.State == AuditState.Clean).Select(check => check.Question),
            ];
            return nothing.Length > 0
                ? $"{DisplayedNumber.Counted(nothing.Length, "check", "checks")} found nothing: {string.Join("; ", nothing)}."
                : null;
        }
    }

    /// <summary>Every publication or patient, and every pair of pictures, that is on two sides of the split.</summary>
    public Table CrossingTable() => CrossingTable(Crossing, int.MaxValue);

    private Table CrossingTable(string caption, int most) => Table.Of(
        caption,
        GroupsAcross.Select(group => (What: $"group {group.Name}", Where: group.PartsText))
            .Concat(PairsAcross.Select(pair => (
                What: string.Create(
                    CultureInfo.InvariantCulture,
                    $"pair, correlation {pair.Correlation:F3}{pair.AlteredText}{(pair.Conflicts ? ", DIFFERENT LABELS" : "")}"),
                Where: $"{pair.First} and {pair.Second}")))
            .Take(most),
        ("what", item => item.What),
        ("where", item => item.Where));

    /// <summary>
    /// Whether an image may be memory rather than a test: its group is in another part, too, or a picture of another part looks like it.
    /// </summary>
    /// <param name="path">The image's path.</param>
    /// <param name="group">Its group; null where unknown.</param>
    public bool Crosses(string path, string? group) =>
        (group is not null && crossers.Value.Groups.Contains(group)) || crossers.Value.Paths.Contains(path);

    private IEnumerable<NearDuplicate> PairsAcross => NearDuplicatesAcross.Concat(AlteredAcross).Concat(CopiesAcross);

    /// <summary>Only the pictures of pairs that are laid over each other are kept in detail.</summary>
    private static IReadOnlyList<NearDuplicate>? CopiesOf((AuditedImage Audited, string? Group, string Path)[] images)
    {
        if (GroupCopySearch.Candidates(images, image => image.Group, image => image.Audited.Split) is not { } pairs)
        {
            return null;
        }

        string[] paths = [.. pairs.SelectMany(pair => new[] { pair.First.Path, pair.Second.Path }).Distinct(StringComparer.Ordinal)];
        var files = paths.Zip(FileScanner.Shared.Scan(paths, ScanDepth.Details))
            .ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);
        ComparedImage Compared((AuditedImage Audited, string? Group, string Path) image) =>
            new(image.Audited, image.Group, files[image.Path]);
        return GroupCopySearch.Pairs([.. pairs.Select(pair => (Compared(pair.First), Compared(pair.Second)))]);
    }

    private IEnumerable<AuditCheck> Asked()
    {
        if (severalParts)
        {
            yield return AuditCheck.Of(
                "files listed in two splits", card.SharedImages.Count, card.SharedImages.Select(item => item.Name).FirstOrDefault());
            yield return AuditCheck.Of("groups of equal files across splits", ExactDuplicatesAcross.Count, Example(ExactDuplicatesAcross));
            yield return AuditCheck.Of(
                "groups (patients, publications) in two splits",
                GroupsAcross.Count,
                string.Join("; ", GroupsAcross.Take(3)),
                GroupsUnknown == 0 ? null : $"groups unknown for {DisplayedNumber.Counted(GroupsUnknown, "image", "images")}");
            var unsearched = searchedNear ? EndedSearch : "not searched for";
            yield return AuditCheck.Of(
                "pairs that look alike across splits",
                NearDuplicatesAcross.Count,
                NearDuplicatesAcross.FirstOrDefault()?.ToString(),
                unsearched);
            yield return AuditCheck.Of(
                "negatives, mirrored and turned copies across splits",
                AlteredAcross.Count,
                AlteredAcross.FirstOrDefault()?.ToString(),
                unsearched);
            yield return AuditCheck.Of(
                "pairs of one group across splits, cut out of one picture",
                CopiesAcross.Count,
                CopiesAcross.FirstOrDefault()?.ToString(),
                SearchedCopies ? null
                : searchedNear ? "not searched for: too many images of one group are in two parts; a split by groups leaves none"
                : unsearched);
        }

        if (Unreadable.Count > 0)
        {
            var files = DisplayedNumber.Counted(Unreadable.Count, "file", "files");
            yield return AuditCheck.Of(
                "files that cannot be read", 0, null, $"{files} could be compared by bytes at most, for example {Unreadable[0]}");
        }
    }

    /// <summary>What else a reader should know of the images, though it does not decide whether the parts are clean.</summary>
    private IEnumerable<AuditCheck> Remarks()
    {
        if (SourcesByClass.Any(item => item.Sources.Count > 0))
        {
            if (severalParts)
            {
                yield return AuditCheck.Of(
                    "sources in two splits (no leak, but no test elsewhere)",
                    SourcesAcross.Count,
                    string.Join("; ", SourcesAcross.Take(3)));
            }

            yield return AuditCheck.Of("classes that the source alone tells", SourceTellsClass ? SourcesByClass.Count : 0, SourcesText);
        }

        yield return AuditCheck.Of("groups of equal files inside a split", ExactDuplicatesWithin.Count, Example(ExactDuplicatesWithin));
        yield return AuditCheck.Of("redundant files inside a split", RedundantFiles, null);
        yield return AuditCheck.Of(
            "groups of equal files with different labels", ConflictingDuplicates.Count, Example(ConflictingDuplicates));
        if (searchedNear)
        {
            yield return AuditCheck.Of(
                "pairs that look alike inside a split",
                NearDuplicatesWithin.Count,
                NearDuplicatesWithin.FirstOrDefault()?.ToString(),
                EndedSearch);
            yield return AuditCheck.Of(
                "negatives, mirrored and turned copies inside a split",
                AlteredWithin.Count,
                AlteredWithin.FirstOrDefault()?.ToString(),
                EndedSearch);
            yield return AuditCheck.Of(
                "pairs that look alike, with different labels",
                ConflictingNearDuplicates.Count,
                ConflictingNearDuplicates.FirstOrDefault()?.ToString(),
                EndedSearch);
        }
    }

    /// <summary>The classes with their sources: <c>Covid: a; Normal: b, c</c>.</summary>
    internal string SourcesText => string.Join("; ", SourcesByClass.Select(item => $"{item.ClassName}: {Few(item.Sources)}"));

    private static List<GroupAcross> Across(DatasetSplit split, Func<LabeledImage, string?> key) =>
    [
        .. split.Parts.SelectMany(part => part.Dataset.Images.Select(key).OfType<string>().Select(name => (Name: name, Part: part.Name)))
            .GroupBy(item => item.Name, item => item.Part, StringComparer.Ordinal)
            .Select(item =>
                new GroupAcross(
                    item.Key, [.. item.GroupBy(part => part, StringComparer.Ordinal).Select(part => (part.Key, part.Count()))]))
            .Where(item => item.Parts.Count > 1),
    ];

    private static List<(string ClassName, IReadOnlyList<string> Sources)> SourcesOf(DatasetSplit split) =>
    [
        .. split.Parts.SelectMany(
            part => part.Dataset.Images.Select(image => (ClassName: part.Dataset.ClassNames[image.Label], image.Source)))
            .GroupBy(image => image.ClassName, image => image.Source, StringComparer.Ordinal)
            .Select(item => (
                item.Key,
                (IReadOnlyList<string>)[.. item.OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)])),
    ];

    private static string? Example(IReadOnlyList<IReadOnlyList<AuditedImage>> groups) =>
        groups.Select(group => string.Join(" = ", group)).FirstOrDefault();

    private static string Few(IReadOnlyList<string> names) => string.Join(", ", names.Take(3))
        + (names.Count > 3 ? string.Create(CultureInfo.InvariantCulture, $" and {names.Count - 3} more") : "");
}
