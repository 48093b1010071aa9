namespace CovidNotebooks.Download;

/// <summary>How patient a download is.</summary>
public sealed record DownloadOptions
{
    /// <summary>Attempts in a row that bring no progress before giving up. Default 5; at least 1.</summary>
    public int Attempts { get; init; } = 5;

    /// <summary>
    /// An attempt that brought at least this many bytes is progress: the count of attempts starts again. Default 1 MiB; at least 1.
    /// </summary>
    public long ProgressBytes { get; init; } = 1 << 20;

    /// <summary>The wait after the first failed attempt; it doubles with each further one. Default 1 s.</summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait between attempts, also when the server asks for a longer one. Default 1 min.</summary>
    public TimeSpan LongestDelay { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>An attempt ends when nothing came for so long. Default 1 min.</summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The longest file that is taken, in bytes. Default 16 GiB.</summary>
    public long MaximumBytes { get; init; } = 16L << 30;

    /// <summary>Checks every member.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A member is out of its range.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Attempts, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(ProgressBytes, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaximumBytes, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(FirstDelay, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(LongestDelay, FirstDelay);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(StallTimeout, TimeSpan.Zero);
    }
}

/// <summary>Whether a failed download is tried again.</summary>
/// <param name="Retry">True to try again.</param>
/// <param name="Delay">How long to wait before.</param>
/// <param name="Reason">Why, in words.</param>
public sealed record RetryDecision(bool Retry, TimeSpan Delay, string Reason)
{
    /// <summary>Decides after a failure.</summary>
    /// <param name="failures">Failures in a row without progress, this one included; 1 or more.</param>
    /// <param name="failure">What happened.</param>
    /// <param name="retryAfter">The wait that the server asked for, if it did.</param>
    /// <param name="options">How patient to be.</param>
    public static RetryDecision After(int failures, DownloadFailure failure, TimeSpan? retryAfter, DownloadOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(failures, 1);
        ArgumentNullException.ThrowIfNull(options);
        if (failure > DownloadFailure.Changed || failures >= options.Attempts)
        {
            return new(
                false,
                TimeSpan.Zero,
                failure > DownloadFailure.Changed ? "trying again would not change it"
                : $"{failures} attempts in a row brought no progress");
        }

        var doubled = options.FirstDelay * Math.Pow(2, Math.Min(failures - 1, 30));
        var wanted = retryAfter is { } asked && asked > doubled ? asked : doubled;
        return new(true, wanted < options.LongestDelay ? wanted : options.LongestDelay, $"attempt {failures + 1} of {options.Attempts}");
    }
}
