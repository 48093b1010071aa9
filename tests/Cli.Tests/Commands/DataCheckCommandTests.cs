using System.CommandLine;
using CovidNotebooks.Cli;
using CovidNotebooks.Cli.Commands;
using CovidNotebooks.Data;
using Spectre.Console;

namespace Tests.Cli.Commands;

/// <summary><c>kit data check</c> on a set of 25 and 25 drawn X-rays that is laid out as xray-25.</summary>
public sealed class DataCheckCommandTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("data-check-test-");
    private readonly string covid;

    public DataCheckCommandTests()
    {
        var drawn = Phantoms.Create(
            Path.Combine(folder.FullName, "drawn"), new PhantomOptions { Size = 16, TrainPerClass = 25, TestPerClass = 1 })["train"];
        var sets = Directory.CreateDirectory(Path.Combine(folder.FullName, "sets", "xray-25"));
        covid = Path.Combine(sets.FullName, "covid");
        foreach (var image in drawn.Images)
        {
            var target = Path.Combine(sets.FullName, image.Label == 0 ? "normal" : "covid");
            Directory.CreateDirectory(target);
            File.Copy(drawn.FullPath(image), Path.Combine(target, Path.GetFileName(image.Path)));
        }
    }

    private string Sets => Path.Combine(folder.FullName, "sets");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void The_folder_is_the_first_argument_or_data_and_a_whole_set_ends_with_0()
    {
        var (exitCode, text) = Kit(Sets);
        Assert.Equal(0, exitCode);
        Assert.Contains("xray-25: complete", text, StringComparison.Ordinal);
        Assert.DoesNotContain("covid-ct", text, StringComparison.Ordinal);

        // How many lines of progress stand above it is a matter of time.
        var named = Kit("--data", Sets);
        Assert.Equal(0, named.ExitCode);
        Assert.Contains("xray-25: complete", named.Text, StringComparison.Ordinal);
        Assert.Equal(0, Kit(Sets, "--set", "xray-25", "--quick").ExitCode);
    }

    [Fact]
    public void A_missing_image_and_a_missing_set_end_with_1()
    {
        File.Delete(Directory.GetFiles(covid)[0]);
        var (exitCode, text) = Kit(Sets);
        Assert.Equal(1, exitCode);
        Assert.Matches("covid +25 +24 +1 missing", text);

        (exitCode, text) = Kit(Sets, "--set", "covid-ct");
        Assert.Equal(1, exitCode);
        Assert.Contains("covid-ct: not here", text, StringComparison.Ordinal);

        (exitCode, text) = Kit(Path.Combine(folder.FullName, "nowhere"));
        Assert.Equal(2, exitCode);
        Assert.Contains("There is no folder", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_folder_of_pictures_can_be_checked()
    {
        var root = Directory.CreateDirectory(Path.Combine(folder.FullName, "my pictures")).FullName;
        var pictures = Directory.GetFiles(covid);
        foreach (
            var (place, picture) in new[]
            {
                ("train/cat/a.jpeg", 0),
                ("train/dog/b.jpeg", 1),
                ("test/cat/c.jpeg", 2),
                ("test/dog/d.jpeg", 3),
            })
        {
            Directory.CreateDirectory(Path.Combine(root, Path.GetDirectoryName(place)!));
            File.Copy(pictures[picture], Path.Combine(root, place));
        }

        var (exitCode, text) = Kit(root);
        Assert.Equal(0, exitCode);
        Assert.Contains("my pictures: the parts train, test, with a folder a class in each", text, StringComparison.Ordinal);
        Assert.Contains("Every picture can be read.", text, StringComparison.Ordinal);

        File.WriteAllText(Path.Combine(root, "test", "dog", "e.png"), "no picture");
        (exitCode, text) = Kit(root);
        Assert.Equal(1, exitCode);
        Assert.Contains("cannot be read: test/dog/e.png", text, StringComparison.Ordinal);

        Assert.Equal(0, Kit(Path.Combine(Sets, "xray-25"), "--own").ExitCode);
        Directory.CreateDirectory(Path.Combine(folder.FullName, "nothing"));
        Assert.Equal(2, Kit(Path.Combine(folder.FullName, "nothing")).ExitCode);
    }

    [Fact]
    public void A_folder_that_is_laid_out_as_two_sets_is_checked_as_the_first_of_them()
    {
        var root = Directory.CreateDirectory(Path.Combine(folder.FullName, "anything")).FullName;
        foreach (var part in (string[])["train", "val", "test"])
        {
            foreach (var name in (string[])["Covid", "Normal"])
            {
                Directory.CreateDirectory(Path.Combine(root, part, name));
                File.Copy(Directory.GetFiles(covid)[0], Path.Combine(root, part, name, "1.jpeg"));
            }
        }

        Assert.DoesNotContain("covid-xray-document-4", Kit(root).Text, StringComparison.Ordinal);
        Assert.Matches("train +all classes +7,800 +2 +7,798 missing", Kit(root, "--set", "covid-xray-document-4").Text);
    }

    [Fact]
    public void An_unknown_set_ends_with_2_and_lists_the_known_ones()
    {
        var (exitCode, text) = Kit(Sets, "--set", "imagenet");
        Assert.Equal(2, exitCode);
        Assert.Contains("chest-xray-pneumonia", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Quick_finds_a_file_that_is_cut_off_and_only_the_whole_check_one_that_is_damaged_inside()
    {
        var files = Directory.GetFiles(covid);
        var damaged = Path.ChangeExtension(files[1], ".png");
        File.Delete(files[1]);
        File.WriteAllBytes(damaged, DamagedInside());
        Assert.Equal(0, Kit(Sets, "--quick").ExitCode);
        var (exitCode, text) = Kit(Sets);
        Assert.Equal(1, exitCode);
        Assert.Contains($"cannot be read: covid/{Path.GetFileName(damaged)}", text, StringComparison.Ordinal);

        File.WriteAllBytes(damaged, DamagedInside()[..^20]);
        Assert.Equal(1, Kit(Sets, "--quick").ExitCode);
    }

    /// <summary>A PNG of 4 x 4 grey pixels whose compressed pixels are nonsense: chunks and lengths are right.</summary>
    private static byte[] DamagedInside()
    {
        using var written = new MemoryStream();
        written.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        Chunk("IHDR", [0, 0, 0, 4, 0, 0, 0, 4, 8, 0, 0, 0, 0]);
        Chunk("IDAT", [.. Enumerable.Repeat((byte)0xFF, 30)]);
        Chunk("IEND", []);
        return written.ToArray();

        void Chunk(string type, byte[] content)
        {
            byte[] typed = [.. System.Text.Encoding.ASCII.GetBytes(type), .. content];
            Span<byte> number = stackalloc byte[4];
            System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
            written.Write(number);
            written.Write(typed);
            System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(number, Crc(typed));
            written.Write(number);
        }
    }

    private static uint Crc(byte[] bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 1 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
            }
        }

        return ~crc;
    }

    private (int ExitCode, string Text) Kit(params string[] arguments)
    {
        using var written = new StringWriter();
        var console = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Ansi = AnsiSupport.No,
                ColorSystem = ColorSystemSupport.NoColors,
                Interactive = InteractionSupport.No,
                Out = new AnsiConsoleOutput(written),
            });
        console.Profile.Width = 1000;
        using var errors = new StringWriter();
        var root = new RootCommand { DataCommand.Create(new Checkout(folder.FullName), console, TimeProvider.System) };
        return (
            root.Parse(["data", "check", .. arguments]).Invoke(new InvocationConfiguration { Output = errors, Error = errors }),
            written.ToString());
    }
}
