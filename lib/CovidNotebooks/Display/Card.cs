namespace CovidNotebooks.Display;

/// <summary>A short list of names and values with a title: settings, counts, an environment.</summary>
/// <param name="title">What the card is of.</param>
public sealed class Card(string title) : DisplayBlock
{
    private readonly List<KeyValuePair<string, string>> entries = [];

    /// <summary>A card of some lines.</summary>
    /// <param name="title">What the card is of.</param>
    /// <param name="entries">Names and values; see <see cref="Add"/>.</param>
    public Card(string title, params IEnumerable<(string Name, object? Value)> entries)
        : this(title)
    {
        foreach (var (name, value) in entries)
        {
            Add(name, value);
        }
    }

    /// <summary>What the card is of.</summary>
    public string Title { get; } = title;

    /// <summary>Names and values in the order in which they were added.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Entries => entries;

    /// <summary>Adds a line.</summary>
    /// <param name="name">What it is.</param>
    /// <param name="value">Its value; numbers are written in the invariant culture, null as a dash.</param>
    /// <returns>This card, so that calls can be chained.</returns>
    public Card Add(string name, object? value)
    {
        entries.Add(new KeyValuePair<string, string>(name, DisplayedNumber.ValueText(value)));
        return this;
    }

    /// <summary>The card as a table of two columns.</summary>
    internal Table AsTable()
    {
        var table = new Table(Title, TableColumn.Text("name"), TableColumn.Text("value"));
        foreach (var (name, value) in entries)
        {
            table.Add(name, value);
        }

        return table;
    }
}
