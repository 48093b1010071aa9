using CovidNotebooks.Data;

namespace CovidNotebooks.Download;

/// <summary>
/// The folder <c>NAME.download</c> beside a dataset's final place: downloaded files stay in it until the dataset is whole, unpacked ones
/// are removed at the beginning and at the end. Only one process uses it. What is unpacked in it is put where the dataset has it, by
/// renaming alone.
/// </summary>
internal sealed class WorkFolder : IDisposable
{
    private readonly string root;
    private readonly FileStream claim;

    public WorkFolder(string target)
    {
        Target = target;
        root = target + ".download";
        Directory.CreateDirectory(root);
        try
        {
            claim = new FileStream(
                Path.Combine(root, "lock"),
                FileMode.OpenOrCreate,
                FileAccess.ReadWrite,
                FileShare.None,
                bufferSize: 1,
                FileOptions.DeleteOnClose);
        }
        catch (IOException exception)
        {
            throw new DownloadException(
                DownloadFailure.Disk,
                $"{root} is in use: another download of the same set is under way. "
                    + "Wait until it has ended, or end it, and run the command again.",
                exception);
        }

        Remove(Unpacked, Arranged);
        Directory.CreateDirectory(Unpacked);
        Directory.CreateDirectory(Arranged);
    }

    /// <summary>The dataset's final folder.</summary>
    public string Target { get; }

    /// <summary>Downloaded files.</summary>
    public string Downloads => Path.Combine(root, "files");

    /// <summary>Where archives are unpacked, each in a folder of its own.</summary>
    public string Unpacked => Path.Combine(root, "unpacked");

    /// <summary>Where the dataset is put together.</summary>
    public string Arranged => Path.Combine(root, "arranged");

    /// <summary>Removes the downloaded files.</summary>
    public void ForgetDownloads() => Remove(Downloads);

    /// <summary>Moves what was unpacked into the dataset, without leading folders; other entries may be there already.</summary>
    /// <param name="unpacked">The folder that an archive was unpacked to.</param>
    /// <param name="strip">How many leading folders to leave out; null for all that hold nothing but one folder.</param>
    /// <param name="into">The folder inside the dataset.</param>
    /// <param name="archive">The archive's name, for messages.</param>
    public static void Place(string unpacked, int? strip, string into, string archive)
    {
        for (var level = 0; level < (strip ?? int.MaxValue); level++)
        {
            var entries = Directory.GetFileSystemEntries(unpacked);
            if (entries is not [var only] || !Directory.Exists(only))
            {
                if (strip is null)
                {
                    break;
                }

                throw new ArchiveException(
                    $"{archive} has {entries.Length} entries at level {level + 1}. Expected one folder there, because {strip} leading "
                    + "folders are to be left out (\"strip\" in data/datasets.json). The archive may have changed: look at it by hand.");
            }

            unpacked = only;
        }

        Directory.CreateDirectory(into);
        foreach (var entry in Directory.GetFileSystemEntries(unpacked))
        {
            var target = Path.Combine(into, Path.GetFileName(entry));
            Directory.Move(entry, Path.Exists(target)
                ? throw new ArchiveException(
                    $"{archive} holds {Path.GetFileName(entry)}, which another archive of the set has put there already. Look at "
                        + "\"into\" and \"strip\" in data/datasets.json.")
                : target);
        }
    }

    /// <summary>The folder of the dataset inside what was unpacked, with its lists in it.</summary>
    /// <exception cref="ArchiveException">Nothing there is laid out as the dataset.</exception>
    public string Find(DatasetInfo info)
    {
        if (new DataFolder(Arranged, "the download").Find(info) is not { } found)
        {
            var entries = Directory.GetFileSystemEntries(Arranged).Select(Path.GetFileName).Order(StringComparer.Ordinal).Take(8).ToList();
            var expected = info.Layout == DatasetLayout.SplitFolders ? info.Splits.Keys : info.Classes;
            throw new ArchiveException(
                $"What was unpacked is not laid out as {info.Name}: it holds "
                    + $"{(entries.Count == 0 ? "nothing" : string.Join(", ", entries))}. Expected {string.Join(", ", expected)}. Nothing "
                    + $"was kept. {info.HowToGet}");
        }

        var (outside, inside) = (Path.Combine(found, "..", "Data-split"), Path.Combine(found, "Data-split"));
        if (info.Layout == DatasetLayout.SplitLists && found != Arranged && Directory.Exists(outside) && !Directory.Exists(inside))
        {
            Directory.Move(outside, inside);
        }

        return found;
    }

    public void Dispose()
    {
        Remove(Unpacked, Arranged);
        if (Directory.Exists(Downloads) && !Directory.EnumerateFileSystemEntries(Downloads).Any())
        {
            ForgetDownloads();
        }

        claim.Dispose();
        try
        {
            Directory.Delete(root);
        }
        catch (IOException)
        {
            // Downloaded files are in it, or another process has begun to use it.
        }
    }

    private static void Remove(params IReadOnlyList<string> folders)
    {
        foreach (var folder in folders.Where(Directory.Exists))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
