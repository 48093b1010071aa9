using System.Text;
using CovidNotebooks.Kernel.Session;
using Tests.Shared;

namespace Tests.Notebooks;

/// <summary>TorchSharp's native library loads on a system whose C++ runtime is older than it asks for; where it does not, the error says why.</summary>
public sealed class TorchLoadingTests : IDisposable
{
    private const string Marker = "GLIBCXX_3.4.32";
    private const string Native = "libLibTorchSharp.so";
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("torch-loading-test-");

    private static string Built => Path.Combine(Repository.Root, "lib", "bin");

    public void Dispose() => folder.Delete(recursive: true);

    [SkippableTheory]
    [InlineData("artifacts/native")]
    [InlineData("lib/bin")]
    [InlineData("artifacts/bin/CovidNotebooks/release")]
    public void The_copies_in_output_folders_do_without_the_marker_version_alone(string output)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Only the library for Linux has symbol versions.");
        var needs = ElfVersionNeed.Of(File.ReadAllBytes(Path.Combine(Repository.Root, output, Native)));

        Assert.True(Assert.Single(needs, need => need.Version == Marker).IsWeak);
        Assert.All(needs, need => Assert.Equal(need.Version == Marker, need.IsWeak));
        Assert.Contains(needs, need => need.Version.StartsWith("GLIBC_", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_copy_beside_the_library_loads_and_computes() =>
        Assert.Equal("6", (await Run(Built, "TorchSharp.torch.arange(4).sum().item<long>().ToString()")).Value);

    [SkippableFact]
    public async Task A_library_that_does_not_load_says_which_version_the_system_has_and_what_to_do()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Only the library for Linux has symbol versions.");
        var missing = Marker[..^2] + "99";
        Break(file =>
        {
            var need = ElfVersionNeed.Of(file).Single(entry => entry.Version == Marker);
            Encoding.ASCII.GetBytes(missing).CopyTo(file, need.NameAt);
            file[need.FlagsAt] = 0;
        });

        var (_, error) = await Run(folder.FullName, "new CovidNotebooks.Models.PneumoniaCnn(1)");

        var told = string.Join('\n', error!.Traceback);
        Assert.Contains($"it asks the C++ runtime for {missing}, and the newest of this system is GLIBCXX_3.4.", told, StringComparison.Ordinal);
        Assert.Contains("./kit setup", told, StringComparison.Ordinal);
        Assert.DoesNotContain("doesn't contain a reference", told, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_file_that_is_no_library_says_what_the_loader_found()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "The loader's words are those of Linux.");
        Break(file => file[0] = 0);

        var (_, error) = await Run(folder.FullName, "TorchSharp.torch.ones(1)");

        Assert.Contains($"{Native} does not load: ", string.Join('\n', error!.Traceback), StringComparison.Ordinal);
    }

    /// <summary>A folder like lib/bin, but for a native library of which something is changed.</summary>
    private void Break(Action<byte[]> change)
    {
        foreach (var file in Directory.EnumerateFiles(Built).Where(file => Path.GetFileName(file) != Native))
        {
            File.CreateSymbolicLink(Path.Combine(folder.FullName, Path.GetFileName(file)), file);
        }

        var broken = File.ReadAllBytes(Path.Combine(Built, Native));
        change(broken);
        File.WriteAllBytes(Path.Combine(folder.FullName, Native), broken);
    }

    private static async Task<(string? Value, CellError? Error)> Run(string library, string code)
    {
        string? value = null;
        var session = new CSharpSession(new SessionOptions { WorkingDirectory = library });
        var result = await session.RunAsync($"#r \"CovidNotebooks.dll\"\n#r \"TorchSharp.dll\"\nSystem.Runtime.CompilerServices.RuntimeHelpers.RunModuleConstructor(typeof(CovidNotebooks.Models.PneumoniaCnn).Module.ModuleHandle);", _ => { });
        Assert.True(result.Error is null, result.Error?.Message);
        result = await session.RunAsync(code, shown => value = (shown as ValueReturned)?.Bundle.Content.Values.First() ?? value);
        return (value, result.Error);
    }
}
