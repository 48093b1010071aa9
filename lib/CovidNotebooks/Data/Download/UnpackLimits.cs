namespace CovidNotebooks.Data.Download;

/// <summary>What an archive may become at most.</summary>
public sealed record UnpackLimits
{
    /// <summary>Entries, files and folders together. Default 200,000.</summary>
    public int MaximumEntries { get; init; } = 200_000;

    /// <summary>Bytes of all files together. Default 32 GiB.</summary>
    public long MaximumBytes { get; init; } = 32L << 30;

    /// <summary>Unpacked bytes for each byte of the archive; images hardly shrink. Default 100.</summary>
    public double MaximumRatio { get; init; } = 100;

    /// <summary>Bytes that may be unpacked before <see cref="MaximumRatio"/> is looked at. Default 1 MiB.</summary>
    public long RatioFreeBytes { get; init; } = 1 << 20;

    /// <summary>Checks every member.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A member is out of its range.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MaximumEntries, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaximumBytes, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaximumRatio, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(RatioFreeBytes, 0);
    }
}
