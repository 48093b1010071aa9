namespace CovidNotebooks.Evaluation;

/// <summary>
/// Which images belong together: those of one patient, publication or series. An image without a group is one of its own.
/// </summary>
internal sealed class Grouping
{
    private Grouping(int[] of, int[] sizes)
    {
        OfImage = of;
        Sizes = sizes;
    }

    /// <summary>The number of each image's group, from 0 in the order of first occurrence.</summary>
    public int[] OfImage { get; }

    /// <summary>How many images each group has.</summary>
    public int[] Sizes { get; }

    public int Count => Sizes.Length;

    /// <summary>Whether any group has more than one image, so that images are not independent.</summary>
    public bool HasSeveral => Array.Exists(Sizes, size => size > 1);

    public static Grouping Of(IReadOnlyList<string?> groups)
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        var of = new int[groups.Count];
        List<int> sizes = [];
        for (var i = 0; i < of.Length; i++)
        {
            if (groups[i] is not { } name || !numbers.TryGetValue(name, out var number))
            {
                number = sizes.Count;
                sizes.Add(0);
                if (groups[i] is { } fresh)
                {
                    numbers.Add(fresh, number);
                }
            }

            of[i] = number;
            sizes[number]++;
        }

        return new Grouping(of, [.. sizes]);
    }

    public static Grouping Of(Predictions predictions) => Of([.. predictions.Items.Select(item => item.Group)]);

    /// <summary>The groups of some of the images.</summary>
    public Grouping Where(Func<int, bool> isAsked) =>
        Of([.. Enumerable.Range(0, OfImage.Length).Where(isAsked)
            .Select(i => OfImage[i].ToString(System.Globalization.CultureInfo.InvariantCulture))]);

    /// <summary>The sum of a number over the images of each group.</summary>
    public double[] Sums(Func<int, double> value)
    {
        var sums = new double[Count];
        for (var i = 0; i < OfImage.Length; i++)
        {
            sums[OfImage[i]] += value(i);
        }

        return sums;
    }
}
