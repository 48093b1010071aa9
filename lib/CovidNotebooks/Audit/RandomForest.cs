using CovidNotebooks.Data;

namespace CovidNotebooks.Audit;

/// <summary>
/// A random forest for two classes (Breiman 2001) with the defaults of scikit-learn's <c>RandomForestClassifier</c>: each tree is grown
/// until its leaves are pure on a bootstrap sample of the rows, by Gini impurity, √features tried at each split; the forest answers the
/// mean of the leaves' shares.
/// </summary>
/// <remarks>
/// The random draws are not scikit-learn's, so single trees differ and forests agree as two seeds of scikit-learn do. The same seed gives
/// the same bits.
/// </remarks>
public sealed class RandomForest
{
    private const long Purpose = 0x666F72657374;
    private readonly DecisionTree[] trees;
    private readonly int features;

    private RandomForest(DecisionTree[] trees, int features)
    {
        this.trees = trees;
        this.features = features;
    }

    /// <summary>Number of trees.</summary>
    public int Count => trees.Length;

    /// <summary>Grows a forest.</summary>
    /// <param name="rows">One row of finite features an example, all of one length.</param>
    /// <param name="labels">0 or 1, in the order of the rows; both must occur.</param>
    /// <param name="seed">Of the bootstrap samples and the features tried.</param>
    /// <param name="trees">Number of trees, at least 1; 300 by default.</param>
    /// <exception cref="ArgumentException">
    /// Rows and labels do not fit together, a feature is not finite, or only one class occurs.
    /// </exception>
    public static RandomForest Fit(IReadOnlyList<double[]> rows, IReadOnlyList<int> labels, long seed, int trees = 300)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentOutOfRangeException.ThrowIfLessThan(trees, 1);
        FeatureRows.Check(rows);
        FeatureRows.CheckLabels(rows, labels);
        var forest = new DecisionTree[trees];
        Parallel.For(0, trees, tree =>
        {
            var random = new RandomStream(seed, Purpose, tree);
            var sample = new int[rows.Count];
            for (var i = 0; i < sample.Length; i++)
            {
                sample[i] = random.NextInt(rows.Count);
            }

            forest[tree] = DecisionTree.Grow(rows, labels, sample, random);
        });
        return new RandomForest(forest, rows[0].Length);
    }

    /// <summary>The probability of class 1.</summary>
    /// <param name="row">As many features as the fitted rows had.</param>
    /// <exception cref="ArgumentException">There are more or fewer.</exception>
    public double Probability(ReadOnlySpan<double> row)
    {
        if (row.Length != features)
        {
            throw new ArgumentException($"The row has {row.Length} features, the forest was grown with {features}.", nameof(row));
        }

        var sum = 0.0;
        foreach (var tree in trees)
        {
            sum += tree.Share(row);
        }

        return sum / trees.Length;
    }
}
