using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using CovidNotebooks.Data;
using CovidNotebooks.Download;
using Tests.Data;

namespace Tests.Download;

public sealed class DatasetDownloaderTests : IDisposable
{
    private const int Images = 2;

    private readonly TemporaryFolder folder = new();
    private readonly HttpClient client = Downloader.NewClient();
    private readonly HurriedTime clock = new();
    private readonly Dictionary<string, byte[]> files = new(StringComparer.Ordinal);
    private readonly ScriptedServer server;

    public DatasetDownloaderTests()
    {
        server = new ScriptedServer(
            request =>
                files.TryGetValue(request.Path[1..], out var content) ? Answer.Of(request, content) : new Answer("404 Not Found", default));
        foreach (var (name, list) in new[] { ("CT_COVID", "COVID"), ("CT_NonCOVID", "NonCOVID") })
        {
            files[$"{name}.zip"] = Zip(
                [.. Enumerable.Range(0, Images).Select(i => ($"{name}/{list}%{i}.ppm", Picture((byte)i))), ("__MACOSX/._x", [1])]);
            files[$"train{name}.txt"] = Encoding.ASCII.GetBytes(
                string.Concat(Enumerable.Range(0, Images).Select(i => $"{list}%{i}.ppm\r\n")));
        }
    }

    private DataFolder Data => new(Path.Combine(folder.Path, "data"), "a test");

    private string Place => Path.Combine(Data.Root, "mini-ct");

    private DatasetInfo Info => Datasets.CovidCt with
    {
        Name = "mini-ct",
        Folders = ["mini-ct"],
        Splits = new Dictionary<string, IReadOnlyDictionary<string, int>>(StringComparer.Ordinal)
        {
            ["train"] = new Dictionary<string, int>(StringComparer.Ordinal) { ["CT_COVID"] = Images, ["CT_NonCOVID"] = Images },
        },
        Archives =
        [
            new DatasetArchive { Url = server.Url("CT_COVID.zip").AbsoluteUri, Kind = ArchiveKind.Zip, Into = "CT_COVID" },
            new DatasetArchive
            {
                Url = server.Url("CT_NonCOVID.zip").AbsoluteUri,
                Kind = ArchiveKind.Zip,
                Into = "CT_NonCOVID",
                Strip = 1,
                Sha256 = Convert.ToHexStringLower(SHA256.HashData(files["CT_NonCOVID.zip"])),
                Bytes = files["CT_NonCOVID.zip"].Length,
            },
            new DatasetArchive { Url = server.Url("trainCT_COVID.txt").AbsoluteUri, Kind = ArchiveKind.File, Into = "Data-split/COVID" },
            new DatasetArchive
            {
                Url = server.Url("trainCT_NonCOVID.txt").AbsoluteUri,
                Kind = ArchiveKind.File,
                Into = "Data-split/NonCOVID",
            },
        ],
    };

