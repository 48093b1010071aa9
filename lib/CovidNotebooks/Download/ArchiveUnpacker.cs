using System.Formats.Tar;
using System.Globalization;
using System.IO.Compression;
using System.IO.Hashing;
using CovidNotebooks.Data;

namespace CovidNotebooks.Download;

/// <summary>An archive is broken or dangerous. Nothing of it is kept.</summary>
/// <param name="message">What was found, what was expected, what to do.</param>
/// <param name="innerException">What caused it, if another exception did.</param>
public sealed class ArchiveException(string message, Exception? innerException = null) : DataException(message, innerException);

/// <summary>What an archive may become at most.</summary>
public sealed record UnpackLimits
{
    /// <summary>Entries, files and folders together. Default 200,000.</summary>
    public int MaximumEntries { get; init; } = 200_000;

    /// <summary>Bytes of all files together. Default 32 GiB.</summary>
    public long MaximumBytes { get; init; } = 32L << 30;

    /// <summary>Unpacked bytes for each byte of the archive; images hardly shrink. Default 100.</summary>
    public double MaximumRatio { get; init; } = 100;

    /// <summary>Bytes that may be unpacked before <see cref="MaximumRatio"/> is looked at. Default 1 MiB.</summary>
    public long RatioFreeBytes { get; init; } = 1 << 20;

    /// <summary>Checks every member.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A member is out of its range.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MaximumEntries, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaximumBytes, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaximumRatio, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(RatioFreeBytes, 0);
    }
}

/// <summary>Unpacks zip and tar.gz archives that nobody vouches for.</summary>
/// <remarks>
/// Only plain files and folders are made, each inside the target folder and none twice; links, devices and encrypted entries end the
/// unpacking. Rights, owners and times of the archive are not taken over. The files of macOS and Windows folders (<c>__MACOSX</c>,
/// <c>.DS_Store</c>, <c>Thumbs.db</c>) are left out.
/// </remarks>
public static class ArchiveUnpacker
{
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
    public static void Unpack(
        string archive,
        ArchiveKind kind,
        string folder,
        UnpackLimits? limits = null,
        IProgress<DownloadProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(archive);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        limits ??= new UnpackLimits();
        limits.Validate();
        if (Path.Exists(folder))
        {
            throw new IOException(
                $"{folder} is already there. Expected a name that is free: unpacking never writes into an existing folder.");
        }

        var name = Path.GetFileName(archive);
        Directory.CreateDirectory(folder);
        var done = false;
        try
        {
            using var source = File.OpenRead(archive);
            var target = new Target(
                name, Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)), limits, source, progress, cancellation);
            if (kind == ArchiveKind.Zip)
            {
                UnpackZip(name, source, target);
            }
            else if (kind == ArchiveKind.TarGz)
            {
                // Unzipped whole first: every byte counts against the limits, headers too, and gzip's own check sum stands at the very end.
                using var tar = new FileStream(
                    folder + ".tar", FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose);
                using var content = new GZipStream(source, CompressionMode.Decompress);
                target.Copy(content, tar);
                UnpackTar(name, tar, target);
            }
            else
            {
                throw new ArgumentOutOfRangeException(nameof(kind), kind, "A single file is not unpacked. Expected Zip or TarGz.");
            }

