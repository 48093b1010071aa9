namespace CovidNotebooks.Data;

/// <summary>What to do about classes of different sizes.</summary>
public static class ClassBalance
{
    /// <summary>Weights that give every class the same total: n / (classes × count), the rule "balanced" of scikit-learn.</summary>
    /// <param name="dataset">The training images.</param>
    /// <returns>One weight a class; their mean over the images is 1.</returns>
    /// <exception cref="DataException">A class has no images.</exception>
    public static IReadOnlyList<double> Weights(ImageDataset dataset)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        var empty = Enumerable.Range(0, dataset.ClassNames.Count).Where(label => dataset.CountsByClass[label] == 0).ToArray();
        if (empty.Length > 0)
        {
            throw new DataException(
                $"{dataset.Name} has no images of {string.Join(", ", empty.Select(label => dataset.ClassNames[label]))}, so no weight "
                    + "can balance it. Check the split.");
        }

        return [.. dataset.CountsByClass.Select(count => dataset.Count / ((double)dataset.ClassNames.Count * count))];
    }

    /// <summary>
    /// A dataset in which every class is as large as the largest: images of smaller classes are repeated, whole rounds first, the rest at
    /// random.
    /// </summary>
    /// <param name="dataset">The training images; never use this on images that results are computed on.</param>
    /// <param name="seed">Decides which images are repeated once more.</param>
    /// <exception cref="DataException">A class has no images.</exception>
    public static ImageDataset Oversampled(ImageDataset dataset, long seed)
    {
        _ = Weights(dataset);
        var largest = dataset.CountsByClass.Max();
        var indices = Enumerable.Range(0, dataset.ClassNames.Count).SelectMany(label =>
        {
            var own = Enumerable.Range(0, dataset.Count).Where(index => dataset.Images[index].Label == label).ToArray();
            var order = new RandomStream(seed, label).Permutation(own.Length);
            return Enumerable.Range(0, largest)
                .Select(i => i < largest / own.Length * own.Length ? own[i % own.Length] : own[order[i % own.Length]]);
        });
        return dataset.Subset(indices, $"{dataset.Name} (classes balanced)");
    }
}