    public void Dispose()
    {
        server.Dispose();
        client.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task A_set_comes_is_arranged_checked_and_recorded()
    {
        var told = new Told();
        var got = await Getter().GetAsync(Data, Info, told);
        Assert.Equal(Place, got.Root);
        Assert.True(got.Check.Ok);
        Assert.Equal(4, Data.Open(Info).Train.Count);
        Assert.Equal(["downloads.json", "mini-ct"], Entries());
        Assert.Equal(
            ["CT_COVID", "CT_NonCOVID", "Data-split"],
            Directory.GetFileSystemEntries(Place).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
        Assert.Equal(
            [DownloadStage.Downloading, DownloadStage.Unpacking, DownloadStage.Checking],
            told.All.Select(progress => progress.Stage).Distinct());
        Assert.Equal(4, got.Files.Count);
        Assert.Equal(got.Files[0].Sha256, DownloadRecord.Read(Data).Find(Info.Archives[0].Url)!.Sha256);

        var again = await Getter().GetAsync(Data, Info);
        Assert.Empty(again.Files);
        Assert.Equal(4, server.Requests.Count);
    }

    [Fact]
    public async Task A_data_folder_that_cannot_be_made_is_told_with_the_way_out()
    {
        await File.WriteAllTextAsync(Data.Root, "a file where the folder should be");
        var failure = await Assert.ThrowsAsync<DownloadException>(() => Getter().GetAsync(Data, Info));
        Assert.Equal(DownloadFailure.Disk, failure.Failure);
        Assert.StartsWith($"mini-ct could not be written to {Data.Root}: ", failure.Message, StringComparison.Ordinal);
        Assert.Contains("name another with --data DIR, and run the command again", failure.Message, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Later_downloads_are_held_to_the_first_one()
    {
        await Getter().GetAsync(Data, Info);
        Directory.Delete(Place, recursive: true);
        files["CT_COVID.zip"] = Zip([("CT_COVID/COVID%0.ppm", Picture(7)), ("CT_COVID/COVID%1.ppm", Picture(8))]);
        var failure = await Assert.ThrowsAsync<DownloadException>(() => Getter().GetAsync(Data, Info));
        Assert.Equal(DownloadFailure.WrongHash, failure.Failure);
        Assert.Contains("downloads.json", failure.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Place));

        File.Delete(Path.Combine(Data.Root, DownloadRecord.FileName));
        Assert.True((await Getter().GetAsync(Data, Info)).Check.Ok);
    }

    [Fact]
    public async Task What_has_come_before_a_failure_is_not_fetched_again()
    {
        var list = files["trainCT_NonCOVID.txt"];
        files.Remove("trainCT_NonCOVID.txt");
        Assert.Equal(DownloadFailure.NotFound, (await Assert.ThrowsAsync<DownloadException>(() => Getter().GetAsync(Data, Info))).Failure);
        Assert.Null(Data.Find(Info));
        Assert.Equal(["mini-ct.download"], Entries());
        files["trainCT_NonCOVID.txt"] = list;
        await Getter().GetAsync(Data, Info);
        Assert.Equal(5, server.Requests.Count);
        Assert.Equal(["downloads.json", "mini-ct"], Entries());
    }

    [Fact]
    public async Task Unpacking_that_is_interrupted_leaves_no_half_set()
    {
        using var end = new CancellationTokenSource();
        var told = new Told { OnReport = progress => Cancel(end, progress, DownloadStage.Unpacking) };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Getter().GetAsync(Data, Info, told, end.Token));
        NothingHalf();

        using var second = new CancellationTokenSource();
        told = new Told { OnReport = progress => Cancel(second, progress, DownloadStage.Checking) };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Getter().GetAsync(Data, Info, told, second.Token));
        NothingHalf();

        // As a killed process leaves it.
        Directory.CreateDirectory(Path.Combine(Place + ".download", "arranged", "CT_COVID"));
        await File.WriteAllTextAsync(Path.Combine(Place + ".download", "arranged", "CT_COVID", "left.txt"), "x");
        Assert.Null(Data.Find(Info));
        await Getter().GetAsync(Data, Info);
        Assert.Equal(4, server.Requests.Count);
        Assert.False(File.Exists(Path.Combine(Place, "CT_COVID", "left.txt")));
    }

    [Theory]
    [InlineData("../../evil.ppm")]
    [InlineData("CT_COVID/sub/../../../evil.ppm")]
    public async Task A_dangerous_archive_leaves_nothing_at_all(string name)
    {
        files["CT_COVID.zip"] = Zip([("CT_COVID/COVID%0.ppm", Picture(0)), (name, [1])]);
        await Assert.ThrowsAsync<ArchiveException>(() => Getter().GetAsync(Data, Info));
        Assert.Empty(Entries());
        Assert.Equal(["data"], Directory.GetFileSystemEntries(folder.Path).Select(path => Path.GetFileName(path)));
    }

    [Fact]
    public async Task A_bomb_leaves_nothing_at_all()
    {
        files["CT_COVID.zip"] = Zip([("CT_COVID/COVID%0.ppm", new byte[3_000_000])]);
        Assert.Contains(
            "times as large",
            (await Assert.ThrowsAsync<ArchiveException>(() => Getter().GetAsync(Data, Info))).Message,
            StringComparison.Ordinal);
        Assert.Empty(Entries());
    }

    [Fact]
    public async Task Too_few_or_broken_images_are_not_taken()
    {
        var list = files["trainCT_COVID.txt"];
        files["trainCT_COVID.txt"] = "COVID%0.ppm\n"u8.ToArray();
        Assert.Contains(
            "1 missing", (await Assert.ThrowsAsync<DataException>(() => Getter().GetAsync(Data, Info))).Message, StringComparison.Ordinal);
        Assert.Empty(Entries());

        files["trainCT_COVID.txt"] = list;
        files["CT_COVID.zip"] = Zip([("CT_COVID/COVID%0.ppm", Picture(0)), ("CT_COVID/COVID%1.ppm", Picture(1)[..^2])]);
        Assert.Contains(
            "COVID%1.ppm",
            (await Assert.ThrowsAsync<DataException>(() => Getter().GetAsync(Data, Info))).Message,
            StringComparison.Ordinal);
        Assert.Empty(Entries());
    }

    [Fact]
    public async Task What_a_person_has_is_never_touched()
    {
        Directory.CreateDirectory(Path.Combine(Place, "CT_COVID"));
        await File.WriteAllTextAsync(Path.Combine(Place, "CT_COVID", "mine.txt"), "mine");
        Assert.Contains(
            "Move that folder away",
            (await Assert.ThrowsAsync<DataException>(() => Getter().GetAsync(Data, Info))).Message,
            StringComparison.Ordinal);
        Directory.Delete(Path.Combine(Place, "CT_COVID"), recursive: true);
        Assert.Contains(
            "is not laid out",
            (await Assert.ThrowsAsync<DataException>(() => Getter().GetAsync(Data, Info))).Message,
            StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Two_at_once_do_not_meet()
    {
        Directory.CreateDirectory(Place + ".download");
        await using (new FileStream(Path.Combine(Place + ".download", "lock"), FileMode.Create, FileAccess.ReadWrite, FileShare.None))
        {
            var failure = await Assert.ThrowsAsync<DownloadException>(() => Getter().GetAsync(Data, Info));
            Assert.Contains("in use", failure.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("chest-xray-pneumonia", "kaggle.com")]
    [InlineData("xray-25", "tutorial")]
    [InlineData("covid-xray", "no download")]
    [InlineData("covid-xray-document-4", "drive.google.com/file/d/1ADJMC7r8tcIudk1VecAFi4b32dEDiHe_")]
    public async Task Where_a_login_is_needed_it_says_what_to_do(string name, string advice)
    {
        var failure = await Assert.ThrowsAsync<DownloadException>(() => Getter().GetAsync(Data, Datasets.Get(name)));
        Assert.Equal(DownloadFailure.NeedsLogin, failure.Failure);
        Assert.Contains(advice, failure.Message, StringComparison.Ordinal);
        Assert.Contains(Data.Root, failure.Message, StringComparison.Ordinal);
        Assert.Empty(Entries());
    }

    [Fact]
    public async Task An_archive_that_a_person_downloaded_is_arranged_as_Kaggle_packs_it()
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal) { ["NORMAL"] = 1, ["PNEUMONIA"] = 1 };
        var info = Datasets.ChestXrayPneumonia with
        {
            Splits = new Dictionary<string, IReadOnlyDictionary<string, int>>(StringComparer.Ordinal)
            {
                ["train"] = counts,
                ["test"] = counts,
            },
        };
        var archive = Path.Combine(folder.Path, "archive.zip");
        var content = Zip([.. from top in new[] { "chest_xray/", "chest_xray/chest_xray/", "chest_xray/__MACOSX/" }
                              from split in new[] { "train", "test" }
                              from image in new[] { "NORMAL/IM-0001.ppm", "PNEUMONIA/person1_virus_6.ppm" }
                              select ($"{top}{split}/{image}", Picture(1))]);
        await File.WriteAllBytesAsync(archive, content);
        var got = await Getter().FromArchiveAsync(Data, info, archive);
        Assert.True(got.Check.Ok);
        Assert.Equal(["chest-xray-pneumonia"], Entries());
        Assert.Equal(
            ["test", "train"],
            Directory.GetFileSystemEntries(got.Root).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
        Assert.True(File.Exists(archive));

        var other = new DataFolder(Path.Combine(folder.Path, "other"), "a test");
        var message = (await Assert.ThrowsAsync<ArchiveException>(() => Getter().FromArchiveAsync(other, Info, archive))).Message;
        Assert.Contains("it holds chest_xray, test, train. Expected CT_COVID, CT_NonCOVID", message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<DataException>(() => Getter().FromArchiveAsync(other, info, archive + ".rar"));
    }

    [Fact]
    public async Task The_archive_of_document_4_is_arranged_and_held_to_the_totals_that_are_known()
    {
        var info = Datasets.CovidXrayDocument4 with
        {
            Splits = Datasets.CovidXrayDocument4.Splits.ToDictionary(
                split => split.Key,
                split => (IReadOnlyDictionary<string, int>)split.Value.ToDictionary(item => item.Key, _ => 1, StringComparer.Ordinal),
                StringComparer.Ordinal),
            Totals = Datasets.CovidXrayDocument4.Totals.ToDictionary(total => total.Key, _ => 3, StringComparer.Ordinal),
        };
        var archive = Path.Combine(folder.Path, "dataset.zip");
        string[] names =
        [
            "train/Covid/COVID-1",
            "train/Covid/COVID-2",
            "train/Normal/Normal-1",
            "val/Covid/COVID-3",
            "val/Normal/Normal-2",
            "val/Normal/Normal-3",
            "test/Covid/COVID-4",
            "test/Normal/Normal-4",
        ];
        await File.WriteAllBytesAsync(archive, Zip([.. names.Select((name, i) => ($"dataset/{name}.ppm", Picture((byte)i)))]));
        var got = await Getter().FromArchiveAsync(Data, info, archive);
        Assert.True(got.Check.Ok);
        Assert.Equal([3, 3, 2], Data.Open(info).Splits.Parts.Select(part => part.Dataset.Count));

        var tooFew = new DataFolder(Path.Combine(folder.Path, "other"), "a test");
        await File.WriteAllBytesAsync(archive, Zip([.. names.Skip(1).Select((name, i) => ($"dataset/{name}.ppm", Picture((byte)i)))]));
        Assert.Matches(
            "train +all classes +3 +2 +1 missing",
            (await Assert.ThrowsAsync<DataException>(() => Getter().FromArchiveAsync(tooFew, info, archive))).Message);
    }

    [Fact]
    public void The_catalogue_names_archives_that_can_be_used()
    {
        Assert.All(Datasets.All.SelectMany(info => info.Archives), archive =>
        {
            archive.Validate();
            Assert.Equal(Uri.UriSchemeHttps, archive.Address.Scheme);
        });
        Assert.Equal(
            ["CT_COVID.zip", "CT_NonCOVID.zip"],
            Datasets.CovidCt.Archives.Where(archive => archive.Kind == ArchiveKind.Zip).Select(archive => archive.FileName));
        Assert.Equal(6, Datasets.CovidCt.Archives.Count(archive => archive.Kind == ArchiveKind.File));
        var good = Datasets.CovidCt.Archives[0];
        Assert.Throws<DataException>((good with { Url = "ftp://example.org/a.zip" }).Validate);
        Assert.Throws<DataException>((good with { Url = "https://example.org/a%2F..%2Fb.zip" }).Validate);
        Assert.Throws<DataException>((good with { Url = "https://example.org/" }).Validate);
        Assert.Throws<DataException>((good with { Sha256 = "abc" }).Validate);
        Assert.Throws<DataException>((good with { Bytes = 0 }).Validate);
        Assert.Throws<DataException>((good with { Strip = -1 }).Validate);
        Assert.Throws<DataException>((good with { Into = "../up" }).Validate);
    }

    [Fact]
    public void A_broken_record_says_what_to_do()
    {
        Directory.CreateDirectory(Data.Root);
        File.WriteAllText(Path.Combine(Data.Root, DownloadRecord.FileName), "[{");
        Assert.Contains("delete it", Assert.Throws<DataException>(() => DownloadRecord.Read(Data)).Message, StringComparison.Ordinal);
    }

    private static void Cancel(CancellationTokenSource end, DownloadProgress progress, DownloadStage stage)
    {
        if (progress.Stage == stage)
        {
            end.Cancel();
        }
    }

    /// <summary>A picture of 4 x 4 grey pixels.</summary>
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

    private DatasetDownloader Getter() =>
        new(new Downloader(client, new DownloadOptions { StallTimeout = TimeSpan.FromHours(1) }, clock), clock: clock);

    private string[] Entries() =>
        Directory.Exists(Data.Root)
            ? [.. Directory.GetFileSystemEntries(Data.Root).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)]
            : [];

    private void NothingHalf()
    {
        Assert.Null(Data.Find(Info));
        Assert.Equal(["mini-ct.download"], Entries());
        Assert.Equal(
            ["files"],
            Directory.GetFileSystemEntries(Place + ".download").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
    }
}
