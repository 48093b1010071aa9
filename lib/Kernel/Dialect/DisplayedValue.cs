using CovidNotebooks.Kernel.Session;

namespace Microsoft.DotNet.Interactive;

/// <summary>A value that a cell has displayed: the handle by which its output is replaced.</summary>
public sealed class DisplayedValue
{
    private readonly CSharpSession session;
    private readonly string[] mimeTypes;
    private readonly bool isContent;

    internal DisplayedValue(CSharpSession session, string displayId, string[] mimeTypes, bool isContent)
    {
        this.session = session;
        this.isContent = isContent;
        DisplayId = displayId;
        this.mimeTypes = mimeTypes;
    }

    /// <summary>The id that the output has in the session.</summary>
    public string DisplayId { get; }

    /// <summary>The MIME types that were asked for; empty when the value's own preference decides.</summary>
    public IReadOnlyCollection<string> MimeTypes => mimeTypes;

    /// <summary>Shows <paramref name="updatedValue"/> in the place of what was displayed.</summary>
    /// <param name="updatedValue">
    /// The new value, formatted in the same MIME types; where content was displayed by <c>DisplayAs</c>, a string is content again.
    /// </param>
    public void Update(object? updatedValue)
    {
        if (isContent && updatedValue is string content)
        {
            session.UpdateAs(DisplayId, content, mimeTypes);
        }
        else
        {
            session.Update(DisplayId, updatedValue, mimeTypes);
        }
    }
}
