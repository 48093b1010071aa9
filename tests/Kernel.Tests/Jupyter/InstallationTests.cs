using System.Text.Json.Nodes;
using CovidNotebooks.Kernel.Jupyter.Installation;

namespace Tests.Kernel.Jupyter;

public sealed class InstallationTests
{
    private static readonly KernelSpec Spec = new(
        KernelSpec.OwnFolder,
        "C# (CovidNotebooks)",
        ["dotnet", "/k/kit.dll", "jupyter", "kernel", "{connection_file}"],
        new Dictionary<string, string>(StringComparer.Ordinal) { ["A"] = "1" });

    [Fact]
    public void The_kernelspec_says_how_the_kernel_is_started_and_that_it_is_interrupted_by_message()
    {
        using var folder = new TemporaryFolder();
        var json = JsonNode.Parse(File.ReadAllText(Path.Combine(Spec.Install(folder.Path), "kernel.json")))!;
        Assert.Equal("""["dotnet","/k/kit.dll","jupyter","kernel","{connection_file}"]""", json["argv"]!.ToJsonString());
        Assert.Equal(
            ("C# (CovidNotebooks)", "C#", "message", "1"),
            ((string?)json["display_name"], (string?)json["language"], (string?)json["interrupt_mode"], (string?)json["env"]!["A"]));
        Assert.True(File.Exists(folder.File("kernels/covidnotebooks/kernel.json")));
    }

    [Fact]
    public void Dotnet_interactives_own_kernel_is_found_and_a_stand_in_is_not_taken_for_it()
    {
        using var folder = new TemporaryFolder();
        var folders = new JupyterFolders(
            name => name switch { "JUPYTER_DATA_DIR" => folder.File("user"), "JUPYTER_PATH" => folder.File("path"), _ => null },
            "/home/nobody");
        Assert.Equal(folder.File("user"), folders.User);
        Assert.Null(folders.FindInteractive("kit.dll", folder.File("prefix")));
        (Spec with { Folder = KernelSpec.InteractiveFolder }).Install(folder.File("user"));
        Assert.Null(folders.FindInteractive("kit.dll", folder.File("prefix")));
        var real = folder.Write("path/kernels/.net-csharp/kernel.json", """{"argv":["dotnet","interactive","jupyter"]}""");
        Assert.Equal(real, folders.FindInteractive("kit.dll", folder.File("prefix")));
    }
}
