using CovidNotebooks.Kernel.Jupyter.Installation;

namespace CovidNotebooks.Cli.Running;

/// <summary>The kernel of this checkout, as Jupyter is told of it.</summary>
/// <param name="kit">The command line's DLL.</param>
/// <param name="dotnet">The program that runs it.</param>
/// <param name="root">The checkout.</param>
/// <param name="folders">Where Jupyter looks.</param>
internal sealed class KernelInstallation(string kit, string dotnet, string root, JupyterFolders folders)
{
    public static KernelInstallation Of(Checkout checkout, Func<string, string?> variable) => new(
        Path.GetFullPath(Environment.GetCommandLineArgs()[0]),
        Environment.ProcessPath is { } running && Path.GetFileNameWithoutExtension(running) == "dotnet" ? running : "dotnet",
        checkout.Root,
        new JupyterFolders(variable, Environment.GetFolderPath(Environment.SpecialFolder.UserProfile)));

    /// <summary>Installs the kernel, and lets it answer for <c>.net-csharp</c> where .NET Interactive is absent.</summary>
    /// <param name="prefix">The folder above <c>share/jupyter</c>; null for this user.</param>
    /// <returns>What was done, a line each.</returns>
    public IReadOnlyList<string> Install(string? prefix) =>
        InstallInto(prefix is null ? folders.User : JupyterFolders.OfPrefix(Path.GetFullPath(prefix)));

    /// <summary>Installs into one of Jupyter's data folders.</summary>
    public IReadOnlyList<string> InstallInto(string dataFolder)
    {
        var lines = new List<string> { $"C# (CovidNotebooks): {Spec(KernelSpec.OwnFolder, "C# (CovidNotebooks)").Install(dataFolder)}" };
        lines.Add(folders.FindInteractive(Path.GetFileName(kit), dataFolder) is { } interactive
            ? $"{KernelSpec.InteractiveFolder} is .NET Interactive's own and stays: {interactive}"
            :
                $"{KernelSpec.InteractiveFolder}, which the notebooks ask for: "
                + $"{Spec(KernelSpec.InteractiveFolder, ".NET (C#)").Install(dataFolder)}");
        return lines;
    }

    private KernelSpec Spec(string folder, string displayName) => new(
        folder,
        displayName,
        [dotnet, kit, "jupyter", "kernel", "{connection_file}"],
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["COVIDNOTEBOOKS_ROOT"] = root,

            // Cells are compiled once and run once: measuring them while they run costs a third of the time.
            ["DOTNET_TieredPGO"] = "0",

            // As ./kit does: glibc keeps large blocks of memory only in its main arena.
            ["MALLOC_ARENA_MAX"] = "1",
        });
}
