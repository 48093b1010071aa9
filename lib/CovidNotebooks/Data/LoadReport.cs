using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using CovidNotebooks.Display;

namespace CovidNotebooks.Data;

/// <summary>What a loader has read so far: counts, and every file that could not be read.</summary>
[TypeFormatterSource(typeof(DisplayedFormatters))]
public sealed class LoadReport : IDisplayed
{
    private readonly ConcurrentDictionary<string, string> _badImages = new(StringComparer.Ordinal);
    private long _decoded;
    private long _cachedBytes;
    private int _cachedImages;

    /// <summary>Files decoded, counting a file again each time it was decoded again.</summary>
    public long Decoded => Interlocked.Read(ref _decoded);

    /// <summary>Images whose pixels are kept in memory.</summary>
    public int CachedImages => Volatile.Read(ref _cachedImages);

    /// <summary>Bytes of pixels kept in memory.</summary>
    public long CachedBytes => Interlocked.Read(ref _cachedBytes);

    /// <summary>The files that could not be read, by path, each with what was wrong.</summary>
    public IReadOnlyList<(string Path, string Reason)> BadImages =>
        [.. _badImages.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => (pair.Key, pair.Value))];

    /// <inheritdoc/>
    public string ToPlainText()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"decoded {Decoded:N0} files; {CachedImages:N0} images ({CachedBytes / 1048576.0:N1} MB) in memory; {BadImages.Count:N0} could not be read\n");
        foreach (var (path, reason) in BadImages)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {path}: {reason}\n");
        }

        return text.ToString();
    }

    /// <inheritdoc/>
    public string ToHtml() => $"<pre>{WebUtility.HtmlEncode(ToPlainText())}</pre>";

    internal void AddDecoded() => Interlocked.Increment(ref _decoded);

    internal void AddBad(string path, string reason) => _badImages[path] = reason;

    internal bool TryReserve(long bytes, long limit)
    {
        if (Interlocked.Add(ref _cachedBytes, bytes) > limit)
        {
            Interlocked.Add(ref _cachedBytes, -bytes);
            return false;
        }

        Interlocked.Increment(ref _cachedImages);
        return true;
    }
}
