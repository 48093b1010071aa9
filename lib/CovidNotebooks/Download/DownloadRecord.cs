using System.Text.Json;
using CovidNotebooks.Data;
using CovidNotebooks.Recording;

namespace CovidNotebooks.Download;

/// <summary>One line of <c>downloads.json</c>.</summary>
/// <param name="Url">From where a file came.</param>
/// <param name="Sha256">Its SHA-256 when it first came.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="First">When it first came.</param>
public sealed record RecordedFile(string Url, string Sha256, long Bytes, DateTimeOffset First);

/// <summary>
/// What has been downloaded into a data folder: its file <c>downloads.json</c>. Where the catalogue knows no SHA-256, later downloads are
/// held to the first one's.
/// </summary>
public sealed class DownloadRecord
{
    /// <summary>The name of its file in a data folder.</summary>
    public const string FileName = "downloads.json";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };
    private readonly Dictionary<string, RecordedFile> files;

    private DownloadRecord(string path, IEnumerable<RecordedFile> files)
    {
        Path = path;
        this.files = files.ToDictionary(file => file.Url, StringComparer.Ordinal);
    }

    /// <summary>Its file.</summary>
    public string Path { get; }

    /// <summary>Reads the record of a data folder; an empty one when there is no file.</summary>
    /// <exception cref="DataException">The file is broken.</exception>
    public static DownloadRecord Read(DataFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var path = System.IO.Path.Combine(folder.Root, FileName);
        try
        {
            return new DownloadRecord(
                path, File.Exists(path) ? JsonSerializer.Deserialize<RecordedFile[]>(File.ReadAllText(path), Json) ?? [] : []);
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            throw new DataException(
                $"{path} cannot be read: {exception.Message} Expected a list of url, sha256, bytes and first, each url once. Correct "
                    + "it, or delete it: then the next downloads are recorded as the first.",
                exception);
        }
    }

    /// <summary>What is known of an address, or null.</summary>
    public RecordedFile? Find(string url) => files.GetValueOrDefault(url);

    /// <summary>Adds what is new, beside the file first, then renamed over it.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Add(IEnumerable<DownloadedFile> downloaded, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(downloaded);
        foreach (var file in downloaded)
        {
            files.TryAdd(file.Url.OriginalString, new RecordedFile(file.Url.OriginalString, file.Sha256, file.Bytes, now));
        }

        WholeFile.Write(Path, JsonSerializer.Serialize(files.Values.OrderBy(file => file.Url, StringComparer.Ordinal), Json));
    }
}
