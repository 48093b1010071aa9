using System.Collections.Concurrent;
using System.Globalization;
using CovidNotebooks.Display;

namespace CovidNotebooks.Data;

/// <summary>What a loader has read so far: counts, and every file that could not be read.</summary>
public sealed class LoadReport : Displayed
{
    private readonly ConcurrentDictionary<string, string> badImages = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> deep = new(StringComparer.Ordinal);
    private long decoded;
    private long cachedBytes;
    private int cachedImages;

    /// <summary>Files decoded, counting a file again each time it was decoded again.</summary>
    public long Decoded => Interlocked.Read(ref decoded);

    /// <summary>Images whose pixels are kept in memory.</summary>
    public int CachedImages => Volatile.Read(ref cachedImages);

    /// <summary>Bytes of pixels kept in memory.</summary>
    public long CachedBytes => Interlocked.Read(ref cachedBytes);

    /// <summary>The files that could not be read, by path, each with what was wrong.</summary>
    public IReadOnlyList<(string Path, string Reason)> BadImages =>
        [.. badImages.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => (pair.Key, pair.Value))];

    /// <summary>By which ranges pictures of more than 8 bits became grey levels, and how many by each.</summary>
    public IReadOnlyList<(string Range, int Images)> Ranges =>
    [
        .. deep.CountBy(pair => pair.Value, StringComparer.Ordinal).OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => (pair.Key, pair.Value)),
    ];

    /// <inheritdoc/>
    public override DisplayDocument Describe() => Table();

    private Table Table()
    {
        var bad = BadImages;
        var table = new Table("Images read", TableColumn.Text("what"), TableColumn.Number("number"))
            .Add("files decoded", Decoded.ToString("N0", CultureInfo.InvariantCulture))
            .Add(
                "images kept in memory",
                string.Create(CultureInfo.InvariantCulture, $"{CachedImages:N0} ({CachedBytes / 1048576.0:N1} MB)"))
            .Add("files that could not be read", bad.Count.ToString("N0", CultureInfo.InvariantCulture));
        var ranges = Ranges;
        foreach (var (range, images) in ranges)
        {
            table.Add($"files of more than 8 bits read by: {range}", images.ToString("N0", CultureInfo.InvariantCulture));
        }

        if (ranges.Count > 1)
        {
            table.Note(
                "Files of more than 8 bits were read by different scales, so equal grey levels are not equal values. If they come from one "
                    + "detector, give its bits or a window: LoaderOptions.Depth = Depth.BitsStored(12).");
        }

        foreach (var (path, reason) in bad)
        {
            table.Note($"{path}: {reason}");
        }

        return table;
    }

    internal void AddDecoded() => Interlocked.Increment(ref decoded);

    internal void AddDeep(string path, string range) => deep[path] = range;

    internal void AddBad(string path, string reason) => badImages[path] = reason;

    internal bool TryReserve(long bytes, long limit)
    {
        if (Interlocked.Add(ref cachedBytes, bytes) > limit)
        {
            Interlocked.Add(ref cachedBytes, -bytes);
            return false;
        }

        Interlocked.Increment(ref cachedImages);
        return true;
    }
}
