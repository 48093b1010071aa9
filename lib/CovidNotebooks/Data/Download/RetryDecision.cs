namespace CovidNotebooks.Data.Download;

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
        if (failure is not (DownloadFailure.Server or DownloadFailure.Connection or DownloadFailure.Cut or DownloadFailure.Stalled or DownloadFailure.WrongRange or DownloadFailure.Changed))
        {
            return new(false, TimeSpan.Zero, "trying again would not change it");
        }

        if (failures >= options.Attempts)
        {
            return new(false, TimeSpan.Zero, $"{failures} attempts in a row brought no progress");
        }

        var doubled = options.FirstDelay * Math.Pow(2, Math.Min(failures - 1, 30));
        var wanted = retryAfter is { } asked && asked > doubled ? asked : doubled;
        return new(true, wanted < options.LongestDelay ? wanted : options.LongestDelay, $"attempt {failures + 1} of {options.Attempts}");
    }
}
