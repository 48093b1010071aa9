namespace CovidNotebooks.Data;

/// <summary>
/// scikit-learn's <c>train_test_split(…, stratify=labels, random_state=seed)</c>, index for index: the split of document 1.
/// </summary>
/// <remarks>It tears patients apart; use <see cref="Splitter.Grouped"/> wherever nothing is being reproduced.</remarks>
public static class ScikitLearnSplit
{
    /// <summary>The indices of the training and of the test images, in scikit-learn's order.</summary>
    /// <param name="labels">Class numbers, from 0.</param>
    /// <param name="testFraction">The share of test images; their number is rounded up.</param>
    /// <param name="seed">scikit-learn's <c>random_state</c>.</param>
    /// <param name="oneHotRows">
    /// True when the labels are given to scikit-learn as one-hot rows, as document 1 does: it sorts rows as text, so the classes are taken
    /// in reversed order and the same seed gives other images. Default false.
    /// </param>
    /// <exception cref="ArgumentException">
    /// A class has fewer than two images, or a part has fewer images than there are classes.
    /// </exception>
    public static (IReadOnlyList<int> Train, IReadOnlyList<int> Test) Stratified(
        IReadOnlyList<int> labels, double testFraction, uint seed, bool oneHotRows = false)
    {
        ArgumentNullException.ThrowIfNull(labels);
        if (!(testFraction > 0 && testFraction < 1))
        {
            throw new ArgumentException(
                $"The test fraction is {testFraction}; expected a number strictly between 0 and 1, for example 0.2.", nameof(testFraction));
        }

        var members = Enumerable.Range(0, labels.Count).GroupBy(index => labels[index])
            .OrderBy(group => oneHotRows ? -group.Key : group.Key).Select(group => group.ToArray()).ToArray();
        var testCount = (int)Math.Ceiling(testFraction * labels.Count);
        var trainCount = labels.Count - testCount;
        if (members.Any(member => member.Length < 2) || trainCount < members.Length || testCount < members.Length)
        {
            throw new ArgumentException(
                "A stratified split needs at least two images of each class and, in each part, as many images as classes; found "
                    + $"classes of {string.Join(", ", members.Select(member => member.Length))} images, {trainCount} for training, "
                    + $"{testCount} for test.",
                nameof(labels));
        }

        var random = new LegacyNumpyRandom(seed);
        var trainCounts = ApproximateMode([.. members.Select(member => member.Length)], trainCount, random);
        var testCounts = ApproximateMode([.. members.Select((member, i) => member.Length - trainCounts[i])], testCount, random);
        var train = new List<int>();
        var test = new List<int>();
        for (var i = 0; i < members.Length; i++)
        {
            var shuffled = random.Permutation(members[i].Length).Select(position => members[i][position]).ToArray();
            train.AddRange(shuffled[..trainCounts[i]]);
            test.AddRange(shuffled[trainCounts[i]..(trainCounts[i] + testCounts[i])]);
        }

        return (random.Permutation(train), random.Permutation(test));
    }

    /// <summary>The split of a dataset, as parts train and test.</summary>
    /// <inheritdoc cref="Stratified(IReadOnlyList{int}, double, uint, bool)"/>
    public static DatasetSplit Stratified(ImageDataset dataset, double testFraction, uint seed, bool oneHotRows = false)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        var (train, test) = Stratified(dataset.Labels, testFraction, seed, oneHotRows);
        return new DatasetSplit(
            $"{dataset.Name}: scikit-learn's stratified split, random_state {seed}",
            [("train", dataset.Subset(train, $"{dataset.Name} train")), ("test", dataset.Subset(test, $"{dataset.Name} test"))])
        {
            Rule = new StratifiedTestSplit(testFraction, seed, oneHotRows),
        };
    }

    /// <summary>
    /// The most likely numbers of each class in a sample: shares rounded down, the rest to the largest remainders, ties by lot.
    /// </summary>
    private static int[] ApproximateMode(int[] counts, int draws, LegacyNumpyRandom random)
    {
        var total = counts.Sum();
        var exact = counts.Select(count => (double)count / total * draws).ToArray();
        var whole = exact.Select(value => (int)Math.Floor(value)).ToArray();
        var missing = draws - whole.Sum();
        foreach (var ties in Enumerable.Range(0, counts.Length).GroupBy(i => exact[i] - whole[i]).OrderByDescending(group => group.Key))
        {
            if (missing == 0)
            {
                break;
            }

            var candidates = ties.ToArray();
            foreach (var position in random.Permutation(candidates.Length).Take(missing).ToArray())
            {
                whole[candidates[position]]++;
                missing--;
            }
        }

        return whole;
    }
}
