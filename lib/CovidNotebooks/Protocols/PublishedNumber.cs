namespace CovidNotebooks.Protocols;

/// <summary>A number that a document prints as a result.</summary>
/// <param name="Name">What the document calls it.</param>
/// <param name="Value">As printed, a percentage by 100.</param>
/// <param name="Decimals">Decimals that were printed.</param>
/// <param name="Source">Where it stands.</param>
/// <param name="Metric">
/// The metric (<see cref="Evaluation.MetricNames"/>) that it truly is, whatever it is called; null where it is none that can be compared.
/// </param>
/// <param name="Doubt">What is wrong with it, or null.</param>
public sealed record PublishedNumber(string Name, double Value, int Decimals, Quotation Source, string? Metric = null, string? Doubt = null)
{
    /// <summary>Whether a value would have been printed so, rounded or cut after the last decimal.</summary>
    /// <param name="value">What a matrix or a run gives.</param>
    /// <param name="cut">True: cut only; false: rounded only; null: either.</param>
    public bool Agrees(double value, bool? cut = null)
    {
        var (scale, printed) = (Math.Pow(10, Decimals), Math.Round(Value * Math.Pow(10, Decimals)));

        // The smallest slack keeps .7 from being .6999…
        return (cut != true && Math.Abs((value * scale) - printed) <= .5 + 1e-9)
            || (cut != false && Math.Floor((value * scale) + 1e-9) == printed);
    }
}
