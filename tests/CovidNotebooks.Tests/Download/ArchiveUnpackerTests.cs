using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using CovidNotebooks.Data;
using CovidNotebooks.Download;
using Tests.Data;

namespace Tests.Download;

public sealed class ArchiveUnpackerTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string Archive => Path.Combine(folder.Path, "in", "a.archive");

    private string Out => Path.Combine(folder.Path, "out");

    public ArchiveUnpackerTests() => Directory.CreateDirectory(Path.Combine(folder.Path, "in"));

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(ArchiveKind.Zip)]
    [InlineData(ArchiveKind.TarGz)]
    public void Files_come_out_as_they_went_in(ArchiveKind kind)
    {
        Pack(
            kind,
            ("top/", null),
            ("top/71%0.jpg", "a"),
            ("./top/deep/b.png", "bb"),
            ("top/empty.txt", ""),
            ("__MACOSX/top/._71%0.jpg", "x"),
            ("top/.DS_Store", "x"));
        var told = new Told();
        ArchiveUnpacker.Unpack(Archive, kind, Out, progress: told);
        Assert.Equal(["top/71%0.jpg=a", "top/deep/b.png=bb", "top/empty.txt="], Unpacked());
        Assert.All(
            told.All,
            progress => Assert.Equal((DownloadStage.Unpacking, new FileInfo(Archive).Length), (progress.Stage, progress.Total!.Value)));
    }

    [Theory]
    [InlineData("../evil.txt")]
    [InlineData("a/../../evil.txt")]
    [InlineData("a/..")]
    [InlineData("..\\evil.txt")]
    [InlineData("a\\..\\..\\evil.txt")]
    [InlineData("/tmp/evil.txt")]
    [InlineData("\\evil.txt")]
    [InlineData("C:\\evil.txt")]
    [InlineData("C:evil.txt")]
    [InlineData("a/evil.txt:stream")]
    [InlineData("a/.. /evil.txt")]
    [InlineData("a/.../evil.txt")]
    [InlineData("a\n/evil.txt")]
    [InlineData("1/2/3/4/5/6/7/8/9/0/1/2/3/4/5/6/7/8/9/0/1/2/3/4/5/6/7/8/9/0/1/2/evil.txt")]
    public void Names_that_leave_the_folder_end_it(string name)
    {
        foreach (var kind in new[] { ArchiveKind.Zip, ArchiveKind.TarGz })
        {
            Pack(kind, ("good.txt", "good"), (name, "evil"));
            var message = Fails(kind).Message;

            // The tar reader does not even pass a line break on.
            Assert.Contains(kind == ArchiveKind.TarGz && name.Contains('\n') ? "broken" : "which ", message, StringComparison.Ordinal);
        }

        Assert.Empty(Directory.EnumerateFiles(Path.GetDirectoryName(folder.Path)!, "evil.txt"));
    }

    [Theory]
    [InlineData("a", "a")]
    [InlineData("a.png", "A.PNG")]
    [InlineData("a", "a/b")]
    [InlineData("a/b", "a")]
    public void A_name_comes_once(string first, string second)
    {
        foreach (var kind in new[] { ArchiveKind.Zip, ArchiveKind.TarGz })
        {
            Pack(kind, (first, "1"), (second, "2"));
            Assert.Contains("twice", Fails(kind).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Links_of_zip_archives_end_it()
    {
        using (var zip = ZipFile.Open(Archive, ZipArchiveMode.Create))
        {
            var entry = zip.CreateEntry("link");
            entry.ExternalAttributes = unchecked((int)0xA1FF0000);
            using var stream = entry.Open();
            stream.Write("/etc"u8);
        }

        Assert.Contains("a link", Fails(ArchiveKind.Zip).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(TarEntryType.SymbolicLink)]
    [InlineData(TarEntryType.HardLink)]
    [InlineData(TarEntryType.Fifo)]
    [InlineData(TarEntryType.CharacterDevice)]
    public void Links_and_devices_of_tar_archives_end_it(TarEntryType type)
    {
        using (var file = File.Create(Archive))
        using (var gzip = new GZipStream(file, CompressionLevel.Fastest))
        using (var tar = new TarWriter(gzip))
        {
            var entry = new PaxTarEntry(type, "folder");
            if (type is TarEntryType.SymbolicLink or TarEntryType.HardLink)
            {
                entry.LinkName = "/tmp";
            }

            tar.WriteEntry(entry);
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "folder/evil.txt") { DataStream = new MemoryStream([1]) });
        }

        Assert.Contains(type.ToString(), Fails(ArchiveKind.TarGz).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ArchiveKind.Zip)]
    [InlineData(ArchiveKind.TarGz)]
    public void Bombs_are_ended_early(ArchiveKind kind)
    {
        var zeros = new string('0', 400_000);
        Pack(kind, [.. Enumerable.Range(0, 10).Select(i => ($"{i}.txt", (string?)zeros))]);
        Assert.Contains("times as large", Fails(kind).Message, StringComparison.Ordinal);
        Assert.Contains(
            "3,000,000 bytes",
            Fails(kind, new UnpackLimits { MaximumBytes = 3_000_000, MaximumRatio = 1e6 }).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "9 entries", Fails(kind, new UnpackLimits { MaximumEntries = 9, MaximumRatio = 1e6 }).Message, StringComparison.Ordinal);
        ArchiveUnpacker.Unpack(Archive, kind, Out, new UnpackLimits { MaximumEntries = 10, MaximumBytes = 4_100_000, MaximumRatio = 1e6 });
        Assert.Equal(10, Directory.GetFiles(Out).Length);
    }

    [Fact]
    public void Tar_headers_count_as_bytes_too()
    {
        Pack(ArchiveKind.TarGz, [.. Enumerable.Range(0, 1500).Select(i => ($"{i}.txt", (string?)""))]);
        Assert.Contains(
            "bytes",
            Fails(ArchiveKind.TarGz, new UnpackLimits { MaximumBytes = 1_000_000, MaximumRatio = 1e6 }).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData('x', "17777777777")]
    [InlineData('g', "77777777777")]
    [InlineData('L', "13777777777")]
    [InlineData('0', "77777777777")]
    public void A_tar_header_that_claims_gigabytes_is_not_believed(char kind, string octalLength)
    {
        var block = new byte[512];
        Encoding.ASCII.GetBytes("a.txt").CopyTo(block, 0);
        Encoding.ASCII.GetBytes("0000644\0" + "0000000\0" + "0000000\0" + octalLength + "\0" + "00000000000\0" + "        " + kind)
            .CopyTo(block, 100);
        Encoding.ASCII.GetBytes("ustar\0" + "00").CopyTo(block, 257);
        Encoding.ASCII.GetBytes(Convert.ToString(block.Sum(value => value), 8).PadLeft(6, '0') + "\0 ").CopyTo(block, 148);
        using (var file = File.Create(Archive))
        using (var gzip = new GZipStream(file, CompressionLevel.Fastest))
        {
            gzip.Write(block);
            gzip.Write(new byte[2048]);
        }

        Fails(ArchiveKind.TarGz);
    }

    [Theory]
    [InlineData(ArchiveKind.Zip)]
    [InlineData(ArchiveKind.TarGz)]
    public void Broken_archives_end_with_one_kind_of_error_and_leave_nothing(ArchiveKind kind)
    {
        Pack(kind, ("a.txt", Noise(3000)), ("b/c.txt", Noise(2000)));
        var bytes = File.ReadAllBytes(Archive);
        var random = new Random(3);
        var (broken, whole) = (0, 0);
        for (var i = 0; i < 300; i++)
        {
            var damaged = bytes.ToArray();
            if (i % 3 == 0)
            {
                damaged = damaged[..random.Next(damaged.Length)];
            }
            else
            {
                damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            }

            File.WriteAllBytes(Archive, damaged);
            try
            {
                ArchiveUnpacker.Unpack(Archive, kind, Out);
                whole++;

                // What is not covered by a check sum (names of files in zip, times) may differ; the files' bytes may not.
                Assert.Equal(
                    [2000, 3000],
                    Directory.GetFiles(Out, "*", SearchOption.AllDirectories).Select(file => new FileInfo(file).Length).Order());
                Assert.Equal(
                    [Noise(2000), Noise(3000)],
                    Directory.GetFiles(Out, "*", SearchOption.AllDirectories).Select(File.ReadAllText).OrderBy(text => text.Length));
                Directory.Delete(Out, recursive: true);
            }
            catch (ArchiveException)
            {
                broken++;
                Assert.False(Directory.Exists(Out));
            }
        }

        Assert.True(broken > 150, $"{broken} of 300 damaged archives were noticed, {whole} had equal content.");
    }

    [Fact]
    public void A_check_sum_is_compared()
    {
        PackZip(CompressionLevel.NoCompression, ("a.txt", "123456789"));
        var bytes = File.ReadAllBytes(Archive);
        // The published check value of CRC-32 over these nine digits.
        Assert.True(bytes.AsSpan().IndexOf(new byte[] { 0x26, 0x39, 0xF4, 0xCB }) > 0);
        bytes[bytes.AsSpan().IndexOf("123456789"u8)] = (byte)'7';
        File.WriteAllBytes(Archive, bytes);
        Assert.Contains("cbf43926", Fails(ArchiveKind.Zip).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Ending_it_leaves_nothing()
    {
        Pack(ArchiveKind.Zip, ("a.txt", Noise(300_000)), ("b.txt", Noise(300_000)));
        using var end = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(
            () =>
                ArchiveUnpacker.Unpack(
                    Archive, ArchiveKind.Zip, Out, progress: new Told { OnReport = _ => end.Cancel() }, cancellation: end.Token));
        Assert.False(Directory.Exists(Out));
    }

    [Fact]
    public void An_existing_folder_is_never_written_into()
    {
        Pack(ArchiveKind.Zip, ("a.txt", "a"));
        Directory.CreateDirectory(Out);
        File.WriteAllText(Path.Combine(Out, "mine.txt"), "mine");
        Assert.Throws<IOException>(() => ArchiveUnpacker.Unpack(Archive, ArchiveKind.Zip, Out));
        Assert.Equal(["mine.txt=mine"], Unpacked());
    }

    private static string Noise(int count)
    {
        var random = new Random(count);
        return string.Concat(Enumerable.Range(0, count).Select(_ => (char)('!' + random.Next(90))));
    }

    private ArchiveException Fails(ArchiveKind kind, UnpackLimits? limits = null)
    {
        var exception = Assert.Throws<ArchiveException>(() => ArchiveUnpacker.Unpack(Archive, kind, Out, limits));
        Assert.False(Directory.Exists(Out));
        Assert.Equal(["in"], Directory.GetFileSystemEntries(folder.Path).Select(Path.GetFileName));
        return exception;
    }

    private string[] Unpacked() =>
        [
            .. Directory.GetFiles(Out, "*", SearchOption.AllDirectories)
            .Select(file => $"{Path.GetRelativePath(Out, file).Replace('\\', '/')}={File.ReadAllText(file)}").Order(StringComparer.Ordinal),
        ];

    private void Pack(ArchiveKind kind, params (string Name, string? Content)[] entries)
    {
        if (kind == ArchiveKind.Zip)
        {
            PackZip(CompressionLevel.SmallestSize, entries);
            return;
        }

        using var file = File.Create(Archive);
        using var gzip = new GZipStream(file, CompressionLevel.SmallestSize);
        using var tar = new TarWriter(gzip);
        foreach (var (name, content) in entries)
        {
            tar.WriteEntry(
                content is null ? new PaxTarEntry(TarEntryType.Directory, name)
                : new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(Encoding.ASCII.GetBytes(content)) });
        }
    }

    private void PackZip(CompressionLevel level, params (string Name, string? Content)[] entries)
    {
        using var file = File.Create(Archive);
        using var zip = new ZipArchive(file, ZipArchiveMode.Create);
        foreach (var (name, content) in entries)
        {
            var entry = zip.CreateEntry(name, level);
            if (content is not null)
            {
                using var stream = entry.Open();
                stream.Write(Encoding.ASCII.GetBytes(content));
            }
        }
    }
}
