namespace CovidNotebooks.Data;

/// <summary>The folder that datasets are looked for in.</summary>
/// <param name="Root">Its absolute path; it need not exist.</param>
/// <param name="ChosenBy">What named it: <c>--data</c>, the environment variable, or the default.</param>
public sealed record DataFolder(string Root, string ChosenBy)
{
    /// <summary>The environment variable that names the folder: <c>COVIDNOTEBOOKS_DATA</c>.</summary>
    public const string Variable = "COVIDNOTEBOOKS_DATA";

    /// <summary>
    /// The folder named explicitly, else the environment's, else <c>data</c> of the project that <paramref name="workingFolder"/> is in.
    /// </summary>
    /// <param name="directory">What the user named, or null.</param>
    /// <param name="environment">
    /// Answers an environment variable's value, for example <see cref="Environment.GetEnvironmentVariable(string)"/>.
    /// </param>
    /// <param name="workingFolder">Relative names start here, and the project is looked for from here upwards.</param>
    public static DataFolder Resolve(string? directory, Func<string, string?> environment, string workingFolder)
    {
        ArgumentNullException.ThrowIfNull(environment);
        ArgumentException.ThrowIfNullOrEmpty(workingFolder);
        if (!string.IsNullOrEmpty(directory))
        {
            return new DataFolder(Path.GetFullPath(directory, Path.GetFullPath(workingFolder)), "--data");
        }

        if (environment(Variable) is { Length: > 0 } named)
        {
            return new DataFolder(Path.GetFullPath(named, Path.GetFullPath(workingFolder)), Variable);
        }

        for (var folder = new DirectoryInfo(workingFolder); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "data", "datasets.json")))
            {
                return new DataFolder(Path.Combine(folder.FullName, "data"), "the project's data folder");
            }
        }

        return new DataFolder(Path.GetFullPath("data", Path.GetFullPath(workingFolder)), "the default, data");
    }

    /// <summary>
    /// The folder of a dataset, or null when it is not there: one of its known names, or the data folder itself when it is laid out so.
    /// </summary>
    public string? Find(DatasetInfo info)
    {
        ArgumentNullException.ThrowIfNull(info);
        return info.Folders.Select(name => Path.Combine(Root, name)).Append(Root).FirstOrDefault(folder => IsLaidOutAs(info, folder));
    }

    /// <summary>Reads a dataset's table: splits, classes, groups.</summary>
    /// <exception cref="DataException">It is not in the folder, or is not laid out as expected; the message says how to get it.</exception>
    public OpenedDataset Open(DatasetInfo info) => OpenedDataset.Open(info, Find(info) ?? throw new DataException(Missing(info)));

    /// <summary>The same for a check: listed files that are not there are told in the result.</summary>
    /// <exception cref="DataException">It is not in the folder, or is not laid out as expected.</exception>
    internal OpenedDataset Examine(DatasetInfo info) => OpenedDataset.Examine(info, Find(info) ?? throw new DataException(Missing(info)));

    private string Missing(DatasetInfo info) =>
        $"The dataset {info.Name} is not in the data folder {Root} "
            + $"({(Directory.Exists(Root) ? "which exists" : "which does not exist")}; chosen by {ChosenBy}). "
        +
            $"Expected one of the folders {string.Join(", ", info.Folders)}, with {Expected(info)}. {info.HowToGet} Or name another "
            + $"data folder with --data DIR or the environment variable {Variable}.";

    private static string Expected(DatasetInfo info) => info.Layout switch
    {
        DatasetLayout.SplitFolders =>
            string.Join(
                ", ", info.Splits.Keys.Except(info.OptionalSplits, StringComparer.Ordinal).Select(split => $"{split}/{info.Classes[0]}")),
        DatasetLayout.SplitLists => $"{string.Join(", ", info.Classes)} and Data-split",
        _ => string.Join(", ", info.Classes),
    };

    private static bool IsLaidOutAs(DatasetInfo info, string folder) => info.Layout switch
    {
        DatasetLayout.SplitFolders =>
            info.Splits.Keys.Any(split => info.Classes.Any(name => Directory.Exists(Path.Combine(folder, split, name)))),
        DatasetLayout.SplitLists => info.Classes.Any(name => Directory.Exists(Path.Combine(folder, name))),
        _ => info.Classes.All(name => Directory.Exists(Path.Combine(folder, name))),
    };
}
