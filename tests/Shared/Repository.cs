namespace Tests.Shared;

/// <summary>Where the repository's own files are, found from the folder that the tests run in.</summary>
internal static class Repository
{
    /// <summary>The folder that holds <c>CovidNotebooks.sln</c>.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Golden files: the environment variable <c>COVIDNOTEBOOKS_GOLDEN</c>, else <c>tests/golden</c>.</summary>
    public static string Golden => Named("COVIDNOTEBOOKS_GOLDEN", Environment.GetEnvironmentVariable, "tests/golden");

    /// <summary>Whether the environment names the golden folder: another folder may lack what tests/golden has.</summary>
    public static bool GoldenIsNamed => Environment.GetEnvironmentVariable("COVIDNOTEBOOKS_GOLDEN") is { Length: > 0 };

    /// <summary>
    /// The real image sets: <c>COVIDNOTEBOOKS_DATA</c>, else <c>../shared/data</c> beside the repository; null when there are none.
    /// </summary>
    public static string? RealData
    {
        get
        {
            var folder = Named("COVIDNOTEBOOKS_DATA", Environment.GetEnvironmentVariable, "../shared/data");
            return Directory.Exists(folder) ? folder : null;
        }
    }

    /// <summary>
    /// The folder that an environment variable names, or the default. A relative name starts at the repository, where the person who set it
    /// is; the tests run in a folder of their own.
    /// </summary>
    public static string Named(string variable, Func<string, string?> environment, string otherwise) =>
        Path.GetFullPath(environment(variable) is { Length: > 0 } named ? named : otherwise, Root);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "CovidNotebooks.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException(
            $"No CovidNotebooks.sln above {AppContext.BaseDirectory}: run the tests from a checkout of the repository.");
    }
}
