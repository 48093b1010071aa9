using System.Security.Cryptography;

namespace CovidNotebooks.Runs;

/// <summary>A file that belongs to a run, as it was when it was written.</summary>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">Its checksum, in lower-case hexadecimal.</param>
public sealed record RunFile(long Bytes, string Sha256)
{
    /// <summary>Measures the file at <paramref name="path"/>.</summary>
    public static RunFile Of(string path)
    {
        using var stream = File.OpenRead(path);
        return new RunFile(stream.Length, Convert.ToHexStringLower(SHA256.HashData(stream)));
    }
}
