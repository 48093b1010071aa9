namespace CovidNotebooks.Data.Download;

/// <summary>Counts what an archive becomes while it becomes it, and ends what grows too large.</summary>
/// <param name="archive">The archive's name, for messages.</param>
/// <param name="archiveBytes">Its length.</param>
/// <param name="limits">What it may become.</param>
internal sealed class UnpackBudget(string archive, long archiveBytes, UnpackLimits limits)
{
    private int entries;

    /// <summary>Bytes unpacked so far.</summary>
    public long Bytes { get; private set; }

    public void AddEntry()
    {
        if (++entries > limits.MaximumEntries)
        {
            throw new ArchiveException($"{archive} holds more than {limits.MaximumEntries:N0} entries. No image set of the catalogue does: it was not unpacked. Look at it by hand; UnpackLimits.MaximumEntries sets the limit.");
        }
    }

    public void AddBytes(long count)
    {
        Bytes += count;
        if (Bytes > limits.MaximumBytes)
        {
            throw new ArchiveException($"{archive} becomes more than {limits.MaximumBytes:N0} bytes. Unpacking was ended and nothing kept. UnpackLimits.MaximumBytes sets the limit.");
        }

        if (Bytes > limits.RatioFreeBytes && Bytes > archiveBytes * limits.MaximumRatio)
        {
            throw new ArchiveException(FormattableString.Invariant($"{archive} ({archiveBytes:N0} bytes) becomes more than {limits.MaximumRatio:0.#} times as large, as an archive made to fill disks does. Unpacking was ended and nothing kept. UnpackLimits.MaximumRatio sets the limit."));
        }
    }
}
