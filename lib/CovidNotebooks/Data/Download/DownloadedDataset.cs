namespace CovidNotebooks.Data.Download;

/// <summary>A dataset that is in its place, whole and checked.</summary>
/// <param name="Root">Its folder.</param>
/// <param name="Check">What the check found.</param>
/// <param name="Files">What was downloaded for it; none when it was there already or came from a file on this machine.</param>
public sealed record DownloadedDataset(string Root, DatasetCheck Check, IReadOnlyList<DownloadedFile> Files);
