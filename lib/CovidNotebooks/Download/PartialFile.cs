using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using CovidNotebooks.Recording;

namespace CovidNotebooks.Download;

/// <summary>
/// A file that is still coming: <c>NAME.part</c>, with <c>NAME.part.json</c> beside it that says which version of the file it is a part of.
/// Only one process has it open.
/// </summary>
internal sealed class PartialFile : IDisposable
{
    private readonly string target;
    private readonly FileStream stream;
    private Version? version;

    /// <exception cref="IOException">The folder cannot be written, or another process has the part.</exception>
    public PartialFile(string target, Uri url)
    {
        this.target = target;
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(target))!);
        stream = new FileStream(target + ".part", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        version = ReadVersion(url);
        if (version is null || Length > (Total ?? long.MaxValue))
        {
            Clear();
        }

        stream.Seek(0, SeekOrigin.End);
        IsPatched = Length > 0;
    }

    /// <summary>Bytes that have come.</summary>
    public long Length => stream.Length;

    /// <summary>Length of the whole file, if the server said.</summary>
    public long? Total => version?.Total;

    /// <summary>True when the bytes come from more than one answer of the server.</summary>
    public bool IsPatched { get; set; }

    /// <summary>What makes the server send the rest only if the file is still the same; null when that cannot be asked.</summary>
    public RangeConditionHeaderValue? Condition =>
        Length == 0 ? null
        : version?.ETag is { } tag
            && EntityTagHeaderValue.TryParse(tag, out var parsed)
            && !parsed.IsWeak ? new RangeConditionHeaderValue(parsed)
        : version?.LastModified is { } modified ? new RangeConditionHeaderValue(modified)
        : null;

    private string VersionPath => target + ".part.json";

    /// <summary>True when an answer is about the same version of the file.</summary>
    public bool IsSameVersion(HttpResponseMessage response) =>
        (version?.ETag is null || response.Headers.ETag is null || version.ETag == response.Headers.ETag.ToString())
        && (
            Total is null
                || response.Content.Headers.ContentRange?.Length is null
                || Total == response.Content.Headers.ContentRange.Length);

    /// <summary>Starts from nothing with the version that an answer is about.</summary>
    public void Start(Uri url, HttpResponseMessage response)
    {
        Clear();
        var modified = response.Content.Headers.LastModified;

        // A time tells versions apart only when the answer is at least a second younger.
        var usable = modified is not null && response.Headers.Date is { } date && date - modified >= TimeSpan.FromSeconds(1);
        version = new Version(
            url.AbsoluteUri, response.Headers.ETag?.ToString(), usable ? modified : null, response.Content.Headers.ContentLength);
        WholeFile.Write(VersionPath, JsonSerializer.Serialize(version));
    }

    public void Append(ReadOnlySpan<byte> bytes) => stream.Write(bytes);

    public void Flush() => stream.Flush(flushToDisk: false);

    /// <summary>Forgets everything that has come.</summary>
    public void Clear()
    {
        stream.SetLength(0);
        File.Delete(VersionPath);
        (version, IsPatched) = (null, false);
    }

    public async Task<string> HashAsync(CancellationToken cancellation)
    {
        stream.Flush(flushToDisk: true);
        stream.Seek(0, SeekOrigin.Begin);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellation));
    }

    /// <summary>Gives the whole file its final name.</summary>
    public void Finish()
    {
        stream.Dispose();
        File.Move(target + ".part", target, overwrite: true);
        File.Delete(VersionPath);
    }

    /// <summary>Closes it; what has come stays for the next time, an empty part does not.</summary>
    public void Dispose()
    {
        var isEmpty = stream.CanRead && stream.Length == 0;
        stream.Dispose();
        if (isEmpty)
        {
            File.Delete(target + ".part");
            File.Delete(VersionPath);
        }
    }

    private Version? ReadVersion(Uri url)
    {
        try
        {
            return File.Exists(VersionPath)
                && JsonSerializer.Deserialize<Version>(File.ReadAllText(VersionPath)) is { } read
                && read.Url == url.AbsoluteUri
                ? read
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record Version(string Url, string? ETag, DateTimeOffset? LastModified, long? Total);
}
