namespace CovidNotebooks.Recording;

/// <summary>Writes a file so that its name never stands for a part of it: beside its target, flushed to the disk, renamed.</summary>
public static class WholeFile
{
    /// <summary>Writes a text in UTF-8, without a byte order mark.</summary>
    /// <param name="path">Its name; an existing file is replaced, a missing folder made.</param>
    /// <param name="text">The whole content.</param>
    /// <exception cref="IOException">It cannot be written (no room, no folder); nothing has changed.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written; nothing has changed.</exception>
    public static void Write(string path, string text) => Write(path, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(text)));

    /// <summary>Writes a file.</summary>
    /// <param name="path">Its name; an existing file is replaced, a missing folder made.</param>
    /// <param name="write">Writes its content; when it fails nothing has changed.</param>
    /// <param name="flush">Whether to wait until the disk has it, so that it outlives a loss of power and not the process only.</param>
    /// <exception cref="IOException">It cannot be written (no room, no folder); nothing has changed.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written; nothing has changed.</exception>
    public static void Write(string path, Action<FileStream> write, bool flush = true)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(write);
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        Directory.CreateDirectory(folder);
        var beside = Path.Combine(folder, $".{Path.GetFileName(path)}.{Guid.NewGuid():N}.tmp");
        try
        {
            using (var stream = new FileStream(beside, FileMode.CreateNew, FileAccess.ReadWrite))
            {
                write(stream);
                stream.Flush(flushToDisk: flush);
            }

            File.Move(beside, path, overwrite: true);
        }
        finally
        {
            File.Delete(beside);
        }
    }
}
