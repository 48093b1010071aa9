namespace CovidNotebooks.Data;

/// <summary>Cuts a dataset into disjoint parts. The same seed gives the same parts, whatever the order of the images.</summary>
public static class Splitter
{
    private const long Purpose = 0x53504C4954; // "SPLIT": keeps these draws apart from every other use of the seed.

    /// <summary>Random parts with the class shares of the whole. Patients may end up in two parts: see <see cref="Grouped"/>.</summary>
    /// <param name="dataset">What to split.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="parts">Names and fractions, which add up to 1.</param>
    /// <exception cref="ArgumentException">The fractions are not positive or do not add up to 1.</exception>
    public static DatasetSplit Stratified(ImageDataset dataset, long seed, params IReadOnlyList<(string Name, double Fraction)> parts)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        var bounds = Bounds(parts);
        var chosen = parts.Select(_ => new List<int>()).ToArray();
        for (var label = 0; label < dataset.ClassNames.Count; label++)
        {
            var indices = Enumerable.Range(0, dataset.Count).Where(index => dataset.Images[index].Label == label)
                .OrderBy(index => dataset.Images[index].Path, CodePointOrder.Instance).ToArray();
            var order = new RandomStream(seed, Purpose, label).Permutation(indices.Length);
            for (var part = 0; part < parts.Count; part++)
            {
                var from = (int)Math.Round(bounds[part] * indices.Length, MidpointRounding.AwayFromZero);
                var to = (int)Math.Round(bounds[part + 1] * indices.Length, MidpointRounding.AwayFromZero);
                chosen[part].AddRange(order[from..to].Select(position => indices[position]));
            }
        }

        return Make(dataset, $"{dataset.Name}: stratified, seed {seed}", Rule(false, seed, parts), parts, chosen);
    }

    /// <summary>
    /// Random parts that tear no group (patient) apart, with sizes and class shares as near to those asked for as whole groups allow. An
    /// image without a group is a group of its own.
    /// </summary>
    /// <param name="dataset">What to split.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="parts">Names and fractions, which add up to 1.</param>
    /// <exception cref="ArgumentException">The fractions are not positive or do not add up to 1.</exception>
    public static DatasetSplit Grouped(ImageDataset dataset, long seed, params IReadOnlyList<(string Name, double Fraction)> parts)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        _ = Bounds(parts);
        var groups = Enumerable.Range(0, dataset.Count)
            .GroupBy(index => dataset.Images[index].Group ?? $"\0{dataset.Images[index].Path}", StringComparer.Ordinal)
            .OrderBy(group => group.Key, CodePointOrder.Instance)
            .Select(group => group.ToArray())
            .ToArray();
        var order = new RandomStream(seed, Purpose).Permutation(groups.Length);
        var chosen = parts.Select(_ => new List<int>()).ToArray();
        var counts = parts.Select(_ => new double[dataset.ClassNames.Count]).ToArray();

        // Large groups first, while there is still room everywhere; among equals the random order decides.
        foreach (var group in order.Select(position => groups[position]).OrderByDescending(group => group.Length))
        {
            var added = new double[dataset.ClassNames.Count];
            foreach (var index in group)
            {
                added[dataset.Images[index].Label]++;
            }

            var best = Enumerable.Range(0, parts.Count).MaxBy(part => Room(dataset, added, counts[part], parts[part].Fraction));
            chosen[best].AddRange(group);
            for (var label = 0; label < added.Length; label++)
            {
                counts[best][label] += added[label];
            }
        }

        return Make(dataset, $"{dataset.Name}: by group, stratified, seed {seed}", Rule(true, seed, parts), parts, chosen);
    }

    /// <summary>How much a part still lacks of the classes of a group, relative to what it shall have.</summary>
    private static double Room(ImageDataset dataset, double[] added, double[] counts, double fraction)
    {
        var room = 0.0;
        for (var label = 0; label < added.Length; label++)
        {
            if (added[label] > 0)
            {
                var target = fraction * dataset.CountsByClass[label];
                room += added[label] / added.Sum() * (target - counts[label] - (added[label] / 2)) / target;
            }
        }

        return room;
    }

    private static double[] Bounds(IReadOnlyList<(string Name, double Fraction)> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        if (parts.Count == 0 || parts.Any(part => !(part.Fraction > 0)) || Math.Abs(parts.Sum(part => part.Fraction) - 1) > 1e-9)
        {
            throw new ArgumentException(
                "The fractions of a split are above 0 and add up to 1; found "
                    + $"{string.Join(", ", parts.Select(part => $"{part.Name} {part.Fraction}"))}.",
                nameof(parts));
        }

        var bounds = new double[parts.Count + 1];
        for (var i = 0; i < parts.Count; i++)
        {
            bounds[i + 1] = i == parts.Count - 1 ? 1 : bounds[i] + parts[i].Fraction;
        }

        return bounds;
    }

    private static RandomSplit Rule(bool byGroup, long seed, IReadOnlyList<(string Name, double Fraction)> parts) =>
        new(byGroup, seed, [.. parts.Select(part => part.Name)], [.. parts.Select(part => part.Fraction)]);

    private static DatasetSplit Make(
        ImageDataset dataset,
        string title,
        SplitRule rule,
        IReadOnlyList<(string Name, double Fraction)> parts,
        List<int>[] chosen) =>
        new(title, [.. parts.Select((part, i) => (part.Name, dataset.Subset(chosen[i].Order(), $"{dataset.Name} {part.Name}")))])
        {
            Rule = rule,
        };
}
