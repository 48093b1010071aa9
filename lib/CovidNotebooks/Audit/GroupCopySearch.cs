using System.Collections.Concurrent;

namespace CovidNotebooks.Audit;

/// <summary>
/// Pictures of one group in two parts that are cut out of one picture: laid over each other as <see cref="CopySearch"/> does it. Only
/// images of one group are compared: laying over costs some milliseconds a pair, too much for all pairs of a dataset.
/// </summary>
/// <remarks>
/// In COVID-CT the five slices that were cut twice out of one publication, once in val and once in test, reach .979 to .997; the 75 other
/// pairs of one publication in two parts reach .894 and less, slices of one patient and follow-ups among them.
/// </remarks>
internal static class GroupCopySearch
{
    /// <summary>Pairs beyond this number are not searched: the search would take minutes.</summary>
    public const int MostPairs = 2000;

    /// <summary>Pairs that correlate less than this before they are laid over each other are not copies.</summary>
    private const double CoarseThreshold = 0.4;

    /// <summary>The pairs to compare: images of one group in two parts; null when there are more than <see cref="MostPairs"/>.</summary>
    public static IReadOnlyList<(T First, T Second)>? Candidates<T>(IReadOnlyList<T> images, Func<T, string?> group, Func<T, string> part)
    {
        var pairs = images.Where(image => group(image) is not null).GroupBy(group, StringComparer.Ordinal)
            .SelectMany(members => Across([.. members], part)).Take(MostPairs + 1).ToArray();
        return pairs.Length > MostPairs ? null : pairs;
    }

    /// <summary>The copies among pairs whose files were scanned with details, best first.</summary>
    public static IReadOnlyList<NearDuplicate> Pairs(IReadOnlyList<(ComparedImage First, ComparedImage Second)> pairs)
    {
        var views = new ConcurrentDictionary<string, TrimmedViews>(StringComparer.Ordinal);
        TrimmedViews? Views(ScannedFile file) =>
            file.Detail is { } detail ? views.GetOrAdd(file.Path, _ => new TrimmedViews(detail)) : null;
        var found = new ConcurrentBag<NearDuplicate>();
        Parallel.ForEach(pairs, pair =>
        {
            if (Views(pair.First.File) is { } first && Views(pair.Second.File) is { } second
                && first.Coarse(second) is { Correlation: >= CoarseThreshold } coarse
                && first.Fit(second, coarse.Start) is var correlation and >= CopySearch.Threshold)
            {
                found.Add(new NearDuplicate(pair.First.Audited, pair.Second.Audited, Math.Min(1, correlation)));
            }
        });
        return
        [
            .. found.OrderByDescending(pair => pair.Correlation).ThenBy(pair => pair.First.Path, StringComparer.Ordinal)
                .ThenBy(pair => pair.Second.Path, StringComparer.Ordinal),
        ];
    }

    private static IEnumerable<(T First, T Second)> Across<T>(T[] group, Func<T, string> part)
    {
        // A large group in one part has no pair, which nobody has to search for pair by pair.
        var parts = group.Select(part).Distinct(StringComparer.Ordinal).Count();
        for (var i = 0; parts > 1 && i < group.Length; i++)
        {
            for (var j = i + 1; j < group.Length; j++)
            {
                if (!string.Equals(part(group[i]), part(group[j]), StringComparison.Ordinal))
                {
                    yield return (group[i], group[j]);
                }
            }
        }
    }
}
