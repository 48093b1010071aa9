namespace CovidNotebooks.Data.Download;

/// <summary>What to download and what it has to be.</summary>
/// <param name="Url">The address, https; http only with a hash or from this machine itself.</param>
/// <param name="Sha256">The expected SHA-256, or null when it is not known.</param>
/// <param name="Bytes">The expected length, or null when it is not known.</param>
public sealed record DownloadRequest(Uri Url, string? Sha256 = null, long? Bytes = null)
{
    /// <summary>The last part of the address, for messages.</summary>
    public string Name => Uri.UnescapeDataString(Url.Segments[^1]);
}
