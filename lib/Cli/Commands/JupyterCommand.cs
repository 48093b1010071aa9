using System.CommandLine;
using System.Diagnostics;
using CovidNotebooks.Cli.Running;
using CovidNotebooks.Kernel.Jupyter;
using CovidNotebooks.Kernel.Jupyter.Supervision;
using CovidNotebooks.Kernel.Jupyter.Wire;
using CovidNotebooks.Kernel.Session;
using Spectre.Console;

namespace CovidNotebooks.Cli.Commands;

/// <summary><c>kit jupyter</c>: opens the notebooks in Jupyter with this kit's kernel, installs the kernel, and is the kernel.</summary>
internal static class JupyterCommand
{
    public static Command Create(Checkout checkout, IAnsiConsole console, TimeProvider clock)
    {
        var more = new Argument<string[]>("argument")
        {
            Description = "Handed to Jupyter, after --; for example -- --no-browser --port 8890.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var command = new Command(
            "jupyter",
            "Open the notebooks in Jupyter with this kit's C# kernel, on this machine only. Nothing is installed for that; 'kit "
                + "jupyter install' makes the kernel known to every Jupyter and editor.")
        {
            Install(checkout, console),
            Kernel(console, clock),
            more,
        };
        command.SetAction((result, cancellation) => OpenAsync(checkout, console, result.GetValue(more) ?? [], cancellation));
        return command;
    }

    private static Command Install(Checkout checkout, IAnsiConsole console)
    {
        var user = new Option<bool>("--user") { Description = "For this user: the default." };
        var prefix = new Option<string?>("--prefix")
        {
            Description = "For a Python environment or a system: the folder above its share/jupyter, for example /usr/local.",
        };
        var command = new Command(
            "install",
            "Make the kernel \"C# (CovidNotebooks)\" known to Jupyter, VS Code's Jupyter extension, nbclient and papermill.")
        {
            user,
            prefix,
        };
        command.SetAction(result =>
        {
            if (result.GetValue(user) && result.GetValue(prefix) is not null)
            {
                console.MarkupLine("[red]--user and --prefix exclude each other: give one of them.[/]");
                return 2;
            }

            try
            {
                foreach (var line in KernelInstallation.Of(checkout, Environment.GetEnvironmentVariable).Install(result.GetValue(prefix)))
                {
                    // Not wrapped: what is printed are paths, to be copied.
                    console.Profile.Out.Writer.WriteLine(line);
                }

                return 0;
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
            {
                console.MarkupLineInterpolated(
                    $"[red]The kernel could not be installed: {problem.Message} Without --prefix it is installed for you alone.[/]");
                return 1;
            }
        });
        return command;
    }

    /// <summary>What Jupyter starts; <c>--worker</c> is the process under it that runs the cells.</summary>
    private static Command Kernel(IAnsiConsole console, TimeProvider clock)
    {
        var file = new Argument<string>("connection-file") { Description = "The file in which Jupyter says where to listen." };
        var worker = new Option<string?>("--worker") { Hidden = true };
        var command = new Command("kernel", "Be the kernel. Jupyter calls this.") { file, worker };
        command.Hidden = true;
        command.SetAction(async (result, _) =>
        {
            var connection = Path.GetFullPath(result.GetValue(file)!);
            try
            {
                if (result.GetValue(worker) is not { } pipe)
                {
                    return await KernelSupervisor.RunAsync(
                        connection,
                        [Environment.GetCommandLineArgs()[0], "jupyter", "kernel", connection, "--worker"],
                        clock).ConfigureAwait(false);
                }

                var options = new JupyterKernelOptions
                {
                    Session = new SessionOptions
                    {
                        MissingReferenceHint = "Build the library first: run ./kit setup in the repository's folder.",
                    },
                    Log = problem => Console.Error.WriteLine("kernel: " + problem),
                };
                await KernelWorker.RunAsync(connection, pipe, options).ConfigureAwait(false);

                // A cell's own threads must not keep the process.
                Environment.Exit(0);
                return 0;
            }
            catch (ConnectionException problem)
            {
                console.MarkupLineInterpolated($"[red]{problem.Message}[/]");
                return 1;
            }
        });
        return command;
    }

    private static async Task<int> OpenAsync(
        Checkout checkout, IAnsiConsole console, IReadOnlyList<string> more, CancellationToken cancellation)
    {
        if (JupyterProgram.Find(Environment.GetEnvironmentVariable("PATH") ?? "") is not { } program)
        {
            console.MarkupLine(
                "[red]There is no Jupyter on the PATH.[/] Install it (Debian: apt install jupyter-notebook; elsewhere: pip install "
                    + "jupyterlab), or run a notebook without an editor: ./kit run NOTEBOOK.");
            return 1;
        }

        // Known to this Jupyter alone: nothing is written outside of the checkout.
        var folder = Path.Combine(checkout.Artifacts, "jupyter");
        KernelInstallation.Of(checkout, Environment.GetEnvironmentVariable).InstallInto(folder);
        var start = new ProcessStartInfo(program.Path)
        {
            UseShellExecute = false,
            WorkingDirectory = Path.Combine(checkout.Root, "notebooks"),
        };
        foreach (var argument in program.Arguments(Path.Combine(checkout.Root, "notebooks")).Concat(more))
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["JUPYTER_PATH"] = string.Join(
            Path.PathSeparator,
            new[] { folder, Environment.GetEnvironmentVariable("JUPYTER_PATH") }.Where(part => !string.IsNullOrEmpty(part)));
        using var jupyter = Process.Start(start) ?? throw new InvalidOperationException($"{program.Path} could not be started.");
        try
        {
            await jupyter.WaitForExitAsync(cancellation).ConfigureAwait(false);
            return jupyter.ExitCode == 0 ? 0 : 1;
        }
        catch (OperationCanceledException)
        {
            // Ctrl-C reached Jupyter, too: it asks, or stops its kernels and ends.
            await jupyter.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
            return 0;
        }
    }
}
