namespace CovidNotebooks.Evaluation;

/// <summary>How an <see cref="EvaluationReport"/> makes its intervals, and a <see cref="PairedComparison"/> its bootstrap.</summary>
public sealed record EvaluationOptions
{
    /// <summary>Confidence of every interval, between 0 and 1; .95 by default.</summary>
    public double Confidence { get; init; } = .95;

    /// <summary>
    /// Resamples of the bootstrap by group that stands beside a paired comparison, at least 100; 2,000 by default. The intervals of a
    /// report need none.
    /// </summary>
    public int Resamples { get; init; } = ClusterBootstrap.DefaultResamples;

    /// <summary>Seed of that bootstrap, and of the labels that are redrawn beside a calibration error; 0 by default.</summary>
    public long Seed { get; init; }

    /// <summary>Throws when an option is outside its range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The message names the option.</exception>
    public void Validate()
    {
        if (!(Confidence > 0 && Confidence < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(Confidence), Confidence,
                "The confidence must lie between 0 and 1, both excluded; .95 is usual.");
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(Resamples, 100);
    }
}
