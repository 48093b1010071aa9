namespace CovidNotebooks.Runs;

/// <summary>A run's settings in groups: what stands before the first dot of a name.</summary>
public static class SettingGroups
{
    /// <summary>The groups that what runs is written in, in the order in which they are shown.</summary>
    private static readonly string[] Known = ["split", "model", "trainer", "train", "validation", "evaluation"];

    /// <summary>The settings by group: first those of none (the story, the data), then the known groups, then others by name.</summary>
    /// <param name="parameters">A record's settings.</param>
    /// <returns>
    /// For each group its name (empty for none) and its settings, by the rest of their names: empty for the group's own word.
    /// </returns>
    public static IReadOnlyList<(
        string Group, IReadOnlyList<KeyValuePair<string, object?>> Settings)> Of(IReadOnlyDictionary<string, object?> parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return
        [
            .. parameters.GroupBy(pair => GroupOf(pair.Key, parameters), StringComparer.Ordinal)
                .OrderBy(group => Place(group.Key)).ThenBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => (
                    group.Key,
                    (IReadOnlyList<KeyValuePair<string, object?>>)[
                        .. group.Select(pair => KeyValuePair.Create(Rest(pair.Key, group.Key), pair.Value)),
                    ])),
        ];
    }

    private static string GroupOf(string name, IReadOnlyDictionary<string, object?> parameters)
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 ? name[..dot]
            : Known.Contains(name, StringComparer.Ordinal)
                && parameters.Keys.Any(other => other.StartsWith(name + ".", StringComparison.Ordinal)) ? name
            : string.Empty;
    }

    private static string Rest(string name, string group) =>
        group.Length == 0 ? name : name.Length == group.Length ? string.Empty : name[(group.Length + 1)..];

    private static int Place(string group) =>
        group.Length == 0 ? -1 : Array.IndexOf(Known, group) is >= 0 and var place ? place : Known.Length;
}
