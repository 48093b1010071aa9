namespace CovidNotebooks.Kernel.Session;

/// <summary>Settings of a <see cref="CSharpSession"/>.</summary>
public sealed record SessionOptions
{
    /// <summary>
    /// Where relative paths of <c>#r</c>, <c>#load</c> and <c>#!import</c> start. Default: the process's current directory.
    /// </summary>
    public string WorkingDirectory { get; init; } = Directory.GetCurrentDirectory();

    /// <summary>
    /// How long an interrupted cell may take to stop by itself before its thread is left behind. Default: 2 seconds.
    /// <see cref="Timeout.InfiniteTimeSpan"/>: it is waited for, and the session can always go on.
    /// </summary>
    public TimeSpan InterruptGrace { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>What to do when a file that <c>#r</c> names is missing, for example which command builds it; added to the error.</summary>
    public string MissingReferenceHint { get; init; } = "Build it, or correct the path; relative paths start at the notebook's folder.";

    /// <summary>Answers a cell that asks for a line of text, and may wait for it; null, the default, where nobody can be asked.</summary>
    public Func<InputQuestion, CancellationToken, string>? ReadInput { get; init; }

    /// <summary>
    /// Where the restores of <c>#r "nuget: …"</c> are kept. Default: CovidNotebooks/packages in the user's folder for local data.
    /// </summary>
    public string PackageCache { get; init; } = Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "CovidNotebooks", "packages");

    /// <summary>The clock by which cells are timed.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Checks the settings.</summary>
    /// <exception cref="ArgumentException">The folder does not exist, or a time is negative.</exception>
    public void Validate()
    {
        if (!Directory.Exists(WorkingDirectory))
        {
            throw new ArgumentException($"The working directory {WorkingDirectory} does not exist.", nameof(WorkingDirectory));
        }

        if (InterruptGrace < TimeSpan.Zero && InterruptGrace != Timeout.InfiniteTimeSpan)
        {
            throw new ArgumentException($"InterruptGrace must not be negative, and it is {InterruptGrace}.", nameof(InterruptGrace));
        }
    }
}

/// <summary>A cell's question to the person who runs it.</summary>
/// <param name="Prompt">The question.</param>
/// <param name="IsPassword">Whether the answer is hidden while it is typed.</param>
public sealed record InputQuestion(string Prompt, bool IsPassword);
