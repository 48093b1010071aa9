namespace Tests.Shared;

/// <summary>Where the repository's own files are, found from the folder that the tests run in.</summary>
internal static class Repository
{
    /// <summary>The folder that holds <c>CovidNotebooks.sln</c>.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Golden files: the environment variable <c>COVIDNOTEBOOKS_GOLDEN</c>, else <c>tests/golden</c>.</summary>
    public static string Golden =>
        Environment.GetEnvironmentVariable("COVIDNOTEBOOKS_GOLDEN") is { Length: > 0 } folder ? folder : Path.Combine(Root, "tests", "golden");

    /// <summary>The real image sets: <c>COVIDNOTEBOOKS_DATA</c>, else <c>../shared/data</c> beside the repository; null when there are none.</summary>
    public static string? RealData
    {
        get
        {
            var folder = Environment.GetEnvironmentVariable("COVIDNOTEBOOKS_DATA") is { Length: > 0 } named
                ? named
                : Path.GetFullPath(Path.Combine(Root, "..", "shared", "data"));
            return Directory.Exists(folder) ? folder : null;
        }
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "CovidNotebooks.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No CovidNotebooks.sln above {AppContext.BaseDirectory}: run the tests from a checkout of the repository.");
    }
}
