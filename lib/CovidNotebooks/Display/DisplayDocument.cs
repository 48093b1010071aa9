namespace CovidNotebooks.Display;

/// <summary>What a result shows, from top to bottom: sentences, lists, tables, cards, drawings, and parts that are folded away.</summary>
/// <remarks>One document, three forms: HTML for notebooks and pages, plain text for terminals and logs, Markdown for reports.</remarks>
public sealed class DisplayDocument : Displayed
{
    private readonly List<DisplayBlock> blocks;

    /// <summary>A document of some blocks.</summary>
    /// <param name="blocks">From top to bottom.</param>
    public DisplayDocument(params IEnumerable<DisplayBlock> blocks) => this.blocks = [.. blocks];

    /// <summary>The blocks, from top to bottom.</summary>
    public IReadOnlyList<DisplayBlock> Blocks => blocks;

    /// <summary>A document of one block.</summary>
    public static implicit operator DisplayDocument(DisplayBlock block) => new(block);

    /// <summary>Adds a block; null adds nothing.</summary>
    /// <returns>This document, so that calls can be chained.</returns>
    public DisplayDocument Add(DisplayBlock? block)
    {
        if (block is not null)
        {
            blocks.Add(block);
        }

        return this;
    }

    /// <summary>Adds all blocks of another document; null adds nothing.</summary>
    /// <returns>This document, so that calls can be chained.</returns>
    public DisplayDocument Add(DisplayDocument? other)
    {
        blocks.AddRange(other?.blocks ?? []);
        return this;
    }

    /// <summary>Adds a sentence; an empty one is left out.</summary>
    /// <param name="text">Plain text; encoded when it is written.</param>
    /// <param name="kind">What it is to the reader.</param>
    /// <returns>This document, so that calls can be chained.</returns>
    public DisplayDocument Say(string? text, ParagraphKind kind = ParagraphKind.Text) => string.IsNullOrEmpty(text) ? this
        : Add(new Paragraph(text, kind));

    /// <summary>
    /// Adds what only some readers want: folded in HTML, open in plain text and in Markdown. Content without a block is left out.
    /// </summary>
    /// <param name="summary">What one would see by unfolding it.</param>
    /// <param name="content">What is folded.</param>
    /// <returns>This document, so that calls can be chained.</returns>
    public DisplayDocument Fold(string summary, DisplayDocument content)
    {
        ArgumentNullException.ThrowIfNull(content);
        return content.blocks.Count == 0 ? this : Add(new Folded(summary, content));
    }

    /// <inheritdoc/>
    public override DisplayDocument Describe() => this;
}
