using System.IO.Compression;

namespace Tests.Kernel.Jupyter;

/// <summary><c>#r "nuget: …"</c>, from a folder of packages that a NuGet.config beside the notebook names: no network.</summary>
public sealed class PackageTests
{
    [Fact]
    public async Task A_package_and_what_it_needs_are_restored_used_and_cached()
    {
        await using var kernel = new TestKernel();
        Packages(kernel.Folder);
        var cell = kernel.Client.Run("#r \"nuget: Tests.Outer, 1.0.0\"\nOuter.Twice(21)");
        Assert.True(cell.Status == "ok", cell.Status == "ok" ? "" : cell.Error);
        Assert.Equal("42", cell.Value);
        Assert.Equal("21", kernel.Client.Run("Inner.Half(42)").Value);

        // The feed is gone: only the cache can answer.
        Directory.Delete(kernel.Folder.File("feed"), recursive: true);
        var next = new TestSession(kernel.Folder.Path, packageCache: kernel.Folder.File("cache"));
        Assert.Contains("42", await next.ValueAsync("#r \"nuget: Tests.Outer, 1.0.0\"\nOuter.Twice(21)"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_package_that_does_not_exist_gives_the_restores_own_error_at_its_line()
    {
        await using var kernel = new TestKernel();
        Packages(kernel.Folder);
        var cell = kernel.Client.Run("// packages\n#r \"nuget: Tests.NoSuch, 9.9.9\"");
        Assert.Contains("(2,1): error: the packages could not be restored:\nNU1101: ", cell.Error, StringComparison.Ordinal);
        Assert.Contains("Tests.NoSuch", cell.Error, StringComparison.Ordinal);
        Assert.Contains("names no package", kernel.Client.Run("#r \"nuget: \"").Error, StringComparison.Ordinal);
    }

    private static void Packages(TemporaryFolder folder)
    {
        var feed = Directory.CreateDirectory(folder.File("feed")).FullName;
        var build = folder.File("build");
        var inner = TestLibrary.Build(build, "Tests.Inner", "public static class Inner { public static int Half(int n) => n / 2; }");
        var outer = TestLibrary.Build(
            build, "Tests.Outer", "public static class Outer { public static int Twice(int n) => 4 * Inner.Half(n + 1) - 2; }", inner);
        Pack(feed, "Tests.Inner", inner, "");
        Pack(feed, "Tests.Outer", outer, "<dependency id=\"Tests.Inner\" version=\"1.0.0\" />");
        folder.Write(
            "NuGet.config",
            $"<configuration><packageSources><clear /><add key=\"feed\" value=\"{feed}\" /></packageSources><config><add "
                + $"key=\"globalPackagesFolder\" value=\"{folder.File("packages")}\" /></config></configuration>");
    }

    private static void Pack(string feed, string name, string dll, string dependency)
    {
        using var package = ZipFile.Open(Path.Combine(feed, name + ".1.0.0.nupkg"), ZipArchiveMode.Create);
        package.CreateEntryFromFile(dll, $"lib/net10.0/{name}.dll");
        using var writer = new StreamWriter(package.CreateEntry(name + ".nuspec").Open());
        writer.Write($"""
            <package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd">
            <metadata><id>{name}</id><version>1.0.0</version><authors>tests</authors><description>test</description>
            <dependencies><group targetFramework="net10.0">{dependency}</group></dependencies></metadata></package>
            """);
    }
}
