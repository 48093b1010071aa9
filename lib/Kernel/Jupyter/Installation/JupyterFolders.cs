namespace CovidNotebooks.Kernel.Jupyter.Installation;

/// <summary>Where Jupyter looks for kernels.</summary>
/// <remarks>Source: "Data files" in the documentation of jupyter_core.</remarks>
/// <param name="variable">Reads an environment variable.</param>
/// <param name="home">The user's home folder.</param>
public sealed class JupyterFolders(Func<string, string?> variable, string home)
{
    /// <summary>The data folder of this user.</summary>
    public string User =>
        Named("JUPYTER_DATA_DIR")
        ?? (OperatingSystem.IsWindows() ? Path.Combine(Named("APPDATA") ?? home, "jupyter")
            : OperatingSystem.IsMacOS() ? Path.Combine(home, "Library", "Jupyter")
            : Path.Combine(Named("XDG_DATA_HOME") ?? Path.Combine(home, ".local", "share"), "jupyter"));

    /// <summary>The data folder of a Python environment or a system.</summary>
    /// <param name="prefix">For example <c>/usr/local</c>, or the folder of a virtual environment.</param>
    public static string OfPrefix(string prefix) => Path.Combine(prefix, "share", "jupyter");

    /// <summary>Every data folder that is looked in, the first that has a kernel wins.</summary>
    public IReadOnlyList<string> All =>
    [
        .. (Named("JUPYTER_PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries),
        User,
        .. OperatingSystem.IsWindows() ? [Path.Combine(Named("PROGRAMDATA") ?? "C:\\ProgramData", "jupyter")]
        : new[] { "/usr/local/share/jupyter", "/usr/share/jupyter" },
    ];

    /// <summary>
    /// The <c>kernel.json</c> of .NET Interactive's C# kernel; null when there is none, or it is this kit's own stand-in.
    /// </summary>
    /// <param name="ownCommand">A part of this kit's command by which its own is known.</param>
    /// <param name="more">A further data folder to look in.</param>
    public string? FindInteractive(string ownCommand, string more) => All.Append(more)
        .Select(folder => Path.Combine(folder, "kernels", KernelSpec.InteractiveFolder, "kernel.json"))
        .FirstOrDefault(file => File.Exists(file) && !File.ReadAllText(file).Contains(ownCommand, StringComparison.Ordinal));

    private string? Named(string name) => variable(name) is { Length: > 0 } value ? value : null;
}
