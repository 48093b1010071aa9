using System.Security.Cryptography;

namespace CovidNotebooks.Data;

/// <summary>SHA-256 of files, and the files whose bytes are equal.</summary>
internal static class FileHashes
{
    /// <summary>One hash a file, null where it cannot be read.</summary>
    public static string?[] Of(IReadOnlyList<string> files)
    {
        var hashes = new string?[files.Count];
        Parallel.For(0, files.Count, i =>
        {
            try
            {
                using var stream = File.OpenRead(files[i]);
                hashes[i] = Convert.ToHexStringLower(SHA256.HashData(stream));
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                hashes[i] = null;
            }
        });
        return hashes;
    }

    /// <summary>The indices of equal files, in groups of two and more.</summary>
    public static IReadOnlyList<int[]> EqualGroups(IReadOnlyList<string?> hashes) =>
    [
        .. Enumerable.Range(0, hashes.Count).Where(i => hashes[i] is not null).GroupBy(i => hashes[i], StringComparer.Ordinal)
            .Select(group => group.ToArray()).Where(group => group.Length > 1).OrderBy(group => group[0]),
    ];
}
