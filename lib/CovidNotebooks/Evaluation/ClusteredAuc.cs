namespace CovidNotebooks.Evaluation;

/// <summary>
/// The variance of AUCs where images come in groups: placement values are summed within each group, and groups, not images, are taken for
/// independent (Obuchowski,
/// Biometrics 53 (1997) 567-578). Where every group has one image it is DeLong's.
/// </summary>
public static class ClusteredAuc
{
    private const string Name = "Obuchowski's variance";

    /// <summary>An AUC with its variance.</summary>
    /// <param name="labels">True classes.</param>
    /// <param name="scores">Scores of the positive class, in the same order; finite.</param>
    /// <param name="groups">The group of each image; null for one that stands alone.</param>
    /// <param name="positiveClass">1 by default; every other class is negative.</param>
    /// <exception cref="UndefinedMetricException">A class has fewer than two images or all its images are of one group.</exception>
    public static DeLongResult Of(IReadOnlyList<int> labels, IReadOnlyList<double> scores, IReadOnlyList<string?> groups,
        int positiveClass = 1)
    {
        var sums = GroupSums.Of(Placements.Of(Name, labels, scores, positiveClass), Grouping.Of(groups));
        return new DeLongResult(sums.Auc, sums.CovarianceWith(sums));
    }

    /// <summary>Compares two models on the same images.</summary>
    /// <param name="labels">True classes.</param>
    /// <param name="scoresA">Scores of the first model.</param>
    /// <param name="scoresB">Scores of the second, in the same order.</param>
    /// <param name="groups">The group of each image; null for one that stands alone.</param>
    /// <param name="positiveClass">1 by default.</param>
    /// <returns>
    /// Both AUCs with their variances and covariance as in the paper, and what few groups or groups of very different sizes ask for
    /// besides, without which the test alarms too often: <see cref="AucComparison.VarianceCorrection"/> by Bell and McCaffrey (2002), the
    /// sum of a group divided by √(1 - its share of the class), and Student's t distribution, whose degrees of freedom come by Welch's
    /// formula from the effective numbers of groups of the two classes, (Σ size)² / Σ size² (Carter, Schnepel and Steigerwald 2017). For
    /// many groups it is the paper's test.
    /// </returns>
    /// <exception cref="UndefinedMetricException">A class has fewer than two images or all its images are of one group.</exception>
    public static AucComparison Compare(
        IReadOnlyList<int> labels, IReadOnlyList<double> scoresA, IReadOnlyList<double> scoresB, IReadOnlyList<string?> groups,
            int positiveClass = 1)
    {
        var grouping = Grouping.Of(groups);
        var a = GroupSums.Of(Placements.Of(Name, labels, scoresA, positiveClass), grouping);
        var b = GroupSums.Of(Placements.Of(Name, labels, scoresB, positiveClass), grouping);
        var (paper, unbiased) = (a.Against(b), a.Unbiased().Against(b.Unbiased()));
        return paper with
        {
            Method = "Obuchowski 1997",
            VarianceCorrection = paper.VarianceOfDifference > 0 ? unbiased.VarianceOfDifference / paper.VarianceOfDifference : 1,
            DegreesOfFreedom = a.Unbiased().DegreesOfFreedom(b.Unbiased()),
        };
    }

    /// <summary>Sums of the placement values of each group, less what they would be at the AUC, by class.</summary>
    private sealed record GroupSums(double Auc, ClassSums Positive, ClassSums Negative, double CrossFactor)
    {
        /// <summary>With the paper's factors, k / (k - 1).</summary>
        public static GroupSums Of(Placements placements, Grouping grouping)
        {
            ClassSums Of(bool positive) => ClassSums.Of(
                grouping.Sums(i => placements.IsPositive[i] == positive ? placements.OfImages[i] - placements.Auc : 0),
                grouping.Sums(i => placements.IsPositive[i] == positive ? 1 : 0));
            var (positive, negative) = (Of(true), Of(false));
            return positive.Groups > 1 && negative.Groups > 1
                ? new GroupSums(placements.Auc, positive, negative, Factor(grouping.Count))
                : throw new UndefinedMetricException(Name,
                $"it needs images of either class in at least two groups; found {positive.Groups} with positive and {negative.Groups} with "
                    + "negative images.");
        }

        /// <summary>With Bell's and McCaffrey's correction of each group instead of the paper's factors.</summary>
        public GroupSums Unbiased() => new(Auc, Positive.Unbiased(), Negative.Unbiased(), 1);

        public AucComparison Against(GroupSums other) =>
            new(Auc, other.Auc, CovarianceWith(this), other.CovarianceWith(other), CovarianceWith(other));

        /// <summary>The last term: groups that have images of both classes.</summary>
        public double CovarianceWith(GroupSums other) => Positive.CovarianceWith(other.Positive) + Negative.CovarianceWith(other.Negative)
            + (CrossFactor * (ClassSums.Product(Positive, other.Negative) + ClassSums.Product(Negative, other.Positive)));

        public double DegreesOfFreedom(GroupSums other) => StudentQuantile.Welch([
            (Positive.VarianceOfDifference(other.Positive), Positive.EffectiveGroups),
            (Negative.VarianceOfDifference(other.Negative), Negative.EffectiveGroups)]);
    }

    /// <summary>One class: the sum of each group by the images of the class, and the share of these images that the group has.</summary>
    private sealed record ClassSums(double[] OfGroups, double[] Shares, double OwnFactor)
    {
        public int Groups => Shares.Count(share => share > 0);

        /// <summary>
        /// As many groups of one size as these of many sizes are worth: a group with half of a class's images is not one of a hundred.
        /// </summary>
        public double EffectiveGroups => 1 / Shares.Sum(share => share * share);

        public static ClassSums Of(double[] sums, double[] sizes)
        {
            var images = sizes.Sum();
            return new ClassSums([.. sums.Select(sum => sum / images)], [.. sizes.Select(size => size / images)],
                Factor(sizes.Count(size => size > 0)));
        }

        public static double Product(ClassSums x, ClassSums y) => x.OfGroups.Zip(y.OfGroups, (one, two) => one * two).Sum();

        public ClassSums Unbiased() =>
            this with { OfGroups = [.. OfGroups.Zip(Shares, (sum, share) => sum / Math.Sqrt(1 - share))], OwnFactor = 1 };

        public double CovarianceWith(ClassSums other) => OwnFactor * Product(this, other);

        public double VarianceOfDifference(ClassSums other) =>
            CovarianceWith(this) + other.CovarianceWith(other) - (2 * CovarianceWith(other));
    }

    private static double Factor(int groups) => groups / (groups - 1.0);
}
