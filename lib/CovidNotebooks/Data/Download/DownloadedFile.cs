namespace CovidNotebooks.Data.Download;

/// <summary>A whole file that came from the web.</summary>
/// <param name="Url">From where.</param>
/// <param name="Path">Where it is now.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">Its SHA-256, in lower-case hexadecimal digits.</param>
public sealed record DownloadedFile(Uri Url, string Path, long Bytes, string Sha256);
