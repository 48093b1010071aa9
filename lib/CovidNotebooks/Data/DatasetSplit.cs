using CovidNotebooks.Display;

namespace CovidNotebooks.Data;

/// <summary>A dataset cut into named parts, with the card that tells how.</summary>
[TypeFormatterSource(typeof(DisplayedFormatters))]
public sealed class DatasetSplit : IDisplayed
{
    /// <summary>Puts parts together.</summary>
    /// <param name="title">What was split, and how.</param>
    /// <param name="parts">The parts by name, for example train, val, test.</param>
    /// <param name="notes">What is to be said of its groups, for example where a table of patients does not fit; shown on its card.</param>
    /// <exception cref="ArgumentException">There is no part, or two have one name.</exception>
    public DatasetSplit(string title, IReadOnlyList<(string Name, ImageDataset Dataset)> parts, IReadOnlyList<string>? notes = null)
    {
        ArgumentNullException.ThrowIfNull(parts);
        if (parts.Count == 0 || parts.Select(part => part.Name).Distinct(StringComparer.Ordinal).Count() < parts.Count)
        {
            throw new ArgumentException("A split has at least one part, and their names differ.", nameof(parts));
        }

        Parts = parts;
        Card = new SplitCard(title, parts, notes);
    }

    /// <summary>The parts, in order.</summary>
    public IReadOnlyList<(string Name, ImageDataset Dataset)> Parts { get; }

    /// <summary>Counts per part and class, groups, and what is in two parts.</summary>
    public SplitCard Card { get; }

    /// <summary>A part.</summary>
    /// <exception cref="DataException">There is no part of that name; the message lists them.</exception>
    public ImageDataset this[string name] => Find(name)
        ?? throw new DataException($"There is no split \"{name}\". Found: {string.Join(", ", Parts.Select(part => part.Name))}.");

    /// <summary>A part, or null when there is none of that name.</summary>
    public ImageDataset? Find(string name) =>
        Parts.FirstOrDefault(part => string.Equals(part.Name, name, StringComparison.Ordinal)).Dataset;

    /// <inheritdoc/>
    public string ToHtml() => Card.ToHtml();

    /// <inheritdoc/>
    public string ToPlainText() => Card.ToPlainText();
}
