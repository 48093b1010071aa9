using System.Collections.Concurrent;
using System.Security.Cryptography;
using CovidNotebooks.Data;
using CovidNotebooks.Data.Imaging;

namespace CovidNotebooks.Audit;

/// <summary>
/// Opens each image once: hash, header, thumbnails and one decode, which the data card, the leakage audit, the probes and <c>kit data
/// check</c> share. A file that cannot be read is kept with its problem, here and nowhere else.
/// </summary>
/// <remarks>
/// What was found is remembered as long as the file keeps its length and time. A file is opened again only when more depth is asked for
/// than before. A picture costs about 4.5 KB of memory, one with details 16 KB more.
/// </remarks>
/// <param name="limits">What a file may cost at most; by default <see cref="ImageLimits.Default"/>.</param>
/// <param name="capacity">How many files are remembered, at least 1; beyond it the memory starts anew. Default 100,000.</param>
public sealed class FileScanner(ImageLimits? limits = null, int capacity = 100_000)
{
    private const int SmallestSide = 8;

    /// <summary>Rows and columns of a thumbnail.</summary>
    internal const int ThumbnailSide = 64;

    private readonly ImageFileReader reader = new(limits);
    private readonly ConcurrentDictionary<string, Entry> entries = new(StringComparer.Ordinal);
    private long opened;

    /// <summary>The scanner that is used where none is named, with the default limits.</summary>
    public static FileScanner Shared { get; } = new();

    /// <summary>How many files were opened so far: what is remembered is not opened again.</summary>
    public long Opened => Interlocked.Read(ref opened);

    /// <summary>The shared scanner, or one of its own for other limits than the default ones.</summary>
    /// <param name="limits">What a file may cost at most; null for the default.</param>
    public static FileScanner For(ImageLimits? limits) =>
        limits is null || limits == ImageLimits.Default ? Shared : new FileScanner(limits);

    /// <summary>Looks at every file of a dataset.</summary>
    /// <param name="dataset">The images.</param>
    /// <param name="depth">How much is looked at.</param>
    /// <param name="progress">Told the share of the files that are done, 0 to 1.</param>
    /// <param name="cancellation">Ends the scan.</param>
    /// <returns>One result an image, in the dataset's order.</returns>
    /// <exception cref="OperationCanceledException">The scan was ended.</exception>
    public IReadOnlyList<ScannedFile> Scan(
        ImageDataset dataset, ScanDepth depth, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        return Scan([.. dataset.Images.Select(dataset.FullPath)], depth, progress, cancellation);
    }

    /// <summary>Looks at files.</summary>
    /// <param name="files">Their paths.</param>
    /// <param name="depth">How much is looked at.</param>
    /// <param name="progress">Told the share of the files that are done, 0 to 1.</param>
    /// <param name="cancellation">Ends the scan.</param>
    /// <returns>One result a file, in their order.</returns>
    /// <exception cref="OperationCanceledException">The scan was ended.</exception>
    public IReadOnlyList<ScannedFile> Scan(
        IReadOnlyList<string> files, ScanDepth depth, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        if (entries.Count + files.Count(file => !entries.ContainsKey(file)) > capacity)
        {
            entries.Clear();
        }

        var scanned = new ScannedFile[files.Count];
        var done = 0;
        Parallel.For(0, files.Count, new ParallelOptions { CancellationToken = cancellation }, i =>
        {
            scanned[i] = Scan(files[i], depth).At(depth);
            progress?.Report(Interlocked.Increment(ref done) / (double)files.Count);
        });
        return scanned;
    }

    /// <summary>The indices of equal files, in groups of two and more, by the first of each.</summary>
    internal static IReadOnlyList<int[]> EqualGroups(IReadOnlyList<ScannedFile> files) =>
    [
        .. Enumerable.Range(0, files.Count).Where(i => files[i].Sha256 is not null).GroupBy(i => files[i].Sha256, StringComparer.Ordinal)
            .Select(group => group.ToArray()).Where(group => group.Length > 1).OrderBy(group => group[0]),
    ];

    private ScannedFile Scan(string path, ScanDepth depth)
    {
        var info = new FileInfo(path);
        var stamp = info.Exists ? (info.Length, info.LastWriteTimeUtc) : default;
        if (entries.TryGetValue(path, out var known) && known.Stamp == stamp && (known.Depth >= depth || known.File.Header is null))
        {
            return known.File;
        }

        var found = Open(path, depth);
        entries[path] = new Entry(stamp, depth, found);
        return found;
    }

    private ScannedFile Open(string path, ScanDepth depth)
    {
        Interlocked.Increment(ref opened);
        string? hash = null;
        ImageHeader? header = null;
        var bad = BadImageException.Try(
            () =>
            {
                var bytes = reader.ReadBytes(path);
                hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
                header = reader.Inspect(bytes, path);
                return depth == ScanDepth.Headers ? new ScannedFile(path, hash, header, null) : Decoded(path, hash, header, bytes, depth);
            },
            out var read);
        return read ?? new ScannedFile(path, hash ?? HashOfUnread(path), header, bad);
    }

    private ScannedFile Decoded(string path, string hash, ImageHeader header, byte[] bytes, ScanDepth depth)
    {
        var grey = reader.Decode(bytes, header, path, out var stored).ToGrayscale();
        return new ScannedFile(path, hash, header, null)
        {
            Depth = FileDepth.Of(header, stored, path, ""),
            Smallest = ImageResizer.Resize(grey, SmallestSide, SmallestSide, Interpolation.PilLanczos).Pixels,
            Thumbnail = ImageResizer.Resize(grey, ThumbnailSide, ThumbnailSide, Interpolation.PilBilinear),
            Detail = depth < ScanDepth.Details ? null
                : ImageResizer.Resize(grey, SidedPicture.Size, SidedPicture.Size, Interpolation.PilBilinear),
        };
    }

    /// <summary>
    /// The hash of a file that is there and was not taken, for example because it is too large: an equal one may be in another part.
    /// </summary>
    private static string? HashOfUnread(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            return Convert.ToHexStringLower(SHA256.HashData(stream));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private sealed record Entry((long Length, DateTime Changed) Stamp, ScanDepth Depth, ScannedFile File);
}
