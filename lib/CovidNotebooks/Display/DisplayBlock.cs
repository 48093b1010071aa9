namespace CovidNotebooks.Display;

/// <summary>A part of a <see cref="DisplayDocument"/>. Each shows itself alone, too.</summary>
public abstract class DisplayBlock : Displayed
{
    /// <inheritdoc/>
    public override DisplayDocument Describe() => new(this);
}

/// <summary>What a sentence is to the reader.</summary>
public enum ParagraphKind
{
    /// <summary>A sentence like others.</summary>
    Text,

    /// <summary>What was found: the first sentence of a result, in bold.</summary>
    Finding,

    /// <summary>What a reader must not miss.</summary>
    Warning,

    /// <summary>How something was made, in small letters.</summary>
    Note,
}

/// <summary>A sentence, or some of them.</summary>
/// <param name="text">Plain text; encoded when it is written.</param>
/// <param name="kind">What it is to the reader.</param>
public sealed class Paragraph(string text, ParagraphKind kind = ParagraphKind.Text) : DisplayBlock
{
    /// <summary>Plain text.</summary>
    public string Text { get; } = text;

    /// <summary>What it is to the reader.</summary>
    public ParagraphKind Kind { get; } = kind;
}

/// <summary>The title of a whole document.</summary>
/// <param name="text">Plain text; encoded when it is written.</param>
public sealed class Heading(string text) : DisplayBlock
{
    /// <summary>Plain text.</summary>
    public string Text { get; } = text;
}

/// <summary>Sentences, one a line.</summary>
/// <param name="items">Plain text; encoded when it is written.</param>
public sealed class BulletList(params IEnumerable<string> items) : DisplayBlock
{
    /// <summary>The lines.</summary>
    public IReadOnlyList<string> Items { get; } = [.. items];
}

/// <summary>A part of a document under a heading of its own.</summary>
/// <param name="title">The heading.</param>
/// <param name="content">What stands below it.</param>
public sealed class Section(string title, params IEnumerable<DisplayBlock> content) : DisplayBlock
{
    /// <summary>The heading.</summary>
    public string Title { get; } = title;

    /// <summary>What stands below it.</summary>
    public DisplayDocument Content { get; } = new(content);
}

/// <summary>A part that only some readers want: folded in HTML, open in plain text and in Markdown.</summary>
/// <param name="summary">What one would see by unfolding it.</param>
/// <param name="content">What is folded.</param>
public sealed class Folded(string summary, DisplayDocument content) : DisplayBlock
{
    /// <summary>What one would see by unfolding it.</summary>
    public string Summary { get; } = summary;

    /// <summary>What is folded.</summary>
    public DisplayDocument Content { get; } = content;
}

/// <summary>An inline SVG; plain text and Markdown leave it out, so its numbers stand in a table, too.</summary>
/// <param name="svg">The markup, without script.</param>
public sealed class Drawing(string svg) : DisplayBlock
{
    /// <summary>The markup.</summary>
    public string Svg { get; } = svg;
}
