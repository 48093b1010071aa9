namespace CovidNotebooks.Data;

/// <summary>The official lists of COVID-CT: one text file of names for each class and split.</summary>
internal static class SplitLists
{
    private const int Named = 20;

    /// <summary>
    /// The images of one split that are there, class by class, each in the order of its list, and the listed paths that are not.
    /// </summary>
    /// <exception cref="DataException">A list is missing.</exception>
    public static (ImageDataset Dataset, IReadOnlyList<string> Missing) Read(DatasetInfo info, string root, string split)
    {
        var lists = Folder(root) ?? throw new DataException(
            $"{Path.GetFullPath(root)} has no folder Data-split with the official lists of {info.Name}. {info.HowToGet}");
        var (images, missing) = (new List<LabeledImage>(), new List<string>());
        for (var label = 0; label < info.Classes.Count; label++)
        {
            var className = info.Classes[label];
            var list = Path.Combine(lists, className.Replace("CT_", "", StringComparison.Ordinal), $"{split}{className}.txt");
            if (!File.Exists(list))
            {
                throw new DataException(
                    $"The list {list} is missing. Expected one list for each class and split, for example "
                        + $"Data-split/COVID/trainCT_COVID.txt. {info.HowToGet}");
            }

            foreach (var line in File.ReadLines(list).Select(line => line.Trim()).Where(line => line.Length > 0))
            {
                if (File.Exists(Path.Combine(root, className, line)))
                {
                    images.Add(new LabeledImage($"{className}/{line}", label));
                }
                else
                {
                    missing.Add($"{className}/{line}");
                }
            }
        }

        return (new ImageDataset($"{info.Name} {split}", root, info.Classes, images), missing);
    }

    /// <summary>The error about listed files that are not there.</summary>
    public static DataException Error(string root, IReadOnlyList<string> missing) => new(
        $"The official lists in {Folder(root)} name {missing.Count} {(missing.Count == 1 ? "file that is" : "files that are")} not in "
            + $"{root}: {string.Join(", ", missing.Take(Named))}{(missing.Count > Named ? $" and {missing.Count - Named} more" : "")}. "
        +
            "Names are compared with upper and lower case; copy the set again without renaming files (some names hold %). './kit "
            + "data check' looks at the rest of the set too.");

    private static string? Folder(string root) =>
        new[] { root, Path.Combine(root, "..") }.Select(folder => Path.GetFullPath(Path.Combine(folder, "Data-split")))
            .FirstOrDefault(Directory.Exists);
}
