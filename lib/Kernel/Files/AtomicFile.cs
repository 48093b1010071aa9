namespace CovidNotebooks.Kernel.Files;

/// <summary>Writes files beside their target and renames them.</summary>
internal static class AtomicFile
{
    /// <param name="path">The target.</param>
    /// <param name="text">Its content.</param>
    /// <param name="flush">Whether to wait until the disk has it, so that it outlives a loss of power and not the process only.</param>
    public static void WriteAllText(string path, string text, bool flush = true)
    {
        var target = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        var temporary = Path.Combine(Path.GetDirectoryName(target)!, $".{Path.GetFileName(target)}.{Guid.NewGuid():N}.tmp");
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
            using (var writer = new StreamWriter(stream))
            {
                writer.Write(text);
                writer.Flush();
                stream.Flush(flushToDisk: flush);
            }

            File.Move(temporary, target, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
