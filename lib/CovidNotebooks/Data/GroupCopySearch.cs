using System.Collections.Concurrent;

namespace CovidNotebooks.Data;

/// <summary>An image that is to be compared with the others of its group.</summary>
/// <param name="File">Its file.</param>
/// <param name="Group">Its group; null when unknown, then it is not compared.</param>
/// <param name="Audited">Its name, part and class.</param>
internal sealed record GroupedFile(string File, string? Group, AuditedImage Audited);

/// <summary>
/// Pictures of one group in two parts that are cut out of one picture: laid over each other as <see cref="CopySearch"/> does it. Only images of one group
/// are compared: laying over costs some milliseconds a pair, too much for all pairs of a dataset.
/// </summary>
/// <remarks>
/// In COVID-CT the five slices that were cut twice out of one publication, once in val and once in test, reach .979 to .997; the 75 other pairs of one publication in two
/// parts reach .894 and less, slices of one patient and follow-ups among them.
/// </remarks>
internal static class GroupCopySearch
{
    /// <summary>Pairs beyond this number are not searched: the search would take minutes.</summary>
    public const int MostPairs = 2000;

    /// <summary>Pairs that correlate less than this before they are laid over each other are not copies.</summary>
    private const double CoarseThreshold = 0.4;

    /// <summary>The copies, best first; null when there are more than <see cref="MostPairs"/> pairs to compare.</summary>
    public static IReadOnlyList<NearDuplicate>? Pairs(IReadOnlyList<GroupedFile> images)
    {
        var pairs = images.Where(image => image.Group is not null).GroupBy(image => image.Group, StringComparer.Ordinal)
            .SelectMany(group => Across([.. group])).Take(MostPairs + 1).ToArray();
        if (pairs.Length > MostPairs)
        {
            return null;
        }

        var files = pairs.SelectMany(pair => new[] { pair.First.File, pair.Second.File }).Distinct(StringComparer.Ordinal).ToArray();
        var views = new ConcurrentDictionary<string, TrimmedViews?>(StringComparer.Ordinal);
        Parallel.ForEach(files, file => views[file] = TrimmedViews.Read(file));
        var found = new ConcurrentBag<NearDuplicate>();
        Parallel.ForEach(pairs, pair =>
        {
            if (views[pair.First.File] is { } first && views[pair.Second.File] is { } second
                && first.Coarse(second) is { Correlation: >= CoarseThreshold } coarse
                && first.Fit(second, coarse.Start) is var correlation and >= CopySearch.Threshold)
            {
                found.Add(new NearDuplicate(pair.First.Audited, pair.Second.Audited, Math.Min(1, correlation)));
            }
        });
        return [.. found.OrderByDescending(pair => pair.Correlation).ThenBy(pair => pair.First.Path, StringComparer.Ordinal).ThenBy(pair => pair.Second.Path, StringComparer.Ordinal)];
    }

    private static IEnumerable<(GroupedFile First, GroupedFile Second)> Across(GroupedFile[] group)
    {
        for (var i = 0; i < group.Length; i++)
        {
            for (var j = i + 1; j < group.Length; j++)
            {
                if (!string.Equals(group[i].Audited.Split, group[j].Audited.Split, StringComparison.Ordinal))
                {
                    yield return (group[i], group[j]);
                }
            }
        }
    }
}
