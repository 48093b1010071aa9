namespace CovidNotebooks.Data.Download;

/// <summary>Why a download did not succeed.</summary>
public enum DownloadFailure
{
    /// <summary>The dataset has no public archive: a person has to log in somewhere.</summary>
    NeedsLogin,

    /// <summary>The server does not know the file (404, 410).</summary>
    NotFound,

    /// <summary>The server does not give the file (any other answer that trying again does not change).</summary>
    Refused,

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

    /// <summary>The file on the server changed between two attempts.</summary>
    Changed,

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
