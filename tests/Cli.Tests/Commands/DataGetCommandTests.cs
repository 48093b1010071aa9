using System.IO.Compression;
using System.IO.Pipelines;
using System.Security.Cryptography;
using System.Text;
using CovidNotebooks.Cli.Commands;
using CovidNotebooks.Data;
using CovidNotebooks.Download;
using Spectre.Console;

namespace Tests.Cli.Commands;

public sealed class DataGetCommandTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("data-get-test-");
    private readonly StringWriter output = new();

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task An_unknown_set_lists_the_known_ones()
    {
        Assert.Equal(2, await Run("imagenet", new Refusing()));
        Assert.Contains("covid-ct", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_a_login_is_needed_it_says_what_to_do()
    {
        Assert.Equal(1, await Run("chest-xray-pneumonia", new Refusing()));
        Assert.Contains("kaggle.com", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("--from FILE.zip", output.ToString(), StringComparison.Ordinal);
        Assert.Empty(folder.GetFileSystemInfos());
    }

    [Fact]
    public async Task A_failed_download_is_told_and_ends_with_1()
    {
        var handler = new Refusing();
        Assert.Equal(1, await Run("covid-ct", handler));

        // A commit, not a branch: the files behind the address do not change.
        Assert.Matches("^https://raw.githubusercontent.com/UCSD-AI4H/COVID-CT/[0-9a-f]{40}/Images-processed/CT_COVID.zip$", handler.Asked);
        Assert.Contains("404", output.ToString(), StringComparison.Ordinal);
        Assert.Empty(folder.GetFileSystemInfos());
    }

    [Fact]
    public async Task Ended_by_the_user_it_says_so()
    {
        using var ended = new CancellationTokenSource();
        await ended.CancelAsync();
        Assert.Equal(130, await Run("covid-ct", new Refusing(), ended.Token));
        Assert.Contains("goes on from it", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_download_shows_its_progress_and_the_digests_and_is_not_made_again()
    {
        using var shown = new WatchedWriter("downloading CT_COVID.zip");
        var files = MiniFiles();
        var server = new Serving(files, shown.Seen);
        Assert.Equal(0, await Run("mini-ct", server, info: Mini(files.Keys), writer: shown));
        Assert.True(shown.Seen.IsCompletedSuccessfully);
        var text = shown.ToString();
        var zip = files["CT_COVID.zip"];
        Assert.Contains(
            $"https://example.org/CT_COVID.zip: {zip.Length} bytes, sha256 {Convert.ToHexStringLower(SHA256.HashData(zip))} (recorded "
                + "in downloads.json)",
            text,
            StringComparison.Ordinal);
        Assert.Contains($"Ready: mini-ct in {folder.FullName}, 2 images, every one read.", text, StringComparison.Ordinal);
        Assert.Contains("Licence: not stated", text, StringComparison.Ordinal);
        Assert.Contains("Cite: Yang", text, StringComparison.Ordinal);
        Assert.Contains(
            Convert.ToHexStringLower(SHA256.HashData(zip)),
            await File.ReadAllTextAsync(Path.Combine(folder.FullName, "downloads.json")),
            StringComparison.Ordinal);

        Assert.Equal(4, server.Asked);
        Assert.Equal(0, await Run("mini-ct", server, info: Mini(files.Keys)));
        Assert.Contains($"Was there already: mini-ct in {folder.FullName}, 2 images", output.ToString(), StringComparison.Ordinal);
        Assert.Equal(4, server.Asked);
    }

    [Fact]
    public async Task An_archive_from_a_person_is_unpacked_and_checked_without_the_web()
    {
        var archive = Path.Combine(Directory.CreateDirectory(Path.Combine(folder.FullName, "taken")).FullName, "mini.zip");
        await File.WriteAllBytesAsync(archive, Zip(
            ("mini/CT_COVID/a%0.ppm", Picture(1)),
            ("mini/CT_NonCOVID/b.ppm", Picture(2)),
            ("mini/Data-split/COVID/trainCT_COVID.txt", "a%0.ppm\n"u8.ToArray()),
            ("mini/Data-split/NonCOVID/trainCT_NonCOVID.txt", "b.ppm\n"u8.ToArray())));
        Assert.Equal(0, await Run("mini-ct", new Refusing(), info: Mini([]), archive: archive));
        Assert.Contains($"Ready: mini-ct in {folder.FullName}, 2 images, every one read.", output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("sha256", output.ToString(), StringComparison.Ordinal);
        Assert.True(File.Exists(archive));

        Assert.Equal(1, await Run("chest-xray-pneumonia", new Refusing(), archive: archive));
        Assert.Contains("is not laid out as chest-xray-pneumonia", output.ToString(), StringComparison.Ordinal);
    }

    /// <summary>COVID-CT with one image of each class.</summary>
    private static DatasetInfo Mini(IEnumerable<string> files) => Datasets.CovidCt with
    {
        Name = "mini-ct",
        Folders = ["mini-ct"],
        Splits = new Dictionary<string, IReadOnlyDictionary<string, int>>(StringComparer.Ordinal)
        {
            ["train"] = new Dictionary<string, int>(StringComparer.Ordinal) { ["CT_COVID"] = 1, ["CT_NonCOVID"] = 1 },
        },
        Archives =
        [
            .. files.Select(file => new DatasetArchive
            {
                Url = $"https://example.org/{file}",
                Kind = file.EndsWith(".zip", StringComparison.Ordinal) ? ArchiveKind.Zip : ArchiveKind.File,
                Into = file.EndsWith(".zip", StringComparison.Ordinal) ? Path.GetFileNameWithoutExtension(file)
                    : file.Contains("Non", StringComparison.Ordinal) ? "Data-split/NonCOVID"
                    : "Data-split/COVID",
            }),
        ],
    };

    private static Dictionary<string, byte[]> MiniFiles() => new(StringComparer.Ordinal)
    {
        ["CT_COVID.zip"] = Zip(("CT_COVID/a%0.ppm", Picture(1))),
        ["CT_NonCOVID.zip"] = Zip(("CT_NonCOVID/b.ppm", Picture(2))),
        ["trainCT_COVID.txt"] = "a%0.ppm\n"u8.ToArray(),
        ["trainCT_NonCOVID.txt"] = "b.ppm\n"u8.ToArray(),
    };

    private static byte[] Picture(byte grey) => [.. "P6\n4 4\n255\n"u8, .. Enumerable.Repeat(grey, 48)];

    private static byte[] Zip(params (string Name, byte[] Content)[] entries)
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create))
        {
            foreach (var (name, content) in entries)
            {
                using var stream = zip.CreateEntry(name).Open();
                stream.Write(content);
            }
        }

        return memory.ToArray();
    }

    private async Task<int> Run(
        string name,
        HttpMessageHandler handler,
        CancellationToken cancellation = default,
        DatasetInfo? info = null,
        string? archive = null,
        TextWriter? writer = null)
    {
        var console = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Out = new AnsiConsoleOutput(writer ?? output),
                Ansi = AnsiSupport.No,
                Interactive = InteractionSupport.No,
            });
        console.Profile.Width = 1000;
        using var client = Downloader.NewClient(handler);
        return await DataGetCommand.RunAsync(
            new DataFolder(folder.FullName, "a test"),
            name,
            archive,
            new DatasetDownloader(new Downloader(client)),
            asked => info ?? Datasets.Get(asked),
            console,
            cancellation);
    }

    /// <summary>A server that has nothing.</summary>
    private sealed class Refusing : HttpMessageHandler
    {
        public string? Asked { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Asked = request.RequestUri!.AbsoluteUri;
            return Task.FromResult(new HttpResponseMessage(System.Net.HttpStatusCode.NotFound));
        }
    }

    /// <summary>A server that has files; of the first one it sends the second half only when the progress has been shown.</summary>
    private sealed class Serving(IReadOnlyDictionary<string, byte[]> files, Task shown) : HttpMessageHandler
    {
        public int Asked { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var content = files[request.RequestUri!.AbsolutePath[1..]];
            var pipe = new Pipe();
            _ = Asked++ == 0 ? SendAsync(pipe.Writer, content, cancellationToken) : SendAtOnceAsync(pipe.Writer, content);
            var body = new StreamContent(pipe.Reader.AsStream());
            body.Headers.ContentLength = content.Length;
            return Task.FromResult(new HttpResponseMessage(System.Net.HttpStatusCode.OK) { Content = body, RequestMessage = request });
        }

        private async Task SendAsync(PipeWriter writer, byte[] content, CancellationToken cancellation)
        {
            await writer.WriteAsync(content.AsMemory(0, content.Length / 2), cancellation);
            await Task.WhenAny(shown, Task.Delay(TimeSpan.FromSeconds(20), cancellation));
            await SendAtOnceAsync(writer, content.AsMemory(content.Length / 2));
        }

        private static async Task SendAtOnceAsync(PipeWriter writer, ReadOnlyMemory<byte> content)
        {
            await writer.WriteAsync(content);
            await writer.CompleteAsync();
        }
    }

    /// <summary>Keeps what is written, and tells when a text has come.</summary>
    private sealed class WatchedWriter(string awaited) : TextWriter
    {
        private readonly Lock gate = new();
        private readonly StringBuilder written = new();
        private readonly TaskCompletionSource seen = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Seen => seen.Task;

        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value) => Write(value.ToString());

        public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

        public override void Write(string? value)
        {
            lock (gate)
            {
                written.Append(value);
                if (written.ToString().Contains(awaited, StringComparison.Ordinal))
                {
                    seen.TrySetResult();
                }
            }
        }

        public override string ToString()
        {
            lock (gate)
            {
                return written.ToString();
            }
        }
    }
}
