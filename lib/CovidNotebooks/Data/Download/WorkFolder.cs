namespace CovidNotebooks.Data.Download;

/// <summary>
/// The folder <c>NAME.download</c> beside a dataset's final place: downloaded files stay in it until the dataset is whole, unpacked ones are
/// removed at the beginning and at the end. Only one process uses it.
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
            claim = new FileStream(Path.Combine(root, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
        }
        catch (IOException exception)
        {
            throw new DownloadException(DownloadFailure.Disk, $"{root} is in use: another download of the same set is under way. Wait until it has ended, or end it, and run the command again.", exception);
        }

        Remove(Unpacked);
        Remove(Arranged);
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

    public void Dispose()
    {
        Remove(Unpacked);
        Remove(Arranged);
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

    private static void Remove(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
