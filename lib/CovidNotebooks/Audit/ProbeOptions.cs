using CovidNotebooks.Data;
using CovidNotebooks.Data.Imaging;

namespace CovidNotebooks.Audit;

/// <summary>How a shortcut probe is fitted and judged.</summary>
public sealed record ProbeOptions
{
    /// <summary>
    /// The class whose detection the AUC is about, 0 or 1; 1 by default. Use the same as for the model that the probe stands beside.
    /// </summary>
    public int PositiveClass { get; init; } = 1;

    /// <summary>C of the logistic regression, above 0; 1 by default, as in scikit-learn.</summary>
    public double InverseRegularization { get; init; } = 1;

    /// <summary>Seed of the random forest; 0 by default. Logistic regressions draw nothing.</summary>
    public long Seed { get; init; }

    /// <summary>Confidence of every interval, between 0 and 1; .95 by default.</summary>
    public double Confidence { get; init; } = .95;

    /// <summary>
    /// What happens with a file that cannot be read: the probe fails and names it (the default), or leaves it out, and its report names it.
    /// </summary>
    public BadImagePolicy BadImages { get; init; } = BadImagePolicy.Fail;

    /// <summary>What a file may cost at most.</summary>
    public ImageLimits Limits { get; init; } = ImageLimits.Default;

    /// <summary>Throws when an option is outside its range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The message names the option.</exception>
    public void Validate()
    {
        if (PositiveClass is not (0 or 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(PositiveClass), PositiveClass, "The positive class must be 0 or 1: a probe tells two classes apart.");
        }

        if (!(InverseRegularization > 0 && double.IsFinite(InverseRegularization)))
        {
            throw new ArgumentOutOfRangeException(
                nameof(InverseRegularization), InverseRegularization, "C must be a finite number above 0; 1 is usual.");
        }

        if (!(Confidence > 0 && Confidence < 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(Confidence), Confidence, "The confidence must lie between 0 and 1, both excluded; .95 is usual.");
        }

        Limits.Validate();
    }
}
