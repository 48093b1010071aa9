using CovidNotebooks.Kernel.Session;

namespace Microsoft.DotNet.Interactive;

/// <summary>A value that a cell has displayed: the handle by which its output is replaced.</summary>
public sealed class DisplayedValue
{
    private readonly CSharpSession _session;
    private readonly string[] _mimeTypes;

    internal DisplayedValue(CSharpSession session, string displayId, string[] mimeTypes)
    {
        _session = session;
        DisplayId = displayId;
        _mimeTypes = mimeTypes;
    }

    /// <summary>The id that the output has in the session.</summary>
    public string DisplayId { get; }

    /// <summary>The MIME types that were asked for; empty when the value's own preference decides.</summary>
    public IReadOnlyCollection<string> MimeTypes => _mimeTypes;

    /// <summary>Shows <paramref name="updatedValue"/> in the place of what was displayed.</summary>
    /// <param name="updatedValue">The new value, formatted in the same MIME types.</param>
    public void Update(object? updatedValue) => _session.Update(DisplayId, updatedValue, _mimeTypes);
}
