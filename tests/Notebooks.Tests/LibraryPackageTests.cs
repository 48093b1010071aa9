using System.IO.Compression;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Tests.Notebooks.RealKernel;
using Tests.Shared;

namespace Tests.Notebooks;

/// <summary>The library as a NuGet package: what is inside, and that the example of its README runs in every host from it.</summary>
[Collection(RealKernelCollection.Name)]
public sealed class LibraryPackageTests : IDisposable
{
    private readonly LocalPackages packages = new();
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("library-package-test-");

    private static string Example =>
        File.ReadAllText(Path.Combine(Repository.Root, "lib", "CovidNotebooks", "PACKAGE.md")).Split("```csharp\n")[1].Split("```")[0];

    private static string Libtorch => Central("libtorch-cpu-linux-x64");

    public void Dispose()
    {
        packages.Dispose();
        folder.Delete(recursive: true);
    }

    [LongFact]
    public void It_holds_README_documentation_and_what_it_needs_but_libtorch()
    {
        var package = packages.Pack("CovidNotebooks");

        using (var archive = ZipFile.OpenRead(package))
        {
            string[] files =
            [
                .. archive.Entries.Select(entry => entry.FullName).Where(name => !name.StartsWith('[') && !name.StartsWith('_')
                    && !name.StartsWith("package/", StringComparison.Ordinal)).Order(StringComparer.Ordinal),
            ];
            Assert.Equal(
                ["CovidNotebooks.nuspec", "README.md", "lib/net10.0/CovidNotebooks.dll", "lib/net10.0/CovidNotebooks.xml"], files);
        }

        Assert.Contains("never for diagnosis", LocalPackages.Read(package, "README.md"), StringComparison.Ordinal);
        var documentation = LocalPackages.Read(package, "lib/net10.0/CovidNotebooks.xml");
        Assert.Contains("M:CovidNotebooks.Training.Trainer.Fit(", documentation, StringComparison.Ordinal);
        var metadata = LocalPackages.Metadata(package);
        string Of(string name) => metadata.Elements().Single(element => element.Name.LocalName == name).Value;
        Assert.Equal(("MIT", "README.md", packages.Version), (Of("license"), Of("readme"), Of("version")));
        Assert.EndsWith("For research and teaching, never for diagnosis.", Of("description"), StringComparison.Ordinal);
        var needs = metadata.Descendants().Where(element => element.Name.LocalName == "dependency")
            .ToDictionary(
                element => (string)element.Attribute("id")!, element => (string)element.Attribute("version")!, StringComparer.Ordinal);
        Assert.All(needs, need => Assert.Equal(Central(need.Key), need.Value));
        Assert.DoesNotContain(needs.Keys, name => name.Contains("libtorch", StringComparison.Ordinal));
        Assert.Superset(new HashSet<string>(StringComparer.Ordinal) { "TorchSharp", "Plotly.NET", "SkiaSharp", "SixLabors.ImageSharp" },
            needs.Keys.ToHashSet(StringComparer.Ordinal));
    }

    /// <summary>The versions that they name are those of the repository.</summary>
    [Fact]
    public void READMEs_of_packages_name_these_versions()
    {
        var readme = File.ReadAllText(Path.Combine(Repository.Root, "lib", "CovidNotebooks", "PACKAGE.md"));
        var version = XElement.Load(Path.Combine(Repository.Root, "Directory.Build.props")).Descendants("Version").Single().Value;
        Assert.Contains($"#r \"nuget: CovidNotebooks, {version}\"", readme, StringComparison.Ordinal);
        Assert.Contains($"#r \"nuget: libtorch-cpu-linux-x64, {Libtorch}\"", readme, StringComparison.Ordinal);
        Assert.Contains($"add package libtorch-cpu-linux-x64 --version {Libtorch}", readme, StringComparison.Ordinal);
        Assert.Contains(
            $"CovidNotebooks.Interactive, {version}\"", File.ReadAllText(Path.Combine(Repository.Root, "lib", "Interactive", "PACKAGE.md")),
            StringComparison.Ordinal);
        Assert.Contains($"`TorchSharp-cpu` {Central("TorchSharp-cpu")}", readme, StringComparison.Ordinal);
    }

