using System.Security.Cryptography;
using CovidNotebooks.Download;
using Tests.Data;

namespace Tests.Download;

/// <summary>A download that comes whole, is resumed or is begun anew.</summary>
public sealed partial class DownloaderTests : IDisposable
{
    private static readonly byte[] Content = Bytes(300_000, 1);
    private static readonly byte[] Other = Bytes(300_000, 2);

    private readonly TemporaryFolder folder = new();
    private readonly HurriedTime clock = new();
    private readonly HttpClient client = Downloader.NewClient();

    private string Target => Path.Combine(folder.Path, "images.zip");

    private string Part => Target + ".part";

    public void Dispose()
    {
        client.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task A_file_comes_whole_with_its_hash_and_progress()
    {
        using var server = new ScriptedServer(request => Answer.Of(request, Content));
        var told = new Told();
        var file = await Get(server, Sha(Content), Content.Length, told);
        Assert.Equal(Content, await File.ReadAllBytesAsync(Target));
        Assert.Equal((Sha(Content), 300_000L), (file.Sha256, file.Bytes));
        Assert.Equal(["images.zip"], Files());
        Assert.Equal(1.0, told.All[^1].Share);
        Assert.Equal(told.All.Select(progress => progress.Done).Order(), told.All.Select(progress => progress.Done));
        Assert.Equal("identity", server.Requests.Single().Headers["Accept-Encoding"]);
        await Get(server, Sha(Content));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_cut_connection_is_resumed_from_where_it_was()
    {
        using var server = new ScriptedServer(
            request => Answer.Of(request, Content).CutAfter(100_000),
            request => Answer.Of(request, Content).CutAfter(50_000),
            request => Answer.Of(request, Content));
        var told = new Told();
        await Get(server, Sha(Content), progress: told);
        Assert.Equal(Content, await File.ReadAllBytesAsync(Target));
        Assert.Equal([0, 100_000, 150_000], server.Requests.Select(request => request.From));
        Assert.Equal("\"v1\"", server.Requests.Last().Headers["If-Range"]);
        Assert.Equal(2, told.All.Count(progress => progress.Note is not null));
        Assert.Equal(["images.zip"], Files());
    }

    [Fact]
    public async Task Another_process_resumes_what_an_earlier_one_left()
    {
        using var server = new ScriptedServer(
            request => Answer.Of(request, Content).CutAfter(100_000), _ => NotThere, request => Answer.Of(request, Content));
        Assert.Equal(DownloadFailure.NotFound, (await Fails(server)).Failure);
        Assert.Equal(100_000, new FileInfo(Part).Length);
        Assert.False(File.Exists(Target));
        await Get(server);
        Assert.Equal(100_000, server.Requests.Last().From);
        Assert.Equal(Content, await File.ReadAllBytesAsync(Target));
    }

    [Fact]
    public async Task A_part_without_a_version_or_of_another_address_is_not_used()
    {
        await File.WriteAllBytesAsync(Part, Other[..1000]);
        using var server = new ScriptedServer(request => Answer.Of(request, Content));
        await Get(server);
        Assert.Equal(0, server.Requests.Single().From);
        Assert.Equal(Content, await File.ReadAllBytesAsync(Target));

        File.Delete(Target);
        await File.WriteAllBytesAsync(Part, Other[..1000]);
        await File.WriteAllTextAsync(
            Part + ".json", """{"Url":"http://127.0.0.1/other.zip","ETag":"\u0022v1\u0022","LastModified":null,"Total":300000}""");
        await Get(server);
        Assert.Equal(0, server.Requests.Last().From);

        File.Delete(Target);
        await File.WriteAllBytesAsync(Part, Other[..1000]);
        await File.WriteAllTextAsync(Part + ".json", "{ broken");
        await Get(server);
        Assert.Equal(Content, await File.ReadAllBytesAsync(Target));
    }

    [Fact]
    public async Task A_complete_part_needs_no_request()
    {
        using var server = new ScriptedServer(request => Answer.Of(request, Content));
        await File.WriteAllBytesAsync(Part, Content);
        await File.WriteAllTextAsync(
            Part + ".json", $$"""{"Url":"{{server.Url("images.zip")}}","ETag":"\u0022v1\u0022","LastModified":null,"Total":300000}""");
        await Get(server, Sha(Content));
        Assert.Empty(server.Requests);
        Assert.Equal(["images.zip"], Files());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_file_that_changes_between_attempts_is_never_glued(bool knowsConditions)
    {
        // A server that ignores If-Range sends the rest of the new file under its new version.
        using var server = new ScriptedServer(
            request => Answer.Of(request, Content).CutAfter(100_000),
            request =>
                knowsConditions
                    ? Answer.Of(request, Other, "\"v2\"")
                    : new Answer(
                        "206 Partial Content",
                        Other.AsMemory(100_000),
                        "ETag: \"v2\"",
                        "Content-Length: 200000",
                        "Content-Range: bytes 100000-299999/300000"),
            request => Answer.Of(request, Other, "\"v2\""));
        await Get(server);
        Assert.Equal(Other, await File.ReadAllBytesAsync(Target));
    }

    [Fact]
    public async Task A_glued_file_that_only_the_hash_betrays_is_fetched_anew()
    {
        using var server = new ScriptedServer(
            request => Answer.Of(request, Other).CutAfter(100_000),
            request => Answer.Of(request, Content),
            request => Answer.Of(request, Content));
        await Get(server, Sha(Content));
        Assert.Equal(Content, await File.ReadAllBytesAsync(Target));
        Assert.Equal([0, 100_000, 0], server.Requests.Select(request => request.From));
    }

    [Theory]
    [InlineData("ETag: W/\"weak\"", null)]
    [InlineData("Last-Modified: Fri, 01 May 2020 12:00:00 GMT", null)]
    [InlineData("Last-Modified: Fri, 01 May 2020 11:00:00 GMT", "Fri, 01 May 2020 11:00:00 GMT")]
    [InlineData("X-Nothing: 1", null)]
    public async Task Only_what_tells_versions_apart_is_used_to_resume(string header, string? condition)
    {
        using var server = new ScriptedServer(
            _ => new Answer("200 OK", Content.AsMemory(0, 1000), header, "Content-Length: 300000"),
            request =>
                request.From == 0 ? new Answer("200 OK", Content, "Content-Length: 300000")
                : new Answer("206 Partial Content", Content.AsMemory(1000), "Content-Range: bytes 1000-299999/300000"));
        await Get(server, Sha(Content));
        var second = server.Requests.Last();
        Assert.Equal(condition, second.Headers.GetValueOrDefault("If-Range"));
        Assert.Equal(condition is not null, second.Headers.ContainsKey("Range"));
    }

    [Theory]
    [InlineData("Content-Range: bytes 0-199999/300000")]
    [InlineData("Content-Range: bytes 100001-299999/300000")]
    [InlineData("Content-Range: bytes 100000-299999/400000")]
    [InlineData("Content-Range: pages 100000-299999/300000")]
    [InlineData("X-Nothing: 1")]
    public async Task A_wrong_range_is_thrown_away(string range)
    {
        using var server = new ScriptedServer(
            request => Answer.Of(request, Content).CutAfter(100_000),
            _ => new Answer("206 Partial Content", Other.AsMemory(0, 200_000), "ETag: \"v1\"", "Content-Length: 200000", range),
            request => Answer.Of(request, Content));
        await Get(server);
        Assert.Equal(Content, await File.ReadAllBytesAsync(Target));
        Assert.Equal([0, 100_000, 0], server.Requests.Select(request => request.From));
    }

    [Fact]
    public async Task A_file_that_became_shorter_is_started_anew()
    {
        using var server = new ScriptedServer(
            request => Answer.Of(request, Content).CutAfter(100_000),
            _ => new Answer("416 Range Not Satisfiable", default, "Content-Range: bytes */50000", "Content-Length: 0"),
            request => Answer.Of(request, Other[..50_000], "\"v2\""));
        await Get(server);
        Assert.Equal(Other[..50_000], await File.ReadAllBytesAsync(Target));
    }

    private static DownloadOptions Patient => new() { StallTimeout = TimeSpan.FromHours(1) };

    private static Answer NotThere => new("404 Not Found", default);

    private static byte[] Bytes(int count, int seed)
    {
        var bytes = new byte[count];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private static string Sha(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private string[] Files() => [.. Directory.GetFiles(folder.Path).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    private Task<DownloadedFile> Get(
        ScriptedServer server,
        string? sha256 = null,
        long? bytes = null,
        IProgress<DownloadProgress>? progress = null,
        DownloadOptions? options = null,
        CancellationToken cancellation = default) =>
        new Downloader(client, options ?? Patient, clock)
            .GetAsync(new DownloadRequest(server.Url("images.zip"), sha256, bytes), Target, progress, cancellation);

    private Task<DownloadException> Fails(
        ScriptedServer server, string? sha256 = null, long? bytes = null, DownloadOptions? options = null) =>
        Assert.ThrowsAsync<DownloadException>(() => Get(server, sha256, bytes, options: options));
}

/// <summary>Keeps what was reported.</summary>
internal sealed class Told : IProgress<DownloadProgress>
{
    public List<DownloadProgress> All { get; } = [];

    public Action<DownloadProgress>? OnReport { get; init; }

    public void Report(DownloadProgress value)
    {
        lock (All)
        {
            All.Add(value);
        }

        OnReport?.Invoke(value);
    }
}
