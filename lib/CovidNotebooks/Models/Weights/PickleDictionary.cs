namespace CovidNotebooks.Models.Weights;

/// <summary>
/// A dict of a pickle: its pairs in their order. A key that is set again keeps its place and takes the new value, as in Python.
/// </summary>
internal sealed class PickleDictionary
{
    // Most dicts of a checkpoint are empty or small: nothing is allocated before the first pair, no index before somebody asks.
    private List<(object Key, object? Value)>? pairs;

    /// <summary>The pairs, every key once.</summary>
    public IReadOnlyList<(object Key, object? Value)> Pairs => Distinct();

    /// <summary>Pairs as they were set, keys that were set again included.</summary>
    public int SetCount => pairs?.Count ?? 0;

    /// <summary>Sets a pair.</summary>
    public void Set(object key, object? value) => (pairs ??= []).Add((key, value));

    /// <summary>The value of a string key, or null.</summary>
    public object? Find(string key) =>
        pairs?.LastOrDefault(pair => pair.Key is string name && string.Equals(name, key, StringComparison.Ordinal)).Value;

    private List<(object Key, object? Value)> Distinct()
    {
        if (pairs is null)
        {
            return [];
        }

        var places = new Dictionary<object, int>();
        var distinct = new List<(object Key, object? Value)>();
        foreach (var pair in pairs)
        {
            if (places.TryAdd(pair.Key, distinct.Count))
            {
                distinct.Add(pair);
            }
            else
            {
                distinct[places[pair.Key]] = (distinct[places[pair.Key]].Key, pair.Value);
            }
        }

        return pairs = distinct;
    }
}
