namespace CovidNotebooks.Data.Download;

/// <summary>A download did not succeed. Nothing stands under the final name; what has come is kept for resuming where that is safe.</summary>
/// <param name="failure">Why.</param>
/// <param name="message">The whole story: what failed, what was found, what was expected, what to do.</param>
/// <param name="innerException">What caused it, if another exception did.</param>
public sealed class DownloadException(DownloadFailure failure, string message, Exception? innerException = null) : DataException(message, innerException)
{
    /// <summary>Why.</summary>
    public DownloadFailure Failure { get; } = failure;

    /// <summary>How long the server asks to wait, if it does.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