            done = true;
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException or FormatException
            or NotSupportedException or InvalidOperationException or OverflowException or OutOfMemoryException)
        {
            throw new ArchiveException(
                $"{name} is broken or no {(kind == ArchiveKind.Zip ? "zip" : "tar.gz")} archive: {exception.Message} Nothing of it "
                    + "was kept. Delete it and download it again.",
                exception);
        }
        finally
        {
            if (!done)
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    private static void UnpackZip(string name, Stream source, Target target)
    {
        using var zip = new ZipArchive(source, ZipArchiveMode.Read, leaveOpen: true);
        foreach (var entry in zip.Entries)
        {
            if (target.PathOf(entry.FullName) is not { } path)
            {
                continue;
            }

            // The upper half holds the Unix mode: 8 is a file, 4 a folder, 0 says nothing.
            var type = (entry.ExternalAttributes >> 28) & 0xF;
            if (type is not (0 or 8 or 4) || entry.IsEncrypted)
            {
                throw new ArchiveException(
                    $"{name} holds {entry.FullName}, which is {(entry.IsEncrypted ? "encrypted" : "a link or a device")}. Expected "
                        + "plain files and folders only. Nothing of it was kept.");
            }

            if (entry.FullName[^1] is '/' or '\\' || type == 4)
            {
                target.MakeFolder(entry.Length == 0
                    ? path
                    : throw new ArchiveException(
                        $"{entry.FullName} in {name} is a folder with {entry.Length:N0} bytes of its own. Expected none. Nothing was "
                            + "kept. Delete the archive and download it again."));
                continue;
            }

            using var content = entry.Open();
            using var file = target.MakeFile(path);
            var (length, crc) = target.Copy(content, file);
            if (length != entry.Length || crc != entry.Crc32)
            {
                throw new ArchiveException(
                    $"{entry.FullName} in {name} is damaged: {length:N0} bytes with the check sum {crc:x8}. Expected "
                        + $"{entry.Length:N0} with {entry.Crc32:x8}. Nothing was kept. Delete the archive and download it again.");
            }
        }
    }

    private static void UnpackTar(string name, Stream unzipped, Target target)
    {
        // Two empty blocks end every tar archive; without them it was cut, however whole its entries look.
        var end = new byte[1024];
        unzipped.Seek(-Math.Min(unzipped.Length, end.Length), SeekOrigin.End);
        if (unzipped.ReadAtLeast(end, end.Length, throwOnEndOfStream: false) < end.Length || end.AsSpan().ContainsAnyExcept((byte)0))
        {
            throw new InvalidDataException("it has no end: it was cut.");
        }

        unzipped.Seek(0, SeekOrigin.Begin);
        using var tar = new TarReader(unzipped, leaveOpen: true);
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry.EntryType == TarEntryType.GlobalExtendedAttributes || target.PathOf(entry.Name) is not { } path)
            {
                continue;
            }

            if (entry.EntryType is TarEntryType.Directory or TarEntryType.DirectoryList)
            {
                target.MakeFolder(path);
            }
            else if (entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile)
            {
                using var file = target.MakeFile(path);
                entry.DataStream?.CopyTo(file);
                if (file.Length != entry.Length)
                {
                    throw new ArchiveException(
                        $"{entry.Name} in {name} ends after {file.Length:N0} of {entry.Length:N0} bytes. Nothing was kept. Delete the "
                            + "archive and download it again.");
                }
            }
            else
            {
                throw new ArchiveException(
                    $"{name} holds {entry.Name}, which is of the kind {entry.EntryType}. Expected plain files and folders only: links "
                        + "can lead out of the folder. Nothing of it was kept.");
            }
        }
    }

    /// <summary>Makes an archive's files and folders below one folder, and counts what it becomes.</summary>
    private sealed class Target(
        string archive,
        string root,
        UnpackLimits limits,
        FileStream source,
        IProgress<DownloadProgress>? progress,
        CancellationToken cancellation)
    {
        private static readonly string[] Clutter = ["__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini"];
        private readonly HashSet<string> seen = new(StringComparer.OrdinalIgnoreCase);
        private readonly long archiveBytes = source.Length;
        private int entries;
        private long bytes;

        /// <summary>Where an entry goes, or null for what is left out.</summary>
        public string? PathOf(string entry)
        {
            cancellation.ThrowIfCancellationRequested();
            if (++entries > limits.MaximumEntries)
            {
                throw new ArchiveException(
                    $"{archive} holds more than {limits.MaximumEntries:N0} entries. No image set of the catalogue does: it was not "
                        + "unpacked. Look at it by hand; UnpackLimits.MaximumEntries sets the limit.");
            }

            if (!ArchivePath.TryParse(entry, out var parts, out var problem))
            {
                throw new ArchiveException(
                    $"{archive} holds an entry named \"{entry}\", which {problem}. Expected names that stay inside the folder. "
                        + "Nothing of it was kept; do not trust this archive.");
            }

            if (parts.Count == 0 || parts.Any(part => Clutter.Contains(part, StringComparer.OrdinalIgnoreCase)))
            {
                return null;
            }

            var path = Path.GetFullPath(Path.Combine([root, .. parts]));
            return path.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal)
                ? path
                : throw new ArchiveException(
                    $"{archive} holds an entry named \"{entry}\", which leads out of the folder. "
                        + "Nothing of it was kept; do not trust this archive.");
        }

        public void MakeFolder(string path)
        {
            for (var above = path; above.Length > root.Length; above = Path.GetDirectoryName(above)!)
            {
                _ = File.Exists(above) ? throw Twice(above) : above;
            }

            Directory.CreateDirectory(path);
        }

        public FileStream MakeFile(string path)
        {
            _ = seen.Add(path) ? path : throw Twice(path);
            MakeFolder(Path.GetDirectoryName(path)!);
            return Path.Exists(path) ? throw Twice(path) : new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        }

        /// <summary>Copies what is unpacked, counts it against the limits, and ends what grows too large while it grows.</summary>
        public (long Length, uint Crc32) Copy(Stream content, Stream file)
        {
            var (buffer, crc, length) = (new byte[128 * 1024], new Crc32(), 0L);
            for (var count = content.Read(buffer); count > 0; count = content.Read(buffer))
            {
                cancellation.ThrowIfCancellationRequested();
                bytes += count;
                if (bytes > limits.MaximumBytes)
                {
                    throw new ArchiveException(
                        $"{archive} becomes more than {limits.MaximumBytes:N0} bytes. Unpacking was ended and nothing kept. "
                            + "UnpackLimits.MaximumBytes sets the limit.");
                }

                if (bytes > limits.RatioFreeBytes && bytes > archiveBytes * limits.MaximumRatio)
                {
                    throw new ArchiveException(string.Create(
                        CultureInfo.InvariantCulture,
                        $"{archive} ({archiveBytes:N0} bytes) becomes more than {limits.MaximumRatio:0.#} times as large, as an ")
                        + "archive made to fill disks does. Unpacking was ended and nothing kept. "
                        + "UnpackLimits.MaximumRatio sets the limit.");
                }

                length += count;
                crc.Append(buffer.AsSpan(0, count));
                file.Write(buffer, 0, count);
                progress?.Report(new DownloadProgress(DownloadStage.Unpacking, archive, source.Position, archiveBytes));
            }

            return (length, crc.GetCurrentHashAsUInt32());
        }

        private ArchiveException Twice(string path) =>
            new(
                $"{archive} holds {Path.GetRelativePath(root, path)} twice (upper and lower case are the same on some systems). "
                    + "Expected every name once. Nothing of it was kept.");
    }
}
