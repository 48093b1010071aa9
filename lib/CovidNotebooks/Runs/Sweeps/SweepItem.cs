using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CovidNotebooks.Display;

namespace CovidNotebooks.Runs.Sweeps;

/// <summary>One experiment of a sweep: settings and a seed.</summary>
/// <param name="Settings">Names and values: numbers, words, truth values, lists of them, or null.</param>
/// <param name="Seed">The seed; null where the sweep has none.</param>
public sealed record SweepItem(IReadOnlyDictionary<string, object?> Settings, long? Seed)
{
    /// <summary>
    /// 16 hexadecimal digits made of settings and seed: the same item has the same key in every sweep, whatever else is in it.
    /// </summary>
    public string Key => KeyOf(Settings, Seed);

    /// <summary>Every combination of values with every seed, the last name changing fastest, and seeds faster still.</summary>
    /// <param name="over">Names and their values; each name once, at least one value each.</param>
    /// <param name="seeds">The seeds; none for items without a seed.</param>
    /// <exception cref="ArgumentException">A name or a value is there twice, or a name has no value.</exception>
    public static IReadOnlyList<SweepItem> Grid(IReadOnlyList<(string Name, IReadOnlyList<object?> Values)> over, IReadOnlyList<long> seeds)
    {
        ArgumentNullException.ThrowIfNull(over);
        ArgumentNullException.ThrowIfNull(seeds);
        IEnumerable<Dictionary<string, object?>> combinations = [new(StringComparer.Ordinal)];
        foreach (var (name, values) in over)
        {
            if (values.Count == 0)
            {
                throw new ArgumentException($"'{name}' has no value to try. Give one at least.", nameof(over));
            }

            combinations = combinations.SelectMany(known => values.Select(value => known.ContainsKey(name)
                ? throw new ArgumentException($"'{name}' is swept over twice. Give all its values at once.", nameof(over))
                : new Dictionary<string, object?>(known, StringComparer.Ordinal) { [name] = value }));
        }

        long?[] drawn = seeds.Count == 0 ? [null] : [.. seeds.Select(seed => (long?)seed)];
        return Distinct([.. combinations.SelectMany(settings => drawn.Select(seed => new SweepItem(settings, seed)))]);
    }

    /// <summary>The same items, each of them once.</summary>
    /// <exception cref="ArgumentException">An item is there twice: its result would count twice.</exception>
    internal static IReadOnlyList<SweepItem> Distinct(IReadOnlyList<SweepItem> items)
    {
        var twice = items.GroupBy(item => item.Key, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1);
        return twice is null ? items
            : throw new ArgumentException(
                $"{twice.First().ToText()} is there {twice.Count()} times. Give each value and each seed once.", nameof(items));
    }

    /// <summary>For example <c>learning_rate 0.001, seed 2</c>.</summary>
    public string ToText() => string.Join(", ", [
        .. Settings.Select(pair => $"{pair.Key} {DisplayedNumber.ValueText(pair.Value)}"),
        .. Seed is { } seed ? [string.Create(CultureInfo.InvariantCulture, $"seed {seed}")] : Array.Empty<string>(),
    ]);

    private static string KeyOf(IReadOnlyDictionary<string, object?> settings, long? seed)
    {
        var sorted = new SortedDictionary<string, object?>(settings.ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal);
        var text = JsonSerializer.Serialize(new { settings = (IReadOnlyDictionary<string, object?>)sorted, seed }, RunDocument.OneLine);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];
    }
}
