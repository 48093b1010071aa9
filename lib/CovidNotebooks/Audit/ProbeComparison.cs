using CovidNotebooks.Display;
using CovidNotebooks.Evaluation;

namespace CovidNotebooks.Audit;

/// <summary>
/// A model beside a probe that sees no anatomy, on the same test images: is it right more often, does it rank better? Both by group where
/// groups are known.
/// </summary>
public sealed class ProbeComparison : Displayed
{
    private readonly double significance;
    private readonly string modelName;

    private ProbeComparison(PairedComparison paired, ProbeReport probe, string modelName, double significance)
    {
        Paired = paired;
        Probe = probe;
        this.modelName = modelName;
        this.significance = significance;
        ModelAccuracy = new Proportion(paired.Errors.BothRight + paired.Errors.OnlyARight, paired.Count);
        Verdict = Decide(paired.Errors, significance);
    }

    /// <summary>The two tests, the model first.</summary>
    public PairedComparison Paired { get; }

    /// <summary>The probe.</summary>
    public ProbeReport Probe { get; }

    /// <summary>The share of the test images that the model classifies rightly.</summary>
    public Proportion ModelAccuracy { get; }

    /// <summary>Whether the model is right more often.</summary>
    public ProbeVerdict Verdict { get; }

    /// <summary>The verdict as a sentence.</summary>
    public string Meaning
    {
        get
        {
            var p = DisplayedNumber.PValue(Paired.Errors.PValue);
            var numbers = $"{modelName} {ModelAccuracy}, {Probe.Name} {Probe.Accuracy}, p {(p.StartsWith('<') ? p : "= " + p)}";
            return Verdict switch
            {
                ProbeVerdict.ModelIsBetter =>
                    $"The model is right more often than a probe that sees {Probe.Sees} ({numbers}). It has learnt something that the "
                        + "probe has not; this need not be disease.",
                ProbeVerdict.ProbeIsBetter =>
                    $"A probe that sees {Probe.Sees} is right more often than the model ({numbers}). The model has not shown that it "
                        + "has learnt anything about disease.",
                _ =>
                    $"The model is not shown to be right more often than a probe that sees {Probe.Sees} ({numbers}). Its accuracy is "
                        + "no evidence that it has learnt anything about disease.",
            };
        }
    }

    /// <summary>Compares, paired by image.</summary>
    /// <param name="model">The model's answers on the probe's test images.</param>
    /// <param name="probe">The probe.</param>
    /// <param name="modelName">What the model is called in the table.</param>
    /// <param name="significance">A p-value below this counts as a difference; .05 by default.</param>
    /// <exception cref="ArgumentException">
    /// The two answered about different images, or with another positive class; the message says what differs.
    /// </exception>
    public static ProbeComparison Of(Predictions model, ProbeReport probe, string modelName = "model", double significance = .05)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(probe);
        if (!(significance > 0 && significance < 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(significance), significance, "The significance must lie between 0 and 1, both excluded; .05 is usual.");
        }

        return new ProbeComparison(
            PairedComparison.Of(modelName, model, $"probe ({probe.Name})", probe.Predictions), probe, modelName, significance);
    }

    /// <summary>The verdict on counts: a pure function.</summary>
    /// <param name="errors">The model first, the probe second.</param>
    /// <param name="significance">A p-value below this counts as a difference.</param>
    public static ProbeVerdict Decide(PairedErrors errors, double significance)
    {
        ArgumentNullException.ThrowIfNull(errors);
        return errors.PValue >= significance ? ProbeVerdict.NoDifferenceShown
            : errors.OnlyARight > errors.OnlyBRight ? ProbeVerdict.ModelIsBetter
            : ProbeVerdict.ProbeIsBetter;
    }

    /// <inheritdoc/>
    public override DisplayDocument Describe() =>
        Notes().Aggregate(new DisplayDocument(Paired.AsTable()), (document, note) => document.Say(note, ParagraphKind.Note));

    private IEnumerable<string> Notes()
    {
        yield return Meaning;
        if (Paired.Ranking is { } ranking && ranking.PValue < significance)
        {
            yield return $"By AUC the {(ranking.Difference > 0 ? "model" : "probe")} ranks better ({ranking.Method}).";
        }
    }
}
