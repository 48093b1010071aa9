using CovidNotebooks.Data;

namespace CovidNotebooks.Audit;

/// <summary>A classification tree for two classes, grown until every leaf is pure or all its rows are equal.</summary>
internal sealed class DecisionTree
{
    private readonly List<Node> nodes = [];

    /// <param name="rows">Features.</param>
    /// <param name="labels">0 or 1.</param>
    /// <param name="sample">Indices of the rows to grow on, some of them several times; reordered.</param>
    /// <param name="random">Which features are tried.</param>
    public static DecisionTree Grow(IReadOnlyList<double[]> rows, IReadOnlyList<int> labels, int[] sample, RandomStream random)
    {
        var tree = new DecisionTree();
        var open = new Stack<(int Node, int Start, int End)>();
        tree.nodes.Add(default);
        open.Push((0, 0, sample.Length));
        while (open.TryPop(out var range))
        {
            var part = sample.AsSpan(range.Start..range.End);
            var positives = 0;
            foreach (var index in part)
            {
                positives += labels[index];
            }

            if (positives == 0 || positives == part.Length || BestSplit(rows, labels, part, positives, ref random) is not { } split)
            {
                tree.nodes[range.Node] = Node.Leaf((double)positives / part.Length);
                continue;
            }

            var middle = range.Start + Partition(rows, part, split);
            var left = tree.nodes.Count;
            tree.nodes.Add(default);
            tree.nodes.Add(default);
            tree.nodes[range.Node] = new Node(split.Feature, split.Threshold, left, 0);
            open.Push((left, range.Start, middle));
            open.Push((left + 1, middle, range.End));
        }

        return tree;
    }

    /// <summary>The share of class 1 in the leaf that a row falls into.</summary>
    public double Share(ReadOnlySpan<double> row)
    {
        var node = nodes[0];
        while (!node.IsLeaf)
        {
            node = nodes[row[node.Feature] <= node.Threshold ? node.Left : node.Left + 1];
        }

        return node.Share;
    }

    /// <summary>
    /// The split of least impurity among √features drawn at random; features that do not vary here are passed over until one that varies is
    /// met. Null when none does.
    /// </summary>
    private static (int Feature, double Threshold)? BestSplit(
        IReadOnlyList<double[]> rows, IReadOnlyList<int> labels, ReadOnlySpan<int> part, int positives, ref RandomStream random)
    {
        var features = rows[0].Length;
        var wanted = Math.Max(1, (int)Math.Sqrt(features));
        var values = new double[part.Length];
        var sorted = new int[part.Length];
        (int Feature, double Threshold)? best = null;
        var least = double.PositiveInfinity;
        var tried = 0;
        foreach (var feature in random.Permutation(features))
        {
            if (tried >= wanted && best is not null)
            {
                break;
            }

            tried++;
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = rows[part[i]][feature];
                sorted[i] = labels[part[i]];
            }

            Array.Sort(values, sorted);
            var left = 0;
            for (var i = 1; i < values.Length; i++)
            {
                left += sorted[i - 1];
                if (values[i] > values[i - 1]
                    && Impurity(left, i) + Impurity(positives - left, values.Length - i) is var impurity
                    && impurity < least)
                {
                    least = impurity;
                    var middle = (values[i - 1] / 2) + (values[i] / 2);
                    best = (feature, middle < values[i] ? middle : values[i - 1]);
                }
            }
        }

        return best;
    }

    /// <summary>Gini impurity times the number of rows, halved.</summary>
    private static double Impurity(int positives, int count) => (double)positives * (count - positives) / count;

    /// <summary>Moves the rows at or below the threshold to the front; their number.</summary>
    private static int Partition(IReadOnlyList<double[]> rows, Span<int> part, (int Feature, double Threshold) split)
    {
        var front = 0;
        for (var i = 0; i < part.Length; i++)
        {
            if (rows[part[i]][split.Feature] <= split.Threshold)
            {
                (part[front], part[i]) = (part[i], part[front]);
                front++;
            }
        }

        return front;
    }

    private readonly record struct Node(int Feature, double Threshold, int Left, double Share)
    {
        public bool IsLeaf => Left == 0;

        public static Node Leaf(double share) => new(0, 0, 0, share);
    }
}
