using System.Text;

namespace CovidNotebooks.Data;

/// <summary>
/// A set as document 1 put it together: COVID-19 X-rays of Cohen's collection in <c>covid</c>, as many others drawn from a folder in
/// <c>normal</c>, and <c>split.csv</c> with patients and sources.
/// </summary>
public static class CohenXrayFolder
{
    /// <summary>Keeps the draw of the normal images apart from every other draw of the same seed.</summary>
    private const long Purpose = 0x434F48454E;

    /// <summary>Copies the images. The folder is complete or not there.</summary>
    /// <param name="target">A folder that does not exist, for example <c>xray-25</c> of the data folder.</param>
    /// <param name="covid">
    /// What a rule took from the metadata; the first <paramref name="count"/> are copied, in the order of the metadata.
    /// </param>
    /// <param name="normals">
    /// A folder of X-rays without COVID-19, for example <c>chest_xray/train/NORMAL</c>. Sub-folders are searched too.
    /// </param>
    /// <param name="count">Images of each class, at least 1; 25 by default.</param>
    /// <param name="seed">Of the draw of the normal images: the same files and seed give the same images.</param>
    /// <returns>The set, with patients as groups.</returns>
    /// <exception cref="DataException">The target is there already, a folder is missing, or there are too few images.</exception>
    public static ImageDataset Make(string target, CohenSelection covid, string normals, int count = 25, long seed = 0)
    {
        ArgumentException.ThrowIfNullOrEmpty(target);
        ArgumentNullException.ThrowIfNull(covid);
        ArgumentException.ThrowIfNullOrEmpty(normals);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var root = Path.GetFullPath(target);
        if (Directory.Exists(root))
        {
            throw new DataException(
                $"{root} is there already. Nothing was changed: move it away, or name another data folder with --data DIR.");
        }

        if (covid.Images.Count < count)
        {
            throw new DataException(
                $"{covid.Images.Count} images are taken by the rule and are in {covid.Folder}; {count} were asked for. "
                    + $"{covid.MissingText} Later versions of the metadata write the finding in a longer form (--long-findings); "
                    + "--count takes fewer.");
        }

        var drawn = Draw(Path.TrimEndingDirectorySeparator(Path.GetFullPath(normals)), count, seed);
        var unfinished = $"{root}.{Guid.NewGuid():N}.part";
        try
        {
            var rows = new StringBuilder("path,group,source\n");
            foreach (var image in covid.Images.Take(count))
            {
                Copy(
                    Path.Combine(covid.Folder, image.FileName),
                    "covid",
                    image.Patient.Length == 0 ? null : $"cohen-{image.Patient}",
                    "cohen");
            }

            foreach (var file in drawn)
            {
                Copy(file, "normal", Grouping.ChestXrayPatient(file), "normal");
            }

            File.WriteAllText(Path.Combine(unfinished, "split.csv"), rows.ToString());
            Directory.Move(unfinished, root);

            void Copy(string file, string className, string? group, string source)
            {
                var name = Path.GetFileName(file);
                File.Copy(file, Path.Combine(Directory.CreateDirectory(Path.Combine(unfinished, className)).FullName, name));
                rows.AppendJoin(',', new[] { $"{className}/{name}", group, source }.Select(CsvField.Of)).Append('\n');
            }
        }
        finally
        {
            if (Directory.Exists(unfinished))
            {
                Directory.Delete(unfinished, recursive: true);
            }
        }

        return OpenedDataset.Open(Datasets.Xray25, root).All;
    }

    private static List<string> Draw(string folder, int count, long seed)
    {
        if (!Directory.Exists(folder))
        {
            throw new DataException(
                $"There is no folder {folder}. "
                    + "Expected X-rays without COVID-19, for example train/NORMAL of Kaggle's chest-xray-pneumonia.");
        }

        var files = KerasFolders.FilesOfClass(Path.GetDirectoryName(folder)!, Path.GetFileName(folder))
            .Select(file => Path.Combine(Path.GetDirectoryName(folder)!, file.Replace('/', Path.DirectorySeparatorChar)))
            .DistinctBy(Path.GetFileName, StringComparer.OrdinalIgnoreCase)
            .ToArray();
        return files.Length < count
            ? throw new DataException(
                $"{folder} holds {files.Length} images; {count} were asked for. Name another folder, or ask for fewer with --count.")
            : [.. new RandomStream(seed, Purpose).Permutation(files.Length).Take(count).Select(index => files[index])];
    }
}
