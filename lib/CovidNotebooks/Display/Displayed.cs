namespace CovidNotebooks.Display;

/// <summary>A result that says what it shows; how that looks as HTML, plain text or Markdown is the renderers' affair.</summary>
[TypeFormatterSource(typeof(DisplayedFormatters))]
public abstract class Displayed : IDisplayed
{
    /// <summary>What is shown: the finding in one sentence first, then what a reader needs, the rest folded.</summary>
    public abstract DisplayDocument Describe();

    /// <inheritdoc/>
    public string ToHtml() => HtmlRenderer.Render(Describe());

    /// <inheritdoc/>
    public string ToPlainText() => TextRenderer.Render(Describe());

    /// <summary>The same content as Markdown, with GitHub's tables; what is folded in HTML stands open.</summary>
    public virtual string ToMarkdown() => MarkdownRenderer.Render(Describe());

    /// <inheritdoc/>
    public override string ToString() => ToPlainText();
}

/// <summary><see cref="Displayed"/> for records.</summary>
[TypeFormatterSource(typeof(DisplayedFormatters))]
public abstract record DisplayedRecord : IDisplayed
{
    /// <inheritdoc cref="Displayed.Describe"/>
    public abstract DisplayDocument Describe();

    /// <inheritdoc/>
    public string ToHtml() => HtmlRenderer.Render(Describe());

    /// <inheritdoc/>
    public string ToPlainText() => TextRenderer.Render(Describe());

    /// <inheritdoc cref="Displayed.ToMarkdown"/>
    public string ToMarkdown() => MarkdownRenderer.Render(Describe());
}
