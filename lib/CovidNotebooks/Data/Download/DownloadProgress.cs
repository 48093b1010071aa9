namespace CovidNotebooks.Data.Download;

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
