using CovidNotebooks.Data;

namespace CovidNotebooks.Download;

/// <summary>Why a download did not succeed: first what another attempt may change, then what none does.</summary>
public enum DownloadFailure
{
    /// <summary>The server is in trouble or too busy (5xx, 408, 429).</summary>
    Server,
    /// <summary>There is no connection to the server.</summary>
    Connection,
    /// <summary>The connection ended before the file did.</summary>
    Cut,
    /// <summary>Nothing came for too long.</summary>
    Stalled,
    /// <summary>The server sent another part of the file than was asked for.</summary>
    WrongRange,
    /// <summary>The file on the server changed between two attempts. The last that is tried again.</summary>
    Changed,
    /// <summary>The dataset has no public archive: a person has to log in somewhere.</summary>
    NeedsLogin,
    /// <summary>The server does not know the file (404, 410).</summary>
    NotFound,
    /// <summary>The server does not give the file (any other answer that trying again does not change).</summary>
    Refused,
    /// <summary>The file has another length than the catalogue says.</summary>
    WrongLength,
    /// <summary>The file has another SHA-256 than the catalogue or the first download says.</summary>
    WrongHash,
    /// <summary>The file is longer than the limit.</summary>
    TooLarge,
    /// <summary>Something else than the file came, for example a web page.</summary>
    WrongContent,
    /// <summary>The address is not encrypted and there is no hash to check against.</summary>
    Insecure,
    /// <summary>The disk could not be written, or another download of the same file is under way.</summary>
    Disk,
}

/// <summary>
/// A download did not succeed. Nothing stands under the final name; what has come is kept for resuming where that is safe.
/// </summary>
/// <param name="failure">Why.</param>
/// <param name="message">The whole story: what failed, what was found, what was expected, what to do.</param>
/// <param name="innerException">What caused it, if another exception did.</param>
public sealed class DownloadException(
    DownloadFailure failure, string message, Exception? innerException = null) : DataException(message, innerException)
{
    /// <summary>Why.</summary>
    public DownloadFailure Failure { get; } = failure;

    /// <summary>How long the server asks to wait, if it does.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
