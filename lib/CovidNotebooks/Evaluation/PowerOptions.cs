namespace CovidNotebooks.Evaluation;

/// <summary>What <see cref="TestSetPower"/> takes for granted where the images do not tell it.</summary>
public sealed record PowerOptions
{
    /// <summary>
    /// The share of right answers that is expected, between 0 and 1; .8 by default. After a test its own accuracy is taken.
    /// </summary>
    public double ExpectedShare { get; init; } = .8;

    /// <summary>How alike the answers about images of one group are, 0 to 1; .3 by default. After a test it is estimated.</summary>
    public double WithinGroupCorrelation { get; init; } = .3;

    /// <summary>The share of images about which two models will differ, 0 to 1; .2 by default. In a comparison it is counted.</summary>
    public double Disagreement { get; init; } = .2;

    /// <summary>Confidence of the interval and 1 minus the level of the test; .95 by default.</summary>
    public double Confidence { get; init; } = .95;

    /// <summary>The power that is asked for; .8 by default.</summary>
    public double Power { get; init; } = .8;

    /// <summary>Half the width of the interval that is asked for; .05 by default.</summary>
    public double HalfWidth { get; init; } = .05;

    /// <exception cref="ArgumentOutOfRangeException">The message names the option.</exception>
    public void Validate()
    {
        Inside(ExpectedShare, nameof(ExpectedShare));
        Inside(Confidence, nameof(Confidence));
        Inside(Power, nameof(Power));
        Inside(HalfWidth, nameof(HalfWidth));
        if (!(WithinGroupCorrelation is >= 0 and <= 1) || !(Disagreement is > 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(WithinGroupCorrelation),
                $"The correlation is {WithinGroupCorrelation} and the disagreement {Disagreement}; "
                    + "both lie between 0 and 1, the disagreement above 0.");
        }
    }

    private static void Inside(double value, string name)
    {
        if (!(value > 0 && value < 1))
        {
            throw new ArgumentOutOfRangeException(name, value, "It must lie between 0 and 1, both excluded.");
        }
    }
}
