using CovidNotebooks.Kernel.Session;

namespace Microsoft.DotNet.Interactive;

/// <summary>A value that a cell has displayed: the handle by which its output is replaced.</summary>
public sealed class DisplayedValue
{
    private readonly CSharpSession _session;
    private readonly string[] _mimeTypes;
    private readonly bool _isContent;

    internal DisplayedValue(CSharpSession session, string displayId, string[] mimeTypes, bool isContent)
    {
        _session = session;
        _isContent = isContent;
        DisplayId = displayId;
        _mimeTypes = mimeTypes;
    }

    /// <summary>The id that the output has in the session.</summary>
    public string DisplayId { get; }

    /// <summary>The MIME types that were asked for; empty when the value's own preference decides.</summary>
    public IReadOnlyCollection<string> MimeTypes => _mimeTypes;

    /// <summary>Shows <paramref name="updatedValue"/> in the place of what was displayed.</summary>
    /// <param name="updatedValue">
    /// The new value, formatted in the same MIME types; where content was displayed by <c>DisplayAs</c>, a string is content again.
    /// </param>
    public void Update(object? updatedValue)
    {
        if (_isContent && updatedValue is string content)
        {
            _session.UpdateAs(DisplayId, content, _mimeTypes);
        }
        else
        {
            _session.Update(DisplayId, updatedValue, _mimeTypes);
        }
    }
}
