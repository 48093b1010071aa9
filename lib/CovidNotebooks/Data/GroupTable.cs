using System.Globalization;
using CovidNotebooks.Display;

namespace CovidNotebooks.Data;

/// <summary>
/// A table of groups: which patient each image shows, and where it came from. Paths are compared after their separators, a leading
/// <c>./</c>, the Unicode form and spaces around them are made alike, and without upper and lower case where that is unique; what was made
/// alike, what contradicts itself and what fits nothing is counted in <see cref="Notes"/>.
/// </summary>
/// <remarks>
/// A blank group is unknown, and so are the words that tables write for it (<c>nan</c>, <c>NA</c>, <c>null</c>, <c>unknown</c> …): unknown
/// patients are not one patient.
/// </remarks>
public sealed class GroupTable
{
    private static readonly HashSet<string> WordsForUnknown = new(
        ["nan", "na", "n/a", "null", "none", "unknown", "?", "-"], StringComparer.OrdinalIgnoreCase);

    private readonly string name;
    private readonly Dictionary<string, Row> rows = new(StringComparer.Ordinal);
    private readonly ILookup<string, Row> withoutCase;
    private readonly List<string> notes = [];

    private GroupTable(string name, CsvTable table)
    {
        this.name = name;
        var (path, group, source) = (table.IndexOf("path"), table.IndexOf("group"), table.IndexOf("source"));
        var spellings = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var (rewritten, merged, unknown) = (0, new HashSet<string>(StringComparer.Ordinal), 0);
        var disagreeing = new Dictionary<string, (Row First, Row Second)>(StringComparer.Ordinal);
        foreach (var record in table.Rows)
        {
            var written = record.Fields[path] ?? "";
            var key = Key(written);
            rewritten += string.Equals(key, written, StringComparison.Ordinal) ? 0 : 1;
            var named = Known(record.Fields[group]);
            unknown += named is null ? 1 : 0;
            if (named is not null && !spellings.TryAdd(named, named) && !string.Equals(spellings[named], named, StringComparison.Ordinal))
            {
                merged.Add($"{named} = {spellings[named]}");
                named = spellings[named];
            }

            // A source may name more after a colon, for example the file there.
            var row = new Row(record.Number, key, named, source < 0 ? null : Known(record.Fields[source]?.Split(':')[0]));
            if (rows.TryGetValue(key, out var earlier))
            {
                if (earlier.Group is not null
                    && row.Group is not null
                    && !string.Equals(earlier.Group, row.Group, StringComparison.Ordinal))
                {
                    disagreeing.TryAdd(key, (earlier, row));
                }

                row = earlier with
                {
                    Group = disagreeing.ContainsKey(key) ? null : earlier.Group ?? row.Group,
                    Source = earlier.Source ?? row.Source,
                };
            }

            rows[key] = row;
        }

        withoutCase = rows.Values.ToLookup(row => row.Path, StringComparer.OrdinalIgnoreCase);
        Note(
            rewritten,
            "path was",
            "paths were",
            "read with / between folders, without ./ and outer spaces, and with letters in one Unicode form");
        Note(
            merged.Count,
            "spelling of a group was",
            "spellings of groups were",
            $"taken for another that differs in upper and lower case only: {Few(merged)}");
        Note(unknown, "row has", "rows have", "no group: unknown, each on its own");
        Note(
            disagreeing.Count,
            "image has",
            "images have",
            $"rows that name different groups, so the group is unknown: {Few(disagreeing.Values.Select(Text))}");
    }

    /// <summary>The paths of the rows, made alike, in the order of the file.</summary>
    public IReadOnlyCollection<string> Paths => rows.Keys;

    /// <summary>What was made alike and what contradicts itself, one sentence each.</summary>
    public IReadOnlyList<string> Notes => notes;

    /// <summary>Reads a CSV file with the columns path and group, and source where there is one.</summary>
    /// <exception cref="DataException">A column is missing, or a line has another number of cells than the header.</exception>
    public static GroupTable Read(string file)
    {
        ArgumentException.ThrowIfNullOrEmpty(file);
        return new GroupTable(
            Path.GetFileName(file),
            CsvTable.Parse(
                File.ReadAllText(file),
                file,
                ["path", "group"],
                "Expected a line of column names, then a line an image, with its path and its group."));
    }

