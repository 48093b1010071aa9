using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;

namespace CovidNotebooks.Data.Download;

/// <summary>
/// A file that is still coming: <c>NAME.part</c>, with <c>NAME.part.json</c> beside it that says which version of the file it is a part of.
/// Only one process has it open.
/// </summary>
internal sealed class PartialFile : IDisposable
{
    private readonly string target;
    private readonly FileStream stream;
    private Version? version;

    private PartialFile(string target, FileStream stream, Version? version)
    {
        this.target = target;
        this.stream = stream;
        this.version = version;
        IsPatched = Length > 0;
    }

    /// <summary>Bytes that have come.</summary>
    public long Length => stream.Length;

    /// <summary>Length of the whole file, if the server said.</summary>
    public long? Total => version?.Total;

    /// <summary>True when the bytes come from more than one answer of the server.</summary>
    public bool IsPatched { get; private set; }

    /// <summary>True when the whole file is here.</summary>
    public bool IsComplete => Length > 0 && Length == Total;

    /// <summary>What makes the server send the rest only if the file is still the same; null when that cannot be asked.</summary>
    public RangeConditionHeaderValue? Condition =>
        Length == 0 ? null
        : version?.ETag is { } tag && EntityTagHeaderValue.TryParse(tag, out var parsed) && !parsed.IsWeak ? new RangeConditionHeaderValue(parsed)
        : version?.LastModified is { } modified ? new RangeConditionHeaderValue(modified)
        : null;

    private string Path => target + ".part";

    private string VersionPath => target + ".part.json";

    public static PartialFile Open(string target, Uri url)
    {
        try
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(target))!);
            var opened = new FileStream(target + ".part", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            var part = new PartialFile(target, opened, ReadVersion(target + ".part.json", url));
            if (part.version is null || part.Length > (part.Total ?? long.MaxValue))
            {
                part.Clear();
            }

            opened.Seek(0, SeekOrigin.End);
            return part;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DownloadException(DownloadFailure.Disk, $"{target}.part cannot be opened: {exception.Message} Expected a folder that can be written, and no other download of the same file. Wait for that one, or free the file, and try again.", exception);
        }
    }

    /// <summary>True when an answer is about the same version of the file.</summary>
    public bool IsSameVersion(HttpResponseMessage response) =>
        (version?.ETag is null || response.Headers.ETag is null || version.ETag == response.Headers.ETag.ToString())
        && (Total is null || response.Content.Headers.ContentRange?.Length is null || Total == response.Content.Headers.ContentRange.Length);

    /// <summary>Starts from nothing with the version that an answer is about.</summary>
    public void Start(Uri url, HttpResponseMessage response)
    {
        Clear();
        var modified = response.Content.Headers.LastModified;
        // A time tells versions apart only when the answer is at least a second younger.
        var usable = modified is not null && response.Headers.Date is { } date && date - modified >= TimeSpan.FromSeconds(1);
        version = new Version(url.AbsoluteUri, response.Headers.ETag?.ToString(), usable ? modified : null, response.Content.Headers.ContentLength);
        Write(() =>
        {
            File.WriteAllText(VersionPath + ".new", JsonSerializer.Serialize(version));
            File.Move(VersionPath + ".new", VersionPath, overwrite: true);
        });
    }

    /// <summary>Goes on with the bytes of another answer.</summary>
    public void Continue() => IsPatched = true;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        try
        {
            stream.Write(bytes);
        }
        catch (IOException exception)
        {
            throw Unwritable(exception);
        }
    }

    /// <summary>Lets the operating system have what is still buffered.</summary>
    public void Flush() => Write(() => stream.Flush(flushToDisk: false));

    /// <summary>Forgets everything that has come.</summary>
    public void Clear()
    {
        Write(() =>
        {
            stream.SetLength(0);
            stream.Seek(0, SeekOrigin.Begin);
            File.Delete(VersionPath);
        });
        version = null;
        IsPatched = false;
    }

    public async Task<string> HashAsync(CancellationToken cancellation)
    {
        Write(() => stream.Flush(flushToDisk: true));
        stream.Seek(0, SeekOrigin.Begin);
        var hash = await SHA256.HashDataAsync(stream, cancellation);
        stream.Seek(0, SeekOrigin.End);
        return Convert.ToHexStringLower(hash);
    }

    /// <summary>Gives the whole file its final name.</summary>
    public void Finish() => Write(() =>
    {
        stream.Dispose();
        File.Move(Path, target, overwrite: true);
        File.Delete(VersionPath);
    });

    /// <summary>Closes it; what has come stays for the next time, an empty part does not.</summary>
    public void Dispose()
    {
        var isEmpty = stream.CanRead && stream.Length == 0;
        stream.Dispose();
        if (isEmpty)
        {
            File.Delete(Path);
            File.Delete(VersionPath);
        }
    }

    private static Version? ReadVersion(string path, Uri url)
    {
        try
        {
            return File.Exists(path) && JsonSerializer.Deserialize<Version>(File.ReadAllText(path)) is { } read && read.Url == url.AbsoluteUri ? read : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private void Write(Action action)
    {
        try
        {
            action();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(exception);
        }
    }

    private DownloadException Unwritable(Exception cause) =>
        new(DownloadFailure.Disk, $"{Path} cannot be written: {cause.Message} Free some room on the disk, or name another data folder with --data DIR, and try again: what has come is kept.", cause);

    private sealed record Version(string Url, string? ETag, DateTimeOffset? LastModified, long? Total);
}
