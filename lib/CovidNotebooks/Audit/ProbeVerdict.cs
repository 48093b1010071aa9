namespace CovidNotebooks.Audit;

/// <summary>A model's accuracy beside a probe's, on the same images.</summary>
public enum ProbeVerdict
{
    /// <summary>The model is right more often, and the paired test says that this is hardly chance.</summary>
    ModelIsBetter,

    /// <summary>The test images do not show that either is right more often.</summary>
    NoDifferenceShown,

    /// <summary>The probe is right more often, and the paired test says that this is hardly chance.</summary>
    ProbeIsBetter,
}
