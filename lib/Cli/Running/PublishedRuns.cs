using System.Text.Json.Nodes;

namespace CovidNotebooks.Cli.Running;

/// <summary>Keeps the runs of a published notebook, without their weights, where a clone finds them.</summary>
internal static class PublishedRuns
{
    private static readonly string[] Kept = ["run.json", "metrics.jsonl", "predictions.csv", "audit.json"];

    /// <summary>
    /// Copies the runs that were stored since <paramref name="since"/> and forgets those of an earlier publication of the same notebook.
    /// Runs that carry another notebook's number, made at the same time, are not its own.
    /// </summary>
    /// <returns>How many runs were kept.</returns>
    /// <exception cref="RunRequestException">A run read all its epochs from checkpoints.</exception>
    public static int Keep(Checkout checkout, string notebook, DateTimeOffset since)
    {
        var target = Path.Combine(checkout.PublishedRuns, notebook);
        var runs = Directory.Exists(checkout.Runs)
            ? Directory.EnumerateDirectories(checkout.Runs)
                .Where(folder => File.Exists(Path.Combine(folder, "run.json")) && Directory.GetCreationTimeUtc(folder) >= since.UtcDateTime)
                .Where(folder => NumberOf(NameOf(folder)) is not { } number || NumberOf(notebook) is not { } own || number == own)
                .ToList()
            : [];
        if (runs.Count == 0)
        {
            return 0;
        }

        if (runs.Find(WasNotTrained) is { } read)
        {
            throw new RunRequestException(
                $"The run {Path.GetFileName(read)} read every epoch from a checkpoint: nothing was trained anew, so it is not published. "
                    + "Remove runs/checkpoints and run the notebook again.");
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

    /// <summary>The two digits with which a notebook and its runs begin: 05-scratch-cnn-pneumonia, 05-corrected.</summary>
    private static string? NumberOf(string name) =>
        name.Length > 2 && char.IsAsciiDigit(name[0]) && char.IsAsciiDigit(name[1]) && name[2] == '-' ? name[..2] : null;

    /// <summary>A run's name, without the date (20261130-102120-) that its folder begins with.</summary>
    private static string NameOf(string folder)
    {
        const int Dash = 8, Name = 16;
        var id = Path.GetFileName(folder);
        return id.Length > Name && id[Dash] == '-' && id[Name - 1] == '-' ? id[Name..] : id;
    }

    private static bool WasNotTrained(string folder)
    {
        var results = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "run.json")))?["results"];
        return results?["epochs_resumed"] is { } resumed && results["epochs_run"] is { } run
            && resumed.GetValue<double>() > 0 && resumed.GetValue<double>() >= run.GetValue<double>();
    }
}
