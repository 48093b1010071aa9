using System.Formats.Tar;
using System.IO.Compression;

namespace CovidNotebooks.Data.Download;

/// <summary>Unpacks zip and tar.gz archives that nobody vouches for.</summary>
/// <remarks>
/// Only plain files and folders are made, each inside the target folder and none twice; links, devices and encrypted entries end the unpacking.
/// Rights, owners and times of the archive are not taken over. The files of macOS and Windows folders (<c>__MACOSX</c>, <c>.DS_Store</c>, <c>Thumbs.db</c>) are left out.
/// </remarks>
public static class ArchiveUnpacker
{
    private const int UnixTypeMask = 0xF000;
    private const int UnixFile = 0x8000;
    private const int UnixFolder = 0x4000;

    private static readonly string[] Clutter = ["__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini"];

    /// <summary>Unpacks an archive into a new folder: all of it, or nothing.</summary>
    /// <param name="archive">The archive's file.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="folder">The folder to make; it must not exist. It is removed again when unpacking fails or is ended.</param>
    /// <param name="limits">What the archive may become; the defaults if null.</param>
    /// <param name="progress">Told the bytes of the archive that are done.</param>
    /// <param name="cancellation">Ends the unpacking.</param>
    /// <exception cref="ArchiveException">The archive is broken, dangerous or too large.</exception>
    /// <exception cref="IOException">The disk cannot be written, or the folder exists.</exception>
    /// <exception cref="OperationCanceledException">The unpacking was ended.</exception>
    public static void Unpack(string archive, ArchiveKind kind, string folder, UnpackLimits? limits = null, IProgress<DownloadProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(archive);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        limits ??= new UnpackLimits();
        limits.Validate();
        if (Path.Exists(folder))
        {
            throw new IOException($"{folder} is already there. Expected a name that is free: unpacking never writes into an existing folder.");
        }

        var name = Path.GetFileName(archive);
        Directory.CreateDirectory(folder);
        var done = false;
        try
        {
            using var stream = new FileStream(archive, FileMode.Open, FileAccess.Read, FileShare.Read);
            var writer = new EntryWriter(name, Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)), new UnpackBudget(name, stream.Length, limits), stream, progress, cancellation);
            switch (kind)
            {
                case ArchiveKind.Zip:
                    UnpackZip(name, stream, writer);
                    break;
                case ArchiveKind.TarGz:
                    UnpackTar(name, stream, writer);
                    break;
                default:
                    throw new ArgumentOutOfRangeException(nameof(kind), kind, "A single file is not unpacked. Expected Zip or TarGz.");
            }

