namespace CovidNotebooks.Kernel.Headless;

/// <summary>What to run, with what, and where the result goes.</summary>
public sealed record HeadlessOptions
{
    /// <summary>The notebook: .ipynb or .dib.</summary>
    public required string NotebookPath { get; init; }

    /// <summary>Where the executed notebook is saved, after every cell. May be the notebook itself.</summary>
    public required string OutputPath { get; init; }

    /// <summary>
    /// Name → value as typed, for example <c>epochs</c> → <c>1</c>; the declaration in the cell tagged <c>parameters</c> says the type.
    /// Default: none.
    /// </summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The folder that cells run in. Default: the notebook's own.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>The longest that the whole run may take. Default: no limit.</summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>The longest that one cell may take. Default: no limit.</summary>
    public TimeSpan? CellTimeLimit { get; init; }

    /// <summary>How long an interrupted cell may take to stop by itself before it is left behind. Default: 2 seconds.</summary>
    public TimeSpan InterruptGrace { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How soon what a running cell prints or shows is in the file: a crash of the process loses no more. Default: 1 second.
    /// </summary>
    public TimeSpan AutosaveInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How often the file is saved while a cell only replaces what it shows already, such as a chart that grows. Default: 30 seconds.
    /// </summary>
    public TimeSpan ReplacedInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>What to do when a file that <c>#r</c> names is missing; added to the error.</summary>
    public string? MissingReferenceHint { get; init; }

    /// <summary>Whether pictures of the charts are drawn after the run, for readers without scripts. Default: true.</summary>
    public bool DrawCharts { get; init; } = true;

    /// <summary>How charts are drawn.</summary>
    public ChartPictureOptions Charts { get; init; } = new();

    /// <summary>Where and how a copy for publication is written after a run without errors. Default: none is written.</summary>
    public PublishOptions? Publish { get; init; }

    /// <summary>The clock. Default: the system's.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Checks the settings.</summary>
    /// <exception cref="ArgumentException">A path is empty, or a time or a width is not positive.</exception>
    public void Validate()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(NotebookPath);
        ArgumentException.ThrowIfNullOrWhiteSpace(OutputPath);
        var times = new (string, TimeSpan?)[]
        {
            (nameof(TimeLimit), TimeLimit),
            (nameof(CellTimeLimit), CellTimeLimit),
            (nameof(AutosaveInterval), AutosaveInterval),
            (nameof(ReplacedInterval), ReplacedInterval),
            (nameof(Charts) + "." + nameof(Charts.TimeLimit), Charts.TimeLimit),
        };
        foreach (var (name, value) in times)
        {
            if (value <= TimeSpan.Zero)
            {
                throw new ArgumentException($"{name} must be more than zero, and it is {value}.", name);
            }
        }

        if (Charts.Width <= 0)
        {
            throw new ArgumentException($"Charts.Width must be more than zero, and it is {Charts.Width}.", nameof(Charts));
        }
    }
}