    /// <summary>The image with its group and source; as it is where no row names it.</summary>
    public LabeledImage Apply(LabeledImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        return Find(image) is { } row ? image with { Group = row.Group, Source = row.Source ?? image.Source } : image;
    }

    /// <summary>Compares the rows with the images of a set.</summary>
    /// <returns>One sentence for each kind of row or image that fits nothing, after those of <see cref="Notes"/>.</returns>
    /// <exception cref="DataException">No row names an image of the set.</exception>
    public IReadOnlyList<string> Compare(IReadOnlyCollection<LabeledImage> images)
    {
        ArgumentNullException.ThrowIfNull(images);
        var found = images.Select(image => (image.Path, Row: Find(image))).ToArray();
        if (rows.Count > 0 && images.Count > 0 && found.All(pair => pair.Row is null))
        {
            var first = rows.Values.First();
            throw new DataException(string.Create(
                CultureInfo.InvariantCulture,
                $"{name} names none of the {images.Count:N0} images: its line {first.Line} says \"{first.Path}\", an image is called "
                    + $"\"{found[0].Path}\". ")
                +
                    "Expected paths from the set's folder, with / between folders. Correct the column path, or remove the table: "
                    + "then the groups are unknown.");
        }

        var used = found.Select(pair => pair.Row).OfType<Row>().ToHashSet();
        var extra = rows.Values.Where(row => !used.Contains(row)).ToArray();
        var without = found.Where(pair => pair.Row is null).ToArray();
        var otherCase = found.Where(pair => pair.Row is { } row && !string.Equals(row.Path, Key(pair.Path), StringComparison.Ordinal))
            .Select(pair => pair.Path).ToArray();
        return
        [
            .. notes,
            .. Sentences(
                otherCase.Length, "image was", "images were", $"found under a path in other upper and lower case: {Few(otherCase)}"),
            .. Sentences(
                extra.Length,
                "row names",
                "rows name",
                $"no image of the set: {Few(extra.Select(row => $"{row.Path} (line {row.Line})"))}"),
            .. Sentences(
                without.Length, "image has", "images have", $"no row, so no group from it: {Few(without.Select(pair => pair.Path))}"),
        ];
    }

    /// <summary>A path as it is compared.</summary>
    internal static string Key(string path)
    {
        var parts = UnicodeComposition.Compose(path).Trim().Split('/', '\\').Select(part => part.Trim())
            .Where(part => part.Length > 0 && part != ".");
        return string.Join('/', parts);
    }

    /// <summary>The name of a group or source, or null where a field says that it is unknown.</summary>
    internal static string? Known(string? field) =>
        field is null || UnicodeComposition.Compose(field).Trim() is var name && (name.Length == 0 || WordsForUnknown.Contains(name)) ? null
        : name;

    private Row? Find(LabeledImage image)
    {
        var key = Key(image.Path);
        return rows.GetValueOrDefault(key) ?? (withoutCase[key].Take(2).ToArray() is [var only] ? only : null);
    }

    private void Note(int count, string one, string several, string what) => notes.AddRange(Sentences(count, one, several, what));

    private IEnumerable<string> Sentences(int count, string one, string several, string what) =>
        count == 0 ? [] : [$"{name}: {DisplayedNumber.Counted(count, one, several)} {what}."];

    private static string Text((Row First, Row Second) pair) => string.Create(
        CultureInfo.InvariantCulture,
        $"{pair.First.Path} (line {pair.First.Line}: {pair.First.Group}, line {pair.Second.Line}: {pair.Second.Group})");

    private static string Few(IEnumerable<string> items) =>
        items.ToArray() is var all && all.Length > 3 ? string.Join(", ", all.Take(3)) + " …" : string.Join(", ", all);

    private sealed record Row(int Line, string Path, string? Group, string? Source);
}