            done = true;
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException or FormatException or NotSupportedException or InvalidOperationException or OverflowException or OutOfMemoryException)
        {
            throw new ArchiveException($"{name} is broken or no {(kind == ArchiveKind.Zip ? "zip" : "tar.gz")} archive: {exception.Message} Nothing of it was kept. Delete it and download it again.", exception);
        }
        finally
        {
            if (!done)
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    private static void UnpackZip(string name, FileStream stream, EntryWriter writer)
    {
        using var zip = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
        foreach (var entry in zip.Entries)
        {
            if (writer.Path(entry.FullName) is not { } path)
            {
                continue;
            }

            var type = (entry.ExternalAttributes >> 16) & UnixTypeMask;
            if (type is not (0 or UnixFile or UnixFolder) || entry.IsEncrypted)
            {
                throw new ArchiveException($"{name} holds {entry.FullName}, which is {(entry.IsEncrypted ? "encrypted" : "a link or a device")}. Expected plain files and folders only. Nothing of it was kept.");
            }

            if (entry.FullName.EndsWith('/') || entry.FullName.EndsWith('\\') || type == UnixFolder)
            {
                if (entry.Length > 0)
                {
                    throw new ArchiveException($"{entry.FullName} in {name} is a folder with {entry.Length:N0} bytes of its own. Expected none. Nothing was kept. Delete the archive and download it again.");
                }

                writer.Folder(path);
                continue;
            }

            using var content = entry.Open();
            var (length, crc) = writer.File(path, content);
            if (length != entry.Length || crc != entry.Crc32)
            {
                throw new ArchiveException($"{entry.FullName} in {name} is damaged: {length:N0} bytes with the check sum {crc:x8}. Expected {entry.Length:N0} with {entry.Crc32:x8}. Nothing was kept. Delete the archive and download it again.");
            }
        }
    }

    private static void UnpackTar(string name, FileStream stream, EntryWriter writer)
    {
        using var content = new BudgetedStream(new GZipStream(stream, CompressionMode.Decompress, leaveOpen: true), writer.Budget);
        using var tar = new TarReader(content, leaveOpen: true);
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry.EntryType == TarEntryType.GlobalExtendedAttributes || writer.Path(entry.Name) is not { } path)
            {
                continue;
            }

            switch (entry.EntryType)
            {
                case TarEntryType.Directory or TarEntryType.DirectoryList:
                    writer.Folder(path);
                    break;
                case TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile:
                    var (length, _) = writer.File(path, entry.DataStream ?? Stream.Null, isCounted: true);
                    if (length != entry.Length)
                    {
                        throw new ArchiveException($"{entry.Name} in {name} ends after {length:N0} of {entry.Length:N0} bytes. Nothing was kept. Delete the archive and download it again.");
                    }

                    break;
                default:
                    throw new ArchiveException($"{name} holds {entry.Name}, which is of the kind {entry.EntryType}. Expected plain files and folders only: links can lead out of the folder. Nothing of it was kept.");
            }
        }

        // To the very end, where gzip's own check sum is.
        content.CopyTo(Stream.Null);
    }

    /// <summary>Makes an archive's files and folders below one folder.</summary>
    private sealed class EntryWriter(string archive, string root, UnpackBudget budget, FileStream source, IProgress<DownloadProgress>? progress, CancellationToken cancellation)
    {
        private readonly HashSet<string> seen = new(StringComparer.OrdinalIgnoreCase);
        private readonly byte[] buffer = new byte[128 * 1024];

        public UnpackBudget Budget => budget;

        /// <summary>Where an entry goes, or null for what is left out.</summary>
        public string? Path(string entry)
        {
            cancellation.ThrowIfCancellationRequested();
            budget.AddEntry();
            if (!ArchivePath.TryParse(entry, out var parts, out var problem))
            {
                throw new ArchiveException($"{archive} holds an entry named \"{entry}\", which {problem}. Expected names that stay inside the folder. Nothing of it was kept; do not trust this archive.");
            }

            if (parts.Count == 0 || parts.Any(part => Clutter.Contains(part, StringComparer.OrdinalIgnoreCase)))
            {
                return null;
            }

            var path = System.IO.Path.GetFullPath(System.IO.Path.Combine([root, .. parts]));
            return path.StartsWith(root + System.IO.Path.DirectorySeparatorChar, StringComparison.Ordinal)
                ? path
                : throw new ArchiveException($"{archive} holds an entry named \"{entry}\", which leads out of the folder. Nothing of it was kept; do not trust this archive.");
        }

        public void Folder(string path) => Make(path, () => Directory.CreateDirectory(path));

        public (long Length, uint Crc) File(string path, Stream content, bool isCounted = false)
        {
            if (!seen.Add(path))
            {
                throw Twice(path);
            }

            Make(path, () => Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!));
            if (Directory.Exists(path))
            {
                throw Twice(path);
            }

            using var target = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
            var (length, crc) = (0L, 0u);
            while (true)
            {
                cancellation.ThrowIfCancellationRequested();
                var count = content.Read(buffer);
                if (count == 0)
                {
                    return (length, crc);
                }

                if (!isCounted)
                {
                    budget.AddBytes(count);
                    crc = Crc32.Append(crc, buffer.AsSpan(0, count));
                }

                length += count;
                target.Write(buffer, 0, count);
                progress?.Report(new DownloadProgress(DownloadStage.Unpacking, archive, source.Position, source.Length));
            }
        }

        private void Make(string path, Action create)
        {
            for (var above = path; above.Length > root.Length; above = System.IO.Path.GetDirectoryName(above)!)
            {
                if (System.IO.File.Exists(above))
                {
                    throw Twice(above);
                }
            }

            create();
        }

        private ArchiveException Twice(string path) =>
            new($"{archive} holds {System.IO.Path.GetRelativePath(root, path)} twice (upper and lower case are the same on some systems). Expected every name once. Nothing of it was kept.");
    }
}
