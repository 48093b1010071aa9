using CovidNotebooks.Cli;
using CovidNotebooks.Cli.Running;
using Spectre.Console;

namespace Tests.Cli;

/// <summary>Calls the whole command line in this process, and its program in another.</summary>
internal static class KitConsole
{
    /// <summary>The program as the tests' build made it.</summary>
    public static KitProcess Program { get; } = new(
        Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
        [
            "exec",
            Path.GetFullPath(
                Path.Combine(
                    AppContext.BaseDirectory,
                    "..",
                    "..",
                    "CovidNotebooks.Cli",
                    Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)),
                    "kit.dll")),
        ]);

    /// <summary>A call of <c>kit</c>.</summary>
    /// <param name="root">The checkout that it works in.</param>
    /// <param name="width">Columns of the terminal.</param>
    /// <param name="arguments">What is typed behind <c>kit</c>.</param>
    public static async Task<(int ExitCode, string Text, string Errors)> CallAsync(string root, int width, params string[] arguments)
    {
        using var written = new StringWriter();
        using var errors = new StringWriter();
        var console = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Ansi = AnsiSupport.No,
                ColorSystem = ColorSystemSupport.NoColors,
                Interactive = InteractionSupport.No,
                Out = new AnsiConsoleOutput(written),
            });
        console.Profile.Width = width;
        var verbs = KitCommand.Create(new Checkout(root), console, TimeProvider.System, Program);
        var exitCode = await KitCommand.RunAsync(
            verbs, arguments, errors, new System.CommandLine.InvocationConfiguration { Output = written, Error = errors });
        return (exitCode, written.ToString(), errors.ToString());
    }
}
