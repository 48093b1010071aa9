using CovidNotebooks.Audit;
using CovidNotebooks.Data;

namespace CovidNotebooks.Download;

/// <summary>
/// Gets a whole dataset: downloads its archives, unpacks them beside the final folder, arranges and checks the images, and only then gives
/// the folder its name. Whatever goes wrong before, no half dataset is seen; downloaded parts are kept for resuming.
/// </summary>
/// <param name="downloader">What downloads the files.</param>
/// <param name="limits">What archives may become; the defaults if null.</param>
/// <param name="clock">Where time comes from; the system's clock if null.</param>
public sealed class DatasetDownloader(Downloader downloader, UnpackLimits? limits = null, TimeProvider? clock = null)
{
    private readonly TimeProvider clock = clock ?? TimeProvider.System;

    /// <summary>Makes a dataset be in a data folder. One that is there already is checked and left alone.</summary>
    /// <param name="folder">The data folder; it is made if it does not exist.</param>
    /// <param name="info">The dataset.</param>
    /// <param name="progress">Told what is being done and how far it is.</param>
    /// <param name="cancellation">Ends it; what has been downloaded is kept for the next time, what has been unpacked is not.</param>
    /// <exception cref="DownloadException">
    /// The dataset needs a login (<see cref="DownloadFailure.NeedsLogin"/>, the message says what to do), or a file cannot be had.
    /// </exception>
    /// <exception cref="DataException">
    /// An archive is broken or dangerous, or the images are not those that the catalogue expects.
    /// </exception>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    public Task<DownloadedDataset> GetAsync(
        DataFolder folder, DatasetInfo info, IProgress<DownloadProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(info);
        return MakeAsync(
            folder, info, (work, record) => DownloadAllAsync(work, record, info, progress, cancellation), progress, cancellation);
    }

    /// <summary>
    /// Makes a dataset be in a data folder from an archive that a person has downloaded, for example from a site that needs a login.
    /// </summary>
    /// <param name="folder">The data folder; it is made if it does not exist.</param>
    /// <param name="info">The dataset.</param>
    /// <param name="archive">The archive: .zip, .tar.gz or .tgz. It stays as it is.</param>
    /// <param name="progress">Told what is being done and how far it is.</param>
    /// <param name="cancellation">Ends it; nothing of it is kept.</param>
    /// <exception cref="DataException">
    /// The archive is missing, broken or dangerous, or the images are not those that the catalogue expects.
    /// </exception>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    public Task<DownloadedDataset> FromArchiveAsync(
        DataFolder folder,
        DatasetInfo info,
        string archive,
        IProgress<DownloadProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(info);
        ArgumentException.ThrowIfNullOrEmpty(archive);
        ArchiveKind? kind = archive.EndsWith(".zip", StringComparison.OrdinalIgnoreCase) ? ArchiveKind.Zip
            : archive.EndsWith(".tar.gz", StringComparison.OrdinalIgnoreCase)
                || archive.EndsWith(".tgz", StringComparison.OrdinalIgnoreCase) ? ArchiveKind.TarGz
            : null;
        if (kind is null || !File.Exists(archive))
        {
            throw new DataException(
                $"{archive} {(File.Exists(archive) ? "is neither .zip nor .tar.gz" : "does not exist")}. Expected the archive of "
                    + $"{info.Name}. {info.HowToGet}");
        }

        return MakeAsync(folder, info, (work, _) =>
        {
            Unpack(
                work,
                new DatasetArchive { Url = new Uri(Path.GetFullPath(archive)).AbsoluteUri, Kind = kind.Value },
                archive,
                0,
                progress,
                cancellation);
            return Task.FromResult<IReadOnlyList<DownloadedFile>>([]);
        }, progress, cancellation);
    }

    private async Task<DownloadedDataset> MakeAsync(
        DataFolder folder,
        DatasetInfo info,
        Func<WorkFolder, DownloadRecord, Task<IReadOnlyList<DownloadedFile>>> fill,
        IProgress<DownloadProgress>? progress,
        CancellationToken cancellation)
    {
        if (folder.Find(info) is { } there)
        {
            var found = Checked(folder, info, progress, cancellation);
            return found.Ok
                ? new DownloadedDataset(there, found, [])
                : throw new DataException(
                    $"{info.Name} is in {there} already, but not as "
                    + $"expected:{Environment.NewLine}{found.ToPlainText()}{Environment.NewLine}Nothing was downloaded or changed. Move "
                    + "that folder away and run the command again, or name another data folder with --data DIR.");
        }

        var target = Path.Combine(folder.Root, info.Folders.Contains(info.Name, StringComparer.Ordinal) ? info.Name : info.Folders[0]);
        if (Path.Exists(target))
        {
            throw new DataException(
                $"{target} exists, but is not laid out as {info.Name}. Nothing was downloaded or changed. Move it away and run the "
                    + "command again, or name another data folder with --data DIR.");
        }

        try
        {
            Directory.CreateDirectory(folder.Root);
            var record = DownloadRecord.Read(folder);
            using var work = new WorkFolder(target);
            var (files, arranged) = await FilledAsync(work, record, info, fill);
            var check = Checked(new DataFolder(arranged, "the download"), info, progress, cancellation);
            if (!check.Ok)
            {
                work.ForgetDownloads();
                throw new DataException(
                    $"What came is not {info.Name} as the catalogue knows "
                        + $"it:{Environment.NewLine}{check.ToPlainText()}{Environment.NewLine}Nothing was kept. The set may have changed "
                        + $"where it comes from ({info.Url}).");
            }

            cancellation.ThrowIfCancellationRequested();
            if (files.Count > 0)
            {
                record.Add(files, clock.GetUtcNow());
            }

            Directory.Move(arranged, target);
            work.ForgetDownloads();
            return new DownloadedDataset(target, check, files);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DownloadException(
                DownloadFailure.Disk,
                $"{info.Name} could not be written to {folder.Root}: {exception.Message} Look at the room on the disk and at the "
                    + "rights of the folder, or name another with --data DIR, and run the command again.",
                exception);
        }
    }

    private static async Task<(IReadOnlyList<DownloadedFile> Files, string Arranged)> FilledAsync(
        WorkFolder work,
        DownloadRecord record,
        DatasetInfo info,
        Func<WorkFolder, DownloadRecord, Task<IReadOnlyList<DownloadedFile>>> fill)
    {
        try
        {
            return (await fill(work, record), work.Find(info));
        }
        catch (ArchiveException)
        {
            // The next time starts from nothing instead of meeting the same archive again.
            work.ForgetDownloads();
            throw;
        }
    }

    private async Task<IReadOnlyList<DownloadedFile>> DownloadAllAsync(
        WorkFolder work, DownloadRecord record, DatasetInfo info, IProgress<DownloadProgress>? progress, CancellationToken cancellation)
    {
        if (info.Archives.Count == 0)
        {
            throw new DownloadException(
                DownloadFailure.NeedsLogin,
                $"{info.Name} cannot be downloaded by a program. {info.HowToGet} It belongs into "
                    + $"{Path.GetDirectoryName(work.Target)}, as {string.Join(" or ", info.Folders)}. From: {info.Url}");
        }

        foreach (var archive in info.Archives)
        {
            archive.Validate();
        }

        var files = new List<DownloadedFile>();
        for (var i = 0; i < info.Archives.Count; i++)
        {
            var archive = info.Archives[i];
            var known = record.Find(archive.Url);
            // The number keeps files of one name from different folders apart.
            var path = Path.Combine(work.Downloads, FormattableString.Invariant($"{i + 1:00}-{archive.FileName}"));
            var request = new DownloadRequest(archive.Address, archive.Sha256 ?? known?.Sha256, archive.Bytes);
            try
            {
                files.Add(await downloader.GetAsync(request, path, progress, cancellation));
            }
            catch (DownloadException exception) when (exception.Failure == DownloadFailure.WrongHash && archive.Sha256 is null)
            {
                throw new DownloadException(
                    exception.Failure,
                    $"{exception.Message} The expected one is that of the first download, on {known!.First:yyyy-MM-dd}. If the "
                        + $"publisher says that the file was changed on purpose, remove its entry from {record.Path}.",
                    exception);
            }
        }

        for (var i = 0; i < info.Archives.Count; i++)
        {
            Unpack(work, info.Archives[i], files[i].Path, i, progress, cancellation);
        }

        return files;
    }

    private void Unpack(
        WorkFolder work,
        DatasetArchive archive,
        string file,
        int number,
        IProgress<DownloadProgress>? progress,
        CancellationToken cancellation)
    {
        var into = Path.Combine([work.Arranged, .. archive.Into.Split('/', StringSplitOptions.RemoveEmptyEntries)]);
        if (archive.Kind == ArchiveKind.File)
        {
            Directory.CreateDirectory(into);
            File.Copy(file, Path.Combine(into, archive.FileName));
            return;
        }

        var unpacked = Path.Combine(work.Unpacked, FormattableString.Invariant($"{number}"));
        ArchiveUnpacker.Unpack(file, archive.Kind, unpacked, limits, progress, cancellation);
        WorkFolder.Place(unpacked, archive.Strip, into, Path.GetFileName(file));
    }

    private static DatasetCheck Checked(
        DataFolder folder, DatasetInfo info, IProgress<DownloadProgress>? progress, CancellationToken cancellation) =>
        DatasetCheck.Run(folder, info, decode: true, progress is null ? null : new CheckProgress(progress, info), cancellation);

    private sealed class CheckProgress(IProgress<DownloadProgress> progress, DatasetInfo info) : IProgress<double>
    {
        public void Report(double value) =>
            progress.Report(
                new DownloadProgress(DownloadStage.Checking, info.Name, (long)Math.Round(value * info.ExpectedCount), info.ExpectedCount));
    }
}

/// <summary>A dataset that is in its place, whole and checked.</summary>
/// <param name="Root">Its folder.</param>
/// <param name="Check">What the check found.</param>
/// <param name="Files">What was downloaded for it; none when it was there already or came from a file on this machine.</param>
public sealed record DownloadedDataset(string Root, DatasetCheck Check, IReadOnlyList<DownloadedFile> Files);
