using CovidNotebooks.Display;

namespace CovidNotebooks.Evaluation;

/// <summary>So many of so many: the form of accuracy, sensitivity, specificity and the predictive values.</summary>
/// <param name="Successes">Between 0 and <paramref name="Count"/>.</param>
/// <param name="Count">The number of trials.</param>
public readonly record struct Proportion(int Successes, int Count) : INumberedCell
{
    /// <summary>
    /// Whether there was any trial. Without one, <see cref="Value"/> is 0, as scikit-learn's reports have it, and says nothing.
    /// </summary>
    public bool IsDefined => Count > 0;

    /// <summary>Successes by trials; 0 where there was no trial (scikit-learn's rule for reports; ask <see cref="IsDefined"/>).</summary>
    public double Value => Count == 0 ? 0 : (double)Successes / Count;

    /// <summary>Wilson's interval; null where there was no trial.</summary>
    /// <param name="confidence">Between 0 and 1, both excluded.</param>
    public Interval? WilsonInterval(double confidence = .95) => Count == 0 ? null : Wilson.Interval(Successes, Count, confidence);

    /// <summary>For example <c>0.809 (505/624)</c>.</summary>
    public override string ToString() => IsDefined
        ? $"{DisplayedNumber.Fixed(Value)} ({DisplayedNumber.ValueText(Successes)}/{DisplayedNumber.ValueText(Count)})"
        : DisplayedNumber.None;
}
