namespace CovidNotebooks.Data;

/// <summary>The official lists of COVID-CT: one text file of names for each class and split.</summary>
internal static class SplitLists
{
    /// <summary>The images of one split, class by class, each in the order of its list.</summary>
    public static ImageDataset Read(DatasetInfo info, string root, string split)
    {
        var lists = new[] { root, Path.Combine(root, "..") }.Select(folder => Path.GetFullPath(Path.Combine(folder, "Data-split"))).FirstOrDefault(Directory.Exists)
            ?? throw new DataException($"{Path.GetFullPath(root)} has no folder Data-split with the official lists of {info.Name}. {info.HowToGet}");
        var images = new List<LabeledImage>();
        for (var label = 0; label < info.Classes.Count; label++)
        {
            var className = info.Classes[label];
            var list = Path.Combine(lists, className.Replace("CT_", "", StringComparison.Ordinal), $"{split}{className}.txt");
            if (!File.Exists(list))
            {
                throw new DataException($"The list {list} is missing. Expected one list for each class and split, for example Data-split/COVID/trainCT_COVID.txt. {info.HowToGet}");
            }

            foreach (var line in File.ReadLines(list).Select(line => line.Trim()).Where(line => line.Length > 0))
            {
                var path = $"{className}/{line}";
                if (!File.Exists(Path.Combine(root, className, line)))
                {
                    throw new DataException($"{list} names {line}, which is not in {Path.Combine(root, className)}. Names are compared with upper and lower case; copy the set again without renaming files (some names hold %).");
                }

                images.Add(new LabeledImage(path, label));
            }
        }

        return new ImageDataset($"{info.Name} {split}", root, info.Classes, images);
    }
}
