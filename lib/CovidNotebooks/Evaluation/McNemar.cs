using System.Numerics;

namespace CovidNotebooks.Evaluation;

/// <summary>McNemar's exact test: do two models err differently on the same images?</summary>
/// <param name="BothRight">Images that both classified rightly.</param>
/// <param name="OnlyARight">Right by the first model only.</param>
/// <param name="OnlyBRight">Right by the second only.</param>
/// <param name="BothWrong">Right by neither.</param>
public sealed record McNemar(int BothRight, int OnlyARight, int OnlyBRight, int BothWrong)
{
    /// <summary>Two-sided exact binomial on the images on which the models disagree; 1 where there are none.</summary>
    public double PValue
    {
        get
        {
            var discordant = OnlyARight + OnlyBRight;
            var fewer = Math.Min(OnlyARight, OnlyBRight);
            if (2 * fewer >= discordant - 1)
            {
                return 1;
            }

            BigInteger ways = 1, sum = 1;
            for (var k = 1; k <= fewer; k++)
            {
                ways = ways * (discordant - k + 1) / k;
                sum += ways;
            }

            var shift = (int)Math.Max(0, sum.GetBitLength() - 64);
            return Math.ScaleB((double)(ulong)(sum >> shift), shift - discordant + 1);
        }
    }

    /// <summary>Counts agreements.</summary>
    /// <param name="labels">True classes.</param>
    /// <param name="predictedA">By the first model.</param>
    /// <param name="predictedB">By the second, in the same order.</param>
    /// <exception cref="ArgumentException">The lists differ in length.</exception>
    public static McNemar Of(IReadOnlyList<int> labels, IReadOnlyList<int> predictedA, IReadOnlyList<int> predictedB)
    {
        if (labels.Count != predictedA.Count || labels.Count != predictedB.Count)
        {
            throw new ArgumentException($"There are {labels.Count} labels, {predictedA.Count} predictions of the first model and "
                + $"{predictedB.Count} of the second. Give one of each an image.", nameof(labels));
        }

        var counts = new int[4];
        for (var i = 0; i < labels.Count; i++)
        {
            counts[(predictedA[i] == labels[i] ? 0 : 2) + (predictedB[i] == labels[i] ? 0 : 1)]++;
        }

        return new McNemar(counts[0], counts[1], counts[2], counts[3]);
    }
}
