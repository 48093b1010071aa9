using CovidNotebooks.Data;

namespace CovidNotebooks.Audit;

/// <summary>What a <see cref="DataAudit"/> looks for.</summary>
public sealed record DataAuditOptions
{
    /// <summary>
    /// Decode every picture, compare thumbnails of all pairs, and lay images of one group that are in two parts over each other. Default
    /// true; it takes about as long as reading every picture once, and some milliseconds for each such pair. False leaves pictures that
    /// look alike unsearched, and the audit says so.
    /// </summary>
    public bool SearchNearDuplicates { get; init; } = true;

    /// <summary>
    /// How the shortcut probes are fitted. Default: positive class 1, and files that cannot be read are left out (the data card names
    /// them).
    /// </summary>
    public ProbeOptions Probes { get; init; } = new() { BadImages = BadImagePolicy.Skip };

    /// <summary>Throws when an option is outside its range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The message names the option.</exception>
    public void Validate()
    {
        ArgumentNullException.ThrowIfNull(Probes);
        Probes.Validate();
    }
}
