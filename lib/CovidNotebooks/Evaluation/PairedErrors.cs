using CovidNotebooks.Display;

namespace CovidNotebooks.Evaluation;

/// <summary>
/// Whether two models err differently on the same images. Where groups have several images the errors are summed by group and groups are
/// taken for independent:
/// Obuchowski's test for clustered pairs (Statistics in Medicine 17 (1998) 1495-1507), or, where few groups decide, the exact permutation
/// of whole groups.
/// </summary>
public sealed record PairedErrors
{
    /// <summary>Below so many groups on which the models differ the permutation is asked, not the asymptotic test.</summary>
    public const int FewGroups = 30;

    private PairedErrors(McNemar images, int groups, int decidingGroups, double difference, Interval? interval, double? chiSquare,
        double pValue, string method)
    {
        Images = images;
        Groups = groups;
        DecidingGroups = decidingGroups;
        Difference = difference;
        Interval = interval;
        ChiSquare = chiSquare;
        PValue = pValue;
        Method = method;
    }

    /// <summary>The counts of images.</summary>
    public McNemar Images { get; }

    /// <summary>Images that both classified rightly.</summary>
    public int BothRight => Images.BothRight;

    /// <summary>Right by the first model only.</summary>
    public int OnlyARight => Images.OnlyARight;

    /// <summary>Right by the second only.</summary>
    public int OnlyBRight => Images.OnlyBRight;

    /// <summary>Right by neither.</summary>
    public int BothWrong => Images.BothWrong;

    /// <summary>Groups of images; images without one count as one each.</summary>
    public int Groups { get; }

    /// <summary>Groups in which one model is right more often than the other.</summary>
    public int DecidingGroups { get; }

    /// <summary>Accuracy of the first model minus that of the second.</summary>
    public double Difference { get; }

    /// <summary>
    /// The 95 % interval of <see cref="Difference"/> by Student's t on the sums of the groups; null where there is one group or the models
    /// never differ.
    /// </summary>
    public Interval? Interval { get; }

    /// <summary>
    /// Obuchowski's χ² on one degree of freedom, (K - 1) / K (Σd)² / Σd² with d the difference of right answers in a group; null where
    /// every image stands alone or no group decides.
    /// </summary>
    public double? ChiSquare { get; }

    /// <summary>Two-sided, of the test that <see cref="Method"/> names.</summary>
    public double PValue { get; }

    /// <summary>The test: <c>McNemar, exact</c>, <c>Obuchowski 1998</c>, or <c>exact permutation of groups</c>.</summary>
    public string Method { get; }

    /// <summary>Compares two models' answers.</summary>
    /// <param name="labels">True classes.</param>
    /// <param name="predictedA">By the first model.</param>
    /// <param name="predictedB">By the second, in the same order.</param>
    /// <param name="groups">The group of each image; null for one that stands alone.</param>
    /// <exception cref="ArgumentException">The lists differ in length.</exception>
    public static PairedErrors Of(IReadOnlyList<int> labels, IReadOnlyList<int> predictedA, IReadOnlyList<int> predictedB,
        IReadOnlyList<string?> groups)
    {
        var images = McNemar.Of(labels, predictedA, predictedB);
        if (groups.Count != labels.Count)
        {
            throw new ArgumentException($"There are {labels.Count} labels and {groups.Count} groups. "
                + "Give one an image, null where none is known.", nameof(groups));
        }

        var grouping = Grouping.Of(groups);
        var sums = grouping.Sums(i => (predictedA[i] == labels[i] ? 1 : 0) - (predictedB[i] == labels[i] ? 1 : 0));
        int[] differences = [.. sums.Where(sum => sum != 0).Select(sum => (int)sum)];
        var difference = labels.Count == 0 ? 0 : sums.Sum() / labels.Count;
        var chiSquare = grouping.HasSeveral && differences.Length > 0 ? ChiSquareOf(sums) : (double?)null;
        var (p, method) = !grouping.HasSeveral ? (images.PValue, "McNemar, exact")
            : differences.Length < FewGroups ? (PermutationOf(differences), "exact permutation of groups")
            : (2 * MathNet.Numerics.Distributions.Normal.CDF(0, 1, -Math.Sqrt(chiSquare!.Value)), "Obuchowski 1998");
        return new PairedErrors(images, grouping.Count, differences.Length, difference, IntervalOf(sums, grouping, difference), chiSquare,
            p, method);
    }

    /// <summary>Obuchowski's χ² from the difference of right answers in every group, those without a difference included.</summary>
    /// <param name="differences">At least one is not 0.</param>
    public static double ChiSquareOf(IReadOnlyList<double> differences)
    {
        ArgumentNullException.ThrowIfNull(differences);
        double sum = differences.Sum(), squares = differences.Sum(d => d * d);
        return (differences.Count - 1.0) / differences.Count * sum * sum / squares;
    }

    /// <summary>
    /// The share of all ways to swap the two models within whole groups whose sum is at least as far from 0: exact, by adding up the groups
    /// one by one.
    /// </summary>
    /// <param name="differences">Of right answers in each group.</param>
    public static double PermutationOf(IReadOnlyList<int> differences)
    {
        ArgumentNullException.ThrowIfNull(differences);
        var observed = Math.Abs(differences.Sum());
        var most = differences.Sum(Math.Abs);
        double[] probabilities = new double[(2 * most) + 1];
        probabilities[most] = 1;
        foreach (var size in differences.Select(Math.Abs).Where(size => size > 0))
        {
            var next = new double[probabilities.Length];
            for (var i = 0; i < next.Length; i++)
            {
                next[i] = ((i >= size ? probabilities[i - size] : 0) + (i + size < next.Length ? probabilities[i + size] : 0)) / 2;
            }

            probabilities = next;
        }

        return Math.Min(1, probabilities.Where((_, i) => Math.Abs(i - most) >= observed).Sum());
    }

    /// <summary>For example <c>right by A only: 3; by B only: 14; both: 33; neither: 0</c>.</summary>
    public string CountsText(string nameA, string nameB) =>
        $"right by {nameA} only: {OnlyARight}; by {nameB} only: {OnlyBRight}; both: {BothRight}; neither: {BothWrong}";

    /// <summary>The test with the groups that it stands on: <c>Obuchowski 1998, 86 groups</c>.</summary>
    public string MethodText => Images.BothRight + OnlyARight + OnlyBRight + BothWrong == Groups
        ? Method
        : $"{Method}, {DisplayedNumber.Counted(Groups, "group", "groups")}{(Groups < FewGroups ? ": few" : "")}";

    private static Interval? IntervalOf(double[] sums, Grouping grouping, double difference)
    {
        var groups = grouping.Count;
        var squares = sums.Zip(grouping.Sizes, (sum, size) => sum - (size * difference)).Sum(residual => residual * residual);
        if (groups < 2 || squares == 0)
        {
            return null;
        }

        var half = StudentQuantile.Of(.95, groups - 1) * Math.Sqrt(groups / (groups - 1.0) * squares) / grouping.OfImage.Length;
        return new Interval(Math.Max(-1, difference - half), Math.Min(1, difference + half));
    }
}
