namespace CovidNotebooks.Data.Download;

/// <summary>Puts unpacked files where a dataset has them. Only renames, inside one working folder.</summary>
internal static class DatasetArrangement
{
    /// <summary>The folder below which an archive's content begins.</summary>
    /// <param name="unpacked">The folder that it was unpacked to.</param>
    /// <param name="strip">How many leading folders to leave out; null for all that hold nothing but one folder.</param>
    /// <param name="archive">The archive's name, for messages.</param>
    public static string Content(string unpacked, int? strip, string archive)
    {
        var folder = unpacked;
        for (var level = 0; strip is null || level < strip; level++)
        {
            var entries = Directory.GetFileSystemEntries(folder);
            if (entries.Length == 1 && Directory.Exists(entries[0]))
            {
                folder = entries[0];
            }
            else if (strip is null)
            {
                break;
            }
            else
            {
                throw new ArchiveException($"{archive} has {entries.Length} entries at level {level + 1}. Expected one folder there, because {strip} leading folders are to be left out (\"strip\" in data/datasets.json). The archive may have changed: look at it by hand.");
            }
        }

        return folder;
    }

    /// <summary>Moves everything in a folder into another one, which may have other entries already.</summary>
    public static void MoveInto(string from, string into, string archive)
    {
        Directory.CreateDirectory(into);
        foreach (var entry in Directory.GetFileSystemEntries(from))
        {
            var target = Path.Combine(into, Path.GetFileName(entry));
            if (Path.Exists(target))
            {
                throw new ArchiveException($"{archive} holds {Path.GetFileName(entry)}, which another archive of the set has put there already. Look at \"into\" and \"strip\" in data/datasets.json.");
            }

            Directory.Move(entry, target);
        }
    }

    /// <summary>The folder of the dataset inside what was unpacked, with its lists in it.</summary>
    /// <exception cref="ArchiveException">Nothing there is laid out as the dataset.</exception>
    public static string Find(DatasetInfo info, string arranged)
    {
        var found = new DataFolder(arranged, "the download").Find(info);
        if (found is null)
        {
            var entries = Directory.GetFileSystemEntries(arranged).Select(Path.GetFileName).Order(StringComparer.Ordinal).ToList();
            throw new ArchiveException($"What was unpacked is not laid out as {info.Name}: it holds {(entries.Count == 0 ? "nothing" : string.Join(", ", entries.Take(8)))}. Expected {string.Join(", ", info.Layout == DatasetLayout.SplitFolders ? info.Splits.Keys : info.Classes)}. Nothing was kept. {info.HowToGet}");
        }

        var lists = Path.Combine(found, "..", "Data-split");
        if (info.Layout == DatasetLayout.SplitLists && found != arranged && Directory.Exists(lists) && !Directory.Exists(Path.Combine(found, "Data-split")))
        {
            Directory.Move(lists, Path.Combine(found, "Data-split"));
        }

        return found;
    }
}
