namespace CovidNotebooks.Cli;

/// <summary>The folders of the checkout that the command works in.</summary>
/// <param name="Root">The folder that holds <c>CovidNotebooks.sln</c>.</param>
internal sealed record Checkout(string Root)
{
    public string Solution => Path.Combine(Root, "CovidNotebooks.sln");

    public string Library => Path.Combine(Root, "lib", "bin", "CovidNotebooks.dll");

    public string Artifacts => Path.Combine(Root, "artifacts");

    public string Runs => Path.Combine(Root, "runs");

    public string Data => Path.Combine(Root, "data");

    public string Notebooks => Path.Combine(Root, "notebooks");

    public string PublishedRuns => Path.Combine(Data, "published-runs");

    /// <summary>Holds the short table of results.</summary>
    public string Readme => Path.Combine(Root, "README.md");

    /// <summary>Holds the long ones.</summary>
    public string PublishedReadme => Path.Combine(PublishedRuns, "README.md");

    /// <summary>The scripts that <c>kit bench</c> runs beside ours.</summary>
    public string Benchmarks => Path.Combine(Root, "tests", "benchmarks");

    /// <summary>The measured speeds that the README quotes, as <c>kit bench --json</c> writes them.</summary>
    public string MeasuredSpeeds => Path.Combine(Benchmarks, "results.json");

    /// <summary>A data folder without any image set, for runs on phantoms.</summary>
    public string NoData => Path.Combine(Runs, "no-data");

    /// <summary>The named folder if there is one, else the first folder above a starting point that holds the solution.</summary>
    public static Checkout Find(string? named, params string[] startingPoints)
    {
        if (named is { Length: > 0 })
        {
            return new Checkout(Path.GetFullPath(named));
        }

        foreach (var start in startingPoints)
        {
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            {
                if (File.Exists(Path.Combine(folder.FullName, "CovidNotebooks.sln")))
                {
                    return new Checkout(folder.FullName);
                }
            }
        }

        throw new InvalidOperationException(
            "No CovidNotebooks.sln in this folder or above it. "
                + "Run ./kit from a clone of the repository, or set COVIDNOTEBOOKS_ROOT to the clone's folder.");
    }
}
