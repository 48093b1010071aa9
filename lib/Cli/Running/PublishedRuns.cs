namespace CovidNotebooks.Cli.Running;

/// <summary>Keeps the runs of a published notebook, without their weights, where a clone finds them.</summary>
internal static class PublishedRuns
{
    private static readonly string[] Kept = ["run.json", "metrics.jsonl", "predictions.csv", "audit.json"];

    /// <summary>
    /// Copies the runs that were stored since <paramref name="since"/> and forgets those of an earlier publication of the same notebook.
    /// </summary>
    /// <returns>How many runs were kept.</returns>
    public static int Keep(Checkout checkout, string notebook, DateTimeOffset since)
    {
        var target = Path.Combine(checkout.PublishedRuns, notebook);
        var runs = Directory.Exists(checkout.Runs)
            ? Directory.EnumerateDirectories(checkout.Runs)
                .Where(folder => File.Exists(Path.Combine(folder, "run.json")) && Directory.GetCreationTimeUtc(folder) >= since.UtcDateTime)
                .ToList()
            : [];
        if (runs.Count == 0)
        {
            return 0;
        }

        if (Directory.Exists(target))
        {
            Directory.Delete(target, recursive: true);
        }

        foreach (var run in runs)
        {
            var folder = Directory.CreateDirectory(Path.Combine(target, Path.GetFileName(run)));
            foreach (var file in Kept.Where(name => File.Exists(Path.Combine(run, name))))
            {
                File.Copy(Path.Combine(run, file), Path.Combine(folder.FullName, file));
            }
        }

        return runs.Count;
    }
}
