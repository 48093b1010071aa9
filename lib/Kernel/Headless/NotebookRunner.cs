using CovidNotebooks.Kernel.Files;

namespace CovidNotebooks.Kernel.Headless;

/// <summary>Runs a notebook from its first cell to its last and keeps what it puts out.</summary>
/// <remarks>
/// The notebook runs inside this process. A cell that ends it in order (<c>Environment.Exit</c>) gets an error in the file, and the exit
/// code is not 0. A crash (native code, a stack overflow) ends everything at once: the file then holds every cell up to the one that did
/// it, with what that one had put out until a second before, marked as running in its metadata (<c>covidnotebooks.status</c>). Whoever
/// started the process gives it its error with <see cref="DeadRun.Mark"/>.
/// </remarks>
public static class NotebookRunner
{
    private static readonly SemaphoreSlim OneRun = new(1, 1);

    /// <summary>Runs a notebook.</summary>
    /// <param name="options">What to run and where the result goes.</param>
    /// <param name="observer">Follows the run.</param>
    /// <param name="cancellationToken">Ends the run; what has been put out so far is kept.</param>
    /// <exception cref="NotebookException">
    /// The notebook cannot be read, or a parameter is not its. Nothing has been run or written.
    /// </exception>
    public static async Task<RunResult> RunAsync(
        HeadlessOptions options, IRunObserver observer, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(observer);
        options.Validate();
        options = options with
        {
            NotebookPath = Path.GetFullPath(options.NotebookPath),
            OutputPath = Path.GetFullPath(options.OutputPath),
            Publish = options.Publish is { } publish ? publish with { Path = Path.GetFullPath(publish.Path) } : null,
        };
        var notebook = NotebookFile.Read(options.NotebookPath);
        ParameterInjection.Apply(notebook, options.Parameters);

        // The current directory and standard input belong to the process: one run at a time.
        await OneRun.WaitAsync(cancellationToken).ConfigureAwait(false);
        var (directory, input) = (Directory.GetCurrentDirectory(), Console.In);
        try
        {
            var folder = Path.GetFullPath(options.WorkingDirectory ?? Path.GetDirectoryName(options.NotebookPath)!);
            Directory.SetCurrentDirectory(folder);
            Console.SetIn(TextReader.Null);
            return await new NotebookRun(options with { WorkingDirectory = folder }, notebook, observer).RunAsync(cancellationToken)
                .ConfigureAwait(false);
        }
        finally
        {
            Console.SetIn(input);
            Directory.SetCurrentDirectory(directory);
            OneRun.Release();
        }
    }
}
