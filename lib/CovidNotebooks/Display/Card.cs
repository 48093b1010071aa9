namespace CovidNotebooks.Display;

/// <summary>A short list of names and values with a title: settings, counts, an environment.</summary>
/// <param name="title">What the card is of.</param>
[TypeFormatterSource(typeof(DisplayedFormatters))]
public sealed class Card(string title) : IDisplayed
{
    private readonly List<KeyValuePair<string, string>> entries = [];

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

    /// <inheritdoc/>
    public string ToHtml() => AsTable().ToHtml();

    /// <inheritdoc/>
    public string ToPlainText()
    {
        var width = entries.Count == 0 ? 0 : entries.Max(entry => entry.Key.Length);
        return Title + "\n" + string.Concat(entries.Select(entry => $"  {entry.Key.PadRight(width)}  {entry.Value}\n"));
    }

    /// <inheritdoc/>
    public override string ToString() => ToPlainText();

    private HtmlTable AsTable()
    {
        var table = new HtmlTable(Title, TableColumn.Text("name"), TableColumn.Text("value"));
        foreach (var (name, value) in entries)
        {
            table.Add(name, value);
        }

        return table;
    }
}
