using System.Diagnostics;
using System.Reflection.PortableExecutable;
using System.Text;
using CovidNotebooks.Kernel.Session;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Tests.Shared;

namespace Tests.Notebooks;

/// <summary>
/// TorchSharp's native library loads on a system whose C++ runtime is older than it asks for; where it does not, the error says why.
/// </summary>
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

    [SkippableFact]
    public void Output_folders_on_Linux_hold_no_library_of_another_system()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Elsewhere they hold that system's own.");
        foreach (var output in new[] { Built, Path.Combine(Repository.Root, "artifacts", "bin", "CovidNotebooks", "release") })
        {
            var files = Directory.GetFiles(output, "*", SearchOption.AllDirectories);
            Assert.Contains(files, file => Path.GetFileName(file) == "libSkiaSharp.so");
            Assert.DoesNotContain(files, file => Path.GetExtension(file) == ".dylib");
            Assert.DoesNotContain(files, file => file.Contains("runtimes", StringComparison.Ordinal));
            Assert.DoesNotContain(files, file => Path.GetExtension(file) == ".dll" && !IsManaged(file));
        }
    }

    [Fact]
    public async Task The_copy_beside_the_library_loads_and_computes() =>
        Assert.Equal(
            "6", await Value("#r \"CovidNotebooks.dll\"\n#r \"TorchSharp.dll\"\nTorchSharp.torch.arange(4).sum().item<long>().ToString()"));

    [SkippableFact]
    public async Task The_library_as_its_makers_wrote_it_loads_too_whatever_the_system()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Only the library for Linux has symbol versions.");
        Break(Native, file =>
        {
            file[ElfVersionNeed.Of(file).Single(entry => entry.Version == Marker).FlagsAt] = 0;
            return file;
        });

        var (words, exitCode) = await RunProgram();

        Assert.True(exitCode == 0, words);
    }

    [SkippableFact]
    public async Task A_library_that_does_not_load_says_which_version_the_system_has_and_what_to_do()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Only the library for Linux has symbol versions.");
        var missing = Marker[..^2] + "99";
        Break(Native, file =>
        {
            var need = ElfVersionNeed.Of(file).Single(entry => entry.Version == Marker);
            Encoding.ASCII.GetBytes(missing).CopyTo(file, need.NameAt);
            file[need.FlagsAt] = 0;
            return file;
        });

        var told = await WordsOfAProcess();

        Assert.Contains(
            $"it asks the C++ runtime for {missing}, and the newest of this system is GLIBCXX_3.4.", told, StringComparison.Ordinal);
        Assert.Contains("./kit setup", told, StringComparison.Ordinal);
        Assert.DoesNotContain("doesn't contain a reference", told, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_file_that_is_no_library_says_what_the_loader_found()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "The loader's words are those of Linux.");
        Break(Native, file => [0, .. file[1..]]);

        Assert.Contains($"{Native} does not load: ", await WordsOfAProcess(), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_libtorch_that_is_cut_off_is_named_where_the_loader_would_end_the_process_without_a_word()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Headers are read of the libraries for Linux.");
        Break("libc10.so", file => file[..(file.Length / 2)]);

        Assert.Contains("libc10.so is cut off: it has ", await WordsOfAProcess(), StringComparison.Ordinal);
    }

    private static bool IsManaged(string file)
    {
        using var reader = new PEReader(File.OpenRead(file));
        return reader.HasMetadata;
    }

    /// <summary>A folder like lib/bin, but for a native library of which something is changed.</summary>
    private void Break(string native, Func<byte[], byte[]> change)
    {
        foreach (var file in Directory.EnumerateFiles(Built).Where(file => Path.GetFileName(file) != native))
        {
            File.CreateSymbolicLink(Path.Combine(folder.FullName, Path.GetFileName(file)), file);
        }

        File.WriteAllBytes(Path.Combine(folder.FullName, native), change(File.ReadAllBytes(Path.Combine(Built, native))));
    }

    private static async Task<string?> Value(string code)
    {
        string? value = null;
        var result = await new CSharpSession(new SessionOptions { WorkingDirectory = Built })
            .RunAsync(code, shown => value = (shown as ValueReturned)?.Bundle.Content.Values.First() ?? value);
        Assert.True(result.Error is null, string.Join('\n', result.Error?.Traceback ?? []));
        return value;
    }

    /// <summary>
    /// What a program in the folder writes that makes a network, in a process of its own: this one may have loaded libtorch already.
    /// </summary>
    private async Task<string> WordsOfAProcess()
    {
        var (words, exitCode) = await RunProgram();
        Assert.NotEqual(0, exitCode);
        return words;
    }

    private async Task<(string Words, int ExitCode)> RunProgram()
    {
        var program = Path.Combine(folder.FullName, "program.dll");
        var framework = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal));
        var made = CSharpCompilation.Create(
            "program",
            [CSharpSyntaxTree.ParseText("CovidNotebooks.Models.PneumoniaCnn model = new(1);")],
            framework.Append(Path.Combine(Built, "CovidNotebooks.dll")).Append(Path.Combine(Built, "TorchSharp.dll"))
                .Select(file => MetadataReference.CreateFromFile(file)),
            new CSharpCompilationOptions(OutputKind.ConsoleApplication)).Emit(program);
        Assert.True(made.Success, string.Join('\n', made.Diagnostics));
        var start = new ProcessStartInfo(
            "dotnet", ["exec", "--runtimeconfig", Path.Combine(AppContext.BaseDirectory, "Notebooks.Tests.runtimeconfig.json"), program])
        {
            RedirectStandardError = true,
            UseShellExecute = false,
            Environment = { ["DOTNET_DbgEnableMiniDump"] = "0", ["DOTNET_EnableDiagnostics"] = "0" },
        };
        using var process = Process.Start(start)!;
        var words = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (words, process.ExitCode);
    }
}
