namespace CovidNotebooks.Download;

/// <summary>What is being done to a file.</summary>
public enum DownloadStage
{
    /// <summary>It is coming; counted in bytes.</summary>
    Downloading,
    /// <summary>It is being unpacked; counted in bytes of the archive.</summary>
    Unpacking,
    /// <summary>The images are being checked; counted in images.</summary>
    Checking,
}

/// <summary>How far a download is.</summary>
/// <param name="Stage">What is being done.</param>
/// <param name="File">To which file, or the dataset's name while checking.</param>
/// <param name="Done">Bytes or images that are done.</param>
/// <param name="Total">Bytes or images in all, or null when the server does not say.</param>
/// <param name="Note">Something to tell, for example why it is tried again; mostly null.</param>
public sealed record DownloadProgress(DownloadStage Stage, string File, long Done, long? Total, string? Note = null)
{
    /// <summary>The share that is done, 0 to 1, or null when the total is not known.</summary>
    public double? Share => Total is > 0 ? Math.Min(1.0, (double)Done / Total.Value) : null;
}

/// <summary>What to download and what it has to be.</summary>
/// <param name="Url">The address, https; http only with a hash or from this machine itself.</param>
/// <param name="Sha256">The expected SHA-256, or null when it is not known.</param>
/// <param name="Bytes">The expected length, or null when it is not known.</param>
public sealed record DownloadRequest(Uri Url, string? Sha256 = null, long? Bytes = null)
{
    /// <summary>The last part of the address, for messages.</summary>
    public string Name => Uri.UnescapeDataString(Url.Segments[^1]);
}

/// <summary>A whole file that came from the web.</summary>
/// <param name="Url">From where.</param>
/// <param name="Path">Where it is now.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">Its SHA-256, in lower-case hexadecimal digits.</param>
public sealed record DownloadedFile(Uri Url, string Path, long Bytes, string Sha256);
