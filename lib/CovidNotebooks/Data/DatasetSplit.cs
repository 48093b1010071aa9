using CovidNotebooks.Display;

namespace CovidNotebooks.Data;

/// <summary>A dataset cut into named parts, with the card that tells how.</summary>
public sealed class DatasetSplit : Displayed
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
        Title = title;
        Rule = new OtherSplit(title);
        Card = new SplitCard(title, parts, notes);
    }

    /// <summary>The parts, in order.</summary>
    public IReadOnlyList<(string Name, ImageDataset Dataset)> Parts { get; }

    /// <summary>What was split, and how, in words.</summary>
    public string Title { get; }

    /// <summary>How it was cut; one that was put together by hand has its title as <see cref="OtherSplit"/>.</summary>
    public SplitRule Rule { get; init; }

    /// <summary>Counts per part and class, groups, and what is in two parts.</summary>
    public SplitCard Card { get; }

    /// <summary>A part.</summary>
    /// <exception cref="DataException">There is no part of that name; the message lists them.</exception>
    public ImageDataset this[string name] => Find(name)
        ?? throw new DataException($"There is no split \"{name}\". Found: {string.Join(", ", Parts.Select(part => part.Name))}.");

    /// <summary>The same parts of the same rule with every dataset changed, for example its classes in another order.</summary>
    /// <param name="change">Changes a dataset.</param>
    public DatasetSplit Select(Func<ImageDataset, ImageDataset> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        return new DatasetSplit(Title, [.. Parts.Select(part => (part.Name, change(part.Dataset)))], Card.Notes) { Rule = Rule };
    }

    /// <summary>
    /// The images of all parts in one data set, sorted by class and path: what a data card and a split by Keras' rules want.
    /// </summary>
    /// <param name="name">What it is called; by default the name of the collection, else this split's title.</param>
    public ImageDataset All(string? name = null)
    {
        var all = ImageDataset.Join(name ?? Parts[0].Dataset.Info?.Name ?? Title, [.. Parts.Select(part => part.Dataset)]);
        return all.With(all.Name, [.. all.Images.OrderBy(image => image.Label).ThenBy(image => image.Path, StringComparer.Ordinal)]);
    }

    /// <summary>A part, or null when there is none of that name.</summary>
    public ImageDataset? Find(string name) =>
        Parts.FirstOrDefault(part => string.Equals(part.Name, name, StringComparison.Ordinal)).Dataset;

    /// <inheritdoc/>
    public override DisplayDocument Describe() => Card.Describe();
}
