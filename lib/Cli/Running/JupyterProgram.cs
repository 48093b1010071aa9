namespace CovidNotebooks.Cli.Running;

/// <summary>The Jupyter that is installed: JupyterLab where there is one, else the classic notebook.</summary>
/// <param name="Path">The program.</param>
/// <param name="IsLab">Whether it is JupyterLab.</param>
internal sealed record JupyterProgram(string Path, bool IsLab)
{
    /// <summary>Looks for it in the folders of a PATH.</summary>
    public static JupyterProgram? Find(string path)
    {
        string? In(string name) => path.Split(System.IO.Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => System.IO.Path.Combine(folder, name + (OperatingSystem.IsWindows() ? ".exe" : "")))
            .FirstOrDefault(File.Exists);
        return In("jupyter-lab") is { } lab ? new JupyterProgram(lab, IsLab: true)
            : In("jupyter-notebook") is { } notebook ? new JupyterProgram(notebook, IsLab: false)
            : null;
    }

    /// <summary>Arguments that show a folder, to this machine only.</summary>
    public IEnumerable<string> Arguments(string folder) =>
    [
        "--ip=127.0.0.1",
        IsLab ? $"--ServerApp.root_dir={folder}" : $"--notebook-dir={folder}",
    ];
}
