namespace CovidNotebooks.Data;

/// <summary>The order of an epoch in which every class comes equally often: <see cref="Sampling.Balanced"/>.</summary>
internal static class BalancedOrder
{
    private const long Purpose = 0x42414C41; // "BALA": keeps these draws apart from those of a plain shuffle.

    /// <summary>As many indices as the dataset has images; they depend on dataset, seed and epoch alone.</summary>
    /// <param name="dataset">At least one image of each class.</param>
    /// <param name="seed">The loader's seed.</param>
    /// <param name="epoch">The epoch.</param>
    public static int[] Draw(ImageDataset dataset, long seed, int epoch)
    {
        var random = new RandomStream(seed, Purpose, epoch);
        var members = Enumerable.Range(0, dataset.ClassNames.Count)
            .Select(label => Enumerable.Range(0, dataset.Count).Where(index => dataset.Images[index].Label == label).ToArray())
            .ToArray();
        var dealt = members.Select(_ => new Queue<int>()).ToArray();
        var turns = Array.Empty<int>();
        var order = new int[dataset.Count];
        for (var i = 0; i < order.Length; i++)
        {
            if (i % members.Length == 0)
            {
                turns = random.Permutation(members.Length);
            }

            var label = turns[i % members.Length];
            if (dealt[label].Count == 0)
            {
                dealt[label] = new Queue<int>(random.Permutation(members[label].Length).Select(member => members[label][member]));
            }

            order[i] = dealt[label].Dequeue();
        }

        return order;
    }
}
