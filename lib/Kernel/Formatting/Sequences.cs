using System.Collections;
using System.Globalization;

namespace CovidNotebooks.Kernel.Formatting;

/// <summary>The beginning of a sequence, and what is said about the rest.</summary>
internal static class Sequences
{
    /// <summary>The first items, and "(n more)" or "(more...)" when there are others.</summary>
    public static (IReadOnlyList<object?> Items, string? More) Take(IEnumerable sequence, int limit)
    {
        var items = new List<object?>();
        foreach (var item in sequence)
        {
            if (items.Count == limit)
            {
                var rest = Count(sequence) is { } count ? (count - limit).ToString(CultureInfo.InvariantCulture) + " more" : "more...";
                return (items, $"({rest})");
            }

            items.Add(item);
        }

        return (items, null);
    }

    /// <summary>Scalars on one line, as <c>[ 1, 2, 3 ]</c>.</summary>
    public static string Line(IReadOnlyList<object?> items, string? more) =>
        items.Count == 0 && more is null ? "[  ]"
        : $"[ {string.Join(", ", items.Select(Scalars.Text))}{(more is null ? "" : " ... " + more)} ]";

    private static int? Count(IEnumerable sequence) => sequence switch
    {
        ICollection collection => collection.Count,
        IReadOnlyCollection<object> collection => collection.Count,
        _ => sequence.GetType().GetInterfaces()
            .FirstOrDefault(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IReadOnlyCollection<>))
            ?.GetProperty("Count")?.GetValue(sequence) as int?,
    };
}
