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
    /// Both AUCs with their variances and covariance; the difference is held against Student's t distribution, which for many groups is the
    /// paper's normal distribution. Its degrees of freedom come by Welch's formula from the effective numbers of groups of the two classes,
    /// (Σ size)² / Σ size² (Carter, Schnepel and Steigerwald 2017): with groups of very different sizes the normal one alarms too often.
    /// </returns>
    /// <exception cref="UndefinedMetricException">A class has fewer than two images or all its images are of one group.</exception>
    public static AucComparison Compare(
        IReadOnlyList<int> labels, IReadOnlyList<double> scoresA, IReadOnlyList<double> scoresB, IReadOnlyList<string?> groups,
            int positiveClass = 1)
    {
        var grouping = Grouping.Of(groups);
        var a = GroupSums.Of(Placements.Of(Name, labels, scoresA, positiveClass), grouping);
        var b = GroupSums.Of(Placements.Of(Name, labels, scoresB, positiveClass), grouping);
        return new AucComparison(a.Auc, b.Auc, a.CovarianceWith(a), b.CovarianceWith(b), a.CovarianceWith(b))
        {
            Method = "Obuchowski 1997",
            DegreesOfFreedom = a.DegreesOfFreedom(b),
        };
    }

    /// <summary>Sums of the placement values of each group, less what they would be at the AUC, by class.</summary>
    private sealed record GroupSums(double Auc, double[] OfPositives, double[] OfNegatives, int Positives, int Negatives,
        int PositiveGroups, int NegativeGroups, double EffectivePositiveGroups, double EffectiveNegativeGroups)
    {
        public static GroupSums Of(Placements placements, Grouping grouping)
        {
            double[] Sums(bool positive) => grouping.Sums(i => placements.IsPositive[i] == positive
                ? placements.OfImages[i] - placements.Auc : 0);
            int Groups(bool positive) => grouping.OfImage.Where((_, i) => placements.IsPositive[i] == positive).Distinct().Count();
            var (positiveGroups, negativeGroups) = (Groups(true), Groups(false));

            // As many groups of one size as these of many sizes are worth: a group with half of a class's images is not one of a hundred.
            double Effective(bool positive)
            {
                var sizes = grouping.Sums(i => placements.IsPositive[i] == positive ? 1 : 0);
                return sizes.Sum() * sizes.Sum() / sizes.Sum(size => size * size);
            }

            return positiveGroups > 1 && negativeGroups > 1
                ? new GroupSums(placements.Auc, Sums(true), Sums(false), placements.Positives, placements.Negatives, positiveGroups,
                    negativeGroups, Effective(true), Effective(false))
                : throw new UndefinedMetricException(Name,
                $"it needs images of either class in at least two groups; found {positiveGroups} with positive and {negativeGroups} with "
                    + "negative images.");
        }

        public double CovarianceWith(GroupSums other) => Positive(other) + Negative(other) + Cross(other);

        public double DegreesOfFreedom(GroupSums other)
        {
            double Part(Func<GroupSums, GroupSums, double> part) => part(this, this) + part(other, other) - (2 * part(this, other));
            return StudentQuantile.Welch([(Part((x, y) => x.Positive(y)), EffectivePositiveGroups),
                (Part((x, y) => x.Negative(y)), EffectiveNegativeGroups)]);
        }

        private double Positive(GroupSums other) => Factor(PositiveGroups) * Product(OfPositives,
            other.OfPositives) / ((double)Positives * Positives);

        private double Negative(GroupSums other) => Factor(NegativeGroups) * Product(OfNegatives,
            other.OfNegatives) / ((double)Negatives * Negatives);

        /// <summary>Groups that have images of both classes.</summary>
        private double Cross(GroupSums other) =>
            Factor(OfPositives.Length) * (Product(OfPositives, other.OfNegatives)
                + Product(OfNegatives, other.OfPositives)) / ((double)Positives * Negatives);

        private static double Factor(int groups) => groups / (groups - 1.0);

        private static double Product(double[] x, double[] y) => x.Zip(y, (one, two) => one * two).Sum();
    }
}
