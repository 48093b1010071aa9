using System.Buffers.Binary;
using System.Globalization;
using CovidNotebooks.Models;
using Tests.Data;

namespace Tests.Models;

/// <summary>Why libtorch does not load is said in words, and a library that is cut off is found before it ends the process.</summary>
public sealed class TorchLoadFailureTests : IDisposable
{
    private const int Whole = 6000;
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(64, 5064, 936, 6000)] // the table of sections is last
    [InlineData(64, 0, 0, 5500)] // without one, the last loaded segment counts
    [InlineData(3000, 0, 0, 5500)] // program headers that a tool moved behind the first page's middle
    [InlineData(5900, 0, 0, 5956)] // and out of what was read: at least they must be there
    public void A_header_tells_the_least_length(long programs, long sections, int bytesOfSections, long expected) =>
        Assert.Equal(expected, ElfHeader.LeastLength(Elf(programs, sections, bytesOfSections).AsSpan(0, ElfHeader.Needed)));

    [Fact]
    public void A_file_that_ends_in_its_header_needs_one_and_other_files_need_nothing()
    {
        Assert.Equal(64, ElfHeader.LeastLength([]));
        Assert.Equal(64, ElfHeader.LeastLength(Elf()[..3]));
        Assert.Equal(64, ElfHeader.LeastLength(Elf()[..63]));
        Assert.Equal(0, ElfHeader.LeastLength("INPUT(libtorch.so)"u8));
        Assert.Equal(0, ElfHeader.LeastLength(new byte[ElfHeader.Needed]));
        var other = Elf();
        other[4] = 1; // 32 bits
        Assert.Equal(0, ElfHeader.LeastLength(other));
    }

    [Fact]
    public void The_libraries_beside_this_test_are_as_long_as_their_headers_say()
    {
        TorchLoadFailure.RequireWhole([AppContext.BaseDirectory]);
        var libraries = Directory.GetFiles(AppContext.BaseDirectory, "lib*.so*");
        Assert.Equal(OperatingSystem.IsLinux(), libraries.Any(file => Path.GetFileName(file) == "libtorch_cpu.so"));
        Assert.All(libraries, file =>
        {
            using var stream = File.OpenRead(file);
            var begin = new byte[ElfHeader.Needed];
            Assert.InRange(ElfHeader.LeastLength(begin.AsSpan(0, stream.Read(begin))), 65, stream.Length);
        });
    }

    [SkippableFact]
    public void The_copy_is_marked_as_the_build_marks_it()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Only the library for Linux has symbol versions.");
        var built = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "libLibTorchSharp.so"));
        var copy = built.ToArray();
        Assert.True(WeakSymbolVersion.Weaken(copy, WeakSymbolVersion.Marker));
        Assert.Equal(built, copy);
        Assert.False(WeakSymbolVersion.Weaken(copy, "GLIBCXX_9.9"));
        Assert.True(WeakSymbolVersion.Weaken(copy, "GLIBCXX_3.4.20"));
        Assert.Equal(1, built.Zip(copy).Count(pair => pair.First != pair.Second));
    }

    [Fact]
    public void A_libtorch_that_is_not_there_is_named_with_the_package_that_holds_it()
    {
        const string Loader = "libtorch.so: cannot open shared object file: No such file or directory";
        var told = TorchLoadFailure.Explain("a.so", Loader, "GLIBCXX_3.4.30");
        Assert.StartsWith("a.so does not load: no libtorch is beside it.", told, StringComparison.Ordinal);
        Assert.Matches(@"reference libtorch-cpu-linux-x64 2\.\d+\.\d+ ", told);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(63)]
    [InlineData(4096)]
    [InlineData(Whole - 1)]
    public void A_library_that_is_cut_off_is_named_with_what_to_do(int length)
    {
        var file = Path.Combine(folder.Path, "libtorch_cpu.so");
        File.WriteAllBytes(file, Elf());
        File.WriteAllText(Path.Combine(folder.Path, "library.txt"), "");
        TorchLoadFailure.RequireWhole([folder.Path, Path.Combine(folder.Path, "not there")]);

        File.WriteAllBytes(file, Elf()[..length]);
        var told = Assert.Throws<DllNotFoundException>(() => TorchLoadFailure.RequireWhole([folder.Path])).Message;
        Assert.StartsWith(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{file} is cut off: it has {length:N0} bytes, and its header asks for {(length < 64 ? 64 : Whole):N0} at least."),
            told,
            StringComparison.Ordinal);
        Assert.Contains("Delete the file, build again with ./kit setup", told, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_library_is_named_with_the_loaders_words_and_the_newest_version()
    {
        var file = Path.Combine(folder.Path, "libLibTorchSharp.so");
        File.WriteAllText(file, "no library");
        var error = Assert.Throws<DllNotFoundException>(() => TorchLoadFailure.Load(file));
        Assert.StartsWith($"{file} does not load: ", error.Message, StringComparison.Ordinal);
        Assert.Contains("Delete the folders artifacts and lib/bin, build again with ./kit setup", error.Message, StringComparison.Ordinal);
        Assert.NotNull(error.InnerException);
        Assert.Equal(OperatingSystem.IsLinux(), error.Message.Contains("runtime is GLIBCXX_3.4.", StringComparison.Ordinal));
    }

    [Fact]
    public void A_version_that_is_missing_is_named_beside_the_newest_that_is_there()
    {
        const string Loader = "/lib/libstdc++.so.6: version `GLIBCXX_3.4.32' not found (required by libLibTorchSharp.so)";
        Assert.StartsWith(
            "a.so does not load: it asks the C++ runtime for GLIBCXX_3.4.32, and the newest of this system is GLIBCXX_3.4.30. ",
            TorchLoadFailure.Explain("a.so", Loader, "GLIBCXX_3.4.30"), StringComparison.Ordinal);
        Assert.Contains("unknown (there is no libstdc++.so.6)", TorchLoadFailure.Explain("a.so", Loader, null), StringComparison.Ordinal);
    }

    [Fact]
    public void The_newest_version_is_by_number_and_not_by_letters()
    {
        Assert.Equal("GLIBCXX_3.4.30", TorchLoadFailure.NewestGlibcxx("GLIBCXX_3.4.9\0GLIBCXX_3.4.30\0GLIBCXX_3.4\0GLIBCXX_TUNABLES"));
        Assert.Null(TorchLoadFailure.NewestGlibcxx("GLIBC_2.36"));
    }

    /// <summary>A header, one segment that ends at byte 5,500, and nothing that a loader would run.</summary>
    private static byte[] Elf(long programs = 64, long sections = 5000, int bytesOfSections = 1000)
    {
        var file = new byte[Whole];
        ReadOnlySpan<byte> magic = [0x7F, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1];
        magic.CopyTo(file);
        Write(0x20, programs);
        Write(0x28, sections);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(0x36), 56);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(0x38), 1);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(0x3A), (ushort)(bytesOfSections / 8));
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(0x3C), 8);
        file[(int)programs] = 1;
        Write((int)programs + 0x08, 4500);
        Write((int)programs + 0x20, 1000);
        return file;

        void Write(int at, long value) => BinaryPrimitives.WriteInt64LittleEndian(file.AsSpan(at), value);
    }
}