    [LongFact]
    public void The_example_runs_in_a_console_project_which_is_told_when_it_has_no_libtorch()
    {
        packages.Pack("CovidNotebooks");

        Assert.Contains($"reference libtorch-cpu-linux-x64 {Libtorch}", Console(""), StringComparison.Ordinal);

        var printed = Console($"<PackageReference Include=\"libtorch-cpu-linux-x64\" Version=\"{Libtorch}\" />");
        Assert.StartsWith("On 24 images, positive class PNEUMONIA: accuracy ", printed, StringComparison.Ordinal);
    }

    [LongFact]
    public void The_example_runs_in_a_notebook_of_the_kit()
    {
        packages.Pack("CovidNotebooks");
        string[] cells = [$"#i \"nuget:{packages.Folder}\"", References, Example];
        var notebook = new JsonObject
        {
            ["nbformat"] = 4,
            ["nbformat_minor"] = 5,
            ["metadata"] = new JsonObject(),
            ["cells"] = new JsonArray(
            [
                .. cells.Select((source, i) => new JsonObject
                {
                    ["cell_type"] = "code",
                    ["id"] = $"cell-{i}",
                    ["metadata"] = new JsonObject(),
                    ["execution_count"] = null,
                    ["outputs"] = new JsonArray(),
                    ["source"] = source,
                }),
            ]),
        };
        var file = Path.Combine(folder.FullName, "package.ipynb");
        File.WriteAllText(file, notebook.ToJsonString());

        var (text, exitCode) = LocalPackages.Dotnet(folder.FullName, "exec", LocalPackages.Kit, "run", file, "--out", file + ".out");

        Assert.True(exitCode == 0, text);
        Assert.Contains("On 24 images, positive class PNEUMONIA", File.ReadAllText(file + ".out"), StringComparison.Ordinal);
    }

    [RealKernelFact]
    public void The_example_runs_in_the_real_kernel()
    {
        Skip.If(RealKernelProcess.WhyNot is not null, RealKernelProcess.WhyNot);
        packages.Pack("CovidNotebooks");
        using var kernel = RealKernelProcess.Start(folder.FullName);
        foreach (var cell in new[] { $"#i \"nuget:{packages.Folder}\"", References })
        {
            Assert.Null(kernel.Run(cell).Error);
        }

        var (outputs, error) = kernel.Run(Example);

        Assert.True(error is null, error);
        Assert.StartsWith("On 24 images, positive class PNEUMONIA", outputs[0].Text, StringComparison.Ordinal);
    }

    private string References =>
        $"#r \"nuget: CovidNotebooks, {packages.Version}\"\n#r \"nuget: libtorch-cpu-linux-x64, {Libtorch}\"";

    private static string Central(string package) => (string)XElement.Load(Path.Combine(Repository.Root, "Directory.Packages.props"))
        .Descendants("PackageVersion").Single(element => (string)element.Attribute("Include")! == package).Attribute("Version")!;

    /// <summary>What the example prints as a program that references the package and some more.</summary>
    private string Console(string more)
    {
        var project = folder.CreateSubdirectory("program").FullName;
        File.WriteAllText(Path.Combine(project, "Program.cs"), Example);
        File.WriteAllText(
            Path.Combine(project, "program.csproj"),
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <RestoreAdditionalProjectSources>{packages.Folder}</RestoreAdditionalProjectSources>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="CovidNotebooks" Version="{packages.Version}" />
                {more}
              </ItemGroup>
            </Project>
            """);
        var (built, exitCode) = LocalPackages.Dotnet(project, "build", "-nologo", "-v", "q", "-nodeReuse:false");
        Assert.True(exitCode == 0, built);
        return LocalPackages.Dotnet(project, "exec", Path.Combine(project, "bin", "Debug", "net10.0", "program.dll")).Text;
    }
}
