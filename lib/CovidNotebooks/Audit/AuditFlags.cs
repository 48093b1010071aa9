using System.Globalization;
using CovidNotebooks.Data;
using CovidNotebooks.Display;

namespace CovidNotebooks.Audit;

/// <summary>Findings of an audit as sentences.</summary>
internal static class AuditFlags
{
    /// <summary>A sentence where a class is stored at another depth than the others.</summary>
    public static IEnumerable<string> OfDepths(DatasetSplit split) =>
        new DepthSurvey(split.Parts.SelectMany(
            part => DepthSurvey.Of(part.Dataset, FileScanner.Shared.Scan(part.Dataset, ScanDepth.Pictures)).Files))
            .ClassFlag is { } flag ? [flag] : [];

    /// <summary>
    /// One sentence a kind of finding: duplicates, near duplicates, copies and groups in two parts, sources that tell the class, and labels
    /// that contradict each other.
    /// </summary>
    public static IEnumerable<string> Of(LeakageAudit leakage)
    {
        if (leakage.ExactDuplicatesAcross is { Count: > 0 } exact)
        {
            yield return
                $"{DisplayedNumber.Counted(exact.Count, "group of equal files is", "groups of equal files are")} in more than one "
                + $"part, for example {string.Join(" = ", exact[0])}.";
        }

        // Equal files look alike too: they are told once.
        if (Unequal(leakage.NearDuplicatesAcross, leakage.ExactDuplicatesAcross) is { Count: > 0 } near)
        {
            yield return
                $"{DisplayedNumber.Counted(near.Count, "pair of pictures looks", "pairs of pictures look")} nearly alike across two "
                + $"parts, for example {near[0]}.";
        }

        if (leakage.AlteredAcross is { Count: > 0 } altered)
        {
            yield return
                $"{DisplayedNumber.Counted(altered.Count, "picture is", "pictures are")} in two parts as negative, mirrored or turned "
                + $"copies, for example {altered[0]}.";
        }

        if (Unequal(leakage.CopiesAcross, leakage.ExactDuplicatesAcross) is { Count: > 0 } copies)
        {
            yield return
                $"{DisplayedNumber.Counted(copies.Count, "picture is", "pictures are")} in two parts as cuts with other borders, for "
                + $"example {copies[0]}.";
        }

        if (leakage.GroupsAcross is { Count: > 0 } groups)
        {
            yield return
                $"{DisplayedNumber.Counted(groups.Count, "group (patient, publication) is", "groups (patients, publications) are")} "
                + $"in more than one part, for example {groups[0]}.";
        }

        if (leakage.SourceTellsClass)
        {
            yield return
                $"The source alone tells the class, because no source has images of two classes ({leakage.SourcesText}): a model can "
                + "answer by where an image comes from.";
        }

        var conflictingGroups = leakage.ConflictingDuplicates;
        var conflictingPairs = Unequal(leakage.ConflictingNearDuplicates, conflictingGroups);
        if (conflictingGroups.Count + conflictingPairs.Count > 0)
        {
            var example = conflictingGroups.Count > 0 ? string.Join(" = ", conflictingGroups[0]) : conflictingPairs[0].ToString();
            yield return
                $"{DisplayedNumber.Counted(conflictingGroups.Count + conflictingPairs.Count, "picture is", "pictures are")} there "
                + $"twice with different labels, so at least one label is wrong: for example {example}.";
        }
    }

    /// <summary>One sentence for each question that could not be answered, in whole or in part.</summary>
    public static IEnumerable<string> NotKnown(LeakageAudit leakage, bool searchedNear)
    {
        if (!searchedNear)
        {
            yield return "Pictures that look alike were not searched for.";
        }
        else if (leakage.EndedSearch is { } ended)
        {
            yield return $"Pictures that look alike were searched for in part: {ended}.";
        }

        if (searchedNear && !leakage.SearchedCopies)
        {
            yield return
                "Crops of one picture were not searched for: too many images of one group are in two parts. A split by groups leaves none.";
        }

        if (leakage.GroupsUnknown > 0 && leakage.Checks.Count > 0)
        {
            yield return
                $"Groups unknown for {DisplayedNumber.Counted(leakage.GroupsUnknown, "image", "images")}: whether their patients are "
                + "in two parts cannot be told.";
        }

        if (leakage.Unreadable is { Count: > 0 } unreadable)
        {
            yield return
                $"{DisplayedNumber.Counted(unreadable.Count, "file", "files")} cannot be read, for example {unreadable[0]}: "
                + "compared by bytes at most.";
        }
    }

    /// <summary>The sentence about a probe that finds a shortcut.</summary>
    /// <param name="probe">The probe.</param>
    /// <param name="judgedOn">The part that it was judged on.</param>
    public static string Of(ProbeReport probe, string judgedOn) => string.Create(
        CultureInfo.InvariantCulture,
        $"A shortcut is open: from {probe.Sees}, a {probe.Method} classifies {probe.Accuracy} of the {judgedOn} images rightly; "
            + $"always answering {probe.Predictions.ClassNames[probe.MajorityClass]} would get {probe.MajorityAccuracy}.");

    /// <summary>The pairs whose two images are not of one group of equal files.</summary>
    private static List<NearDuplicate> Unequal(IReadOnlyList<NearDuplicate> pairs, IReadOnlyList<IReadOnlyList<AuditedImage>> equal)
    {
        var groups = new Dictionary<AuditedImage, int>();
        foreach (var (number, image) in equal.SelectMany((group, number) => group.Select(image => (number, image))))
        {
            groups[image] = number;
        }

        return
        [
            .. pairs.Where(pair => !groups.TryGetValue(pair.First, out var first)
                || !groups.TryGetValue(pair.Second, out var second)
                || first != second),
        ];
    }
}
