namespace Microsoft.Data.Analysis;

/// <summary>Putting two frames side by side.</summary>
public partial class DataFrame
{
    /// <summary>By row position.</summary>
    public DataFrame Join(DataFrame other, string leftSuffix = "_left", string rightSuffix = "_right", JoinAlgorithm joinAlgorithm = JoinAlgorithm.Left)
    {
        ArgumentNullException.ThrowIfNull(other);
        var count = joinAlgorithm switch
        {
            JoinAlgorithm.Left => Rows.Count,
            JoinAlgorithm.Right => other.Rows.Count,
            JoinAlgorithm.FullOuter => Math.Max(Rows.Count, other.Rows.Count),
            _ => Math.Min(Rows.Count, other.Rows.Count),
        };
        var pairs = RowNumbers(0, count).Select(row => (row < Rows.Count ? row : -1, row < other.Rows.Count ? row : -1));
        return SideBySide(other, [.. pairs], leftSuffix, rightSuffix);
    }

    /// <summary>By equal values of a column of each.</summary>
    public DataFrame Merge<TKey>(
        DataFrame other,
        string leftJoinColumn,
        string rightJoinColumn,
        string leftSuffix = "_left",
        string rightSuffix = "_right",
        JoinAlgorithm joinAlgorithm = JoinAlgorithm.Left) =>
        Merge(other, [leftJoinColumn], [rightJoinColumn], leftSuffix, rightSuffix, joinAlgorithm);

    /// <summary>
    /// By equal values of some columns of each; rows with a missing one are dropped, whatever the algorithm.
    /// An inner merge has the order of the longer frame, of the other one when both are as long.
    /// </summary>
    public DataFrame Merge(
        DataFrame other,
        string[] leftJoinColumns,
        string[] rightJoinColumns,
        string leftSuffix = "_left",
        string rightSuffix = "_right",
        JoinAlgorithm joinAlgorithm = JoinAlgorithm.Left)
    {
        ArgumentNullException.ThrowIfNull(other);
        ArgumentNullException.ThrowIfNull(leftJoinColumns);
        ArgumentNullException.ThrowIfNull(rightJoinColumns);
        if (leftJoinColumns.Length != rightJoinColumns.Length || leftJoinColumns.Length == 0)
        {
            throw new ArgumentException($"{leftJoinColumns.Length} columns on the left cannot be matched with {rightJoinColumns.Length} on the right.", nameof(rightJoinColumns));
        }

        var (left, right) = (Keys(this, leftJoinColumns), Keys(other, rightJoinColumns));
        var pairs = joinAlgorithm switch
        {
            JoinAlgorithm.Left => Matches(left, right, keepUnmatched: true),
            JoinAlgorithm.Right => Swapped(Matches(right, left, keepUnmatched: true)),
            JoinAlgorithm.Inner => Rows.Count > other.Rows.Count ? Matches(left, right, keepUnmatched: false) : Swapped(Matches(right, left, keepUnmatched: false)),
            _ => OuterMatches(left, right),
        };
        return SideBySide(other, [.. pairs], leftSuffix, rightSuffix);
    }

    private static IEnumerable<(long, long)> Swapped(IEnumerable<(long, long)> pairs) => pairs.Select(pair => (pair.Item2, pair.Item1));

    private static IEnumerable<(long, long)> OuterMatches(List<(long Row, Key Key)> left, List<(long Row, Key Key)> right)
    {
        var pairs = Matches(left, right, keepUnmatched: true).ToList();
        var matched = pairs.Select(pair => pair.Item2).ToHashSet();
        return pairs.Concat(right.Where(row => !matched.Contains(row.Row)).Select(row => (-1L, row.Row)));
    }

    private static IEnumerable<(long, long)> Matches(List<(long Row, Key Key)> retained, List<(long Row, Key Key)> looked, bool keepUnmatched)
    {
        var rows = looked.ToLookup(row => row.Key, row => row.Row);
        return retained.SelectMany(row => rows[row.Key].DefaultIfEmpty(-1).Where(found => keepUnmatched || found >= 0).Select(found => (row.Row, found)));
    }

    private static List<(long Row, Key Key)> Keys(DataFrame frame, string[] names)
    {
        var columns = names.Select(name => frame.Columns[name]).ToList();
        return [.. RowNumbers(0, frame.Rows.Count).Where(row => columns.TrueForAll(column => column.IsValid(row))).Select(row => (row, new Key([.. columns.Select(column => column[row]!)])))];
    }

    private DataFrame SideBySide(DataFrame other, IReadOnlyList<(long Left, long Right)> rows, string leftSuffix, string rightSuffix)
    {
        var left = Pick([.. rows.Select(pair => pair.Left)]).Columns.ToList();
        var right = other.Pick([.. rows.Select(pair => pair.Right)]).Columns.ToList();
        foreach (var column in left)
        {
            if (right.Find(candidate => string.Equals(candidate.Name, column.Name, StringComparison.Ordinal)) is { } same)
            {
                same.SetName(same.Name + rightSuffix);
                column.SetName(column.Name + leftSuffix);
            }
        }

        return new DataFrame(left.Concat(right));
    }

    private sealed class Key(object[] values) : IEquatable<Key>
    {
        private readonly object[] values = values;

        public bool Equals(Key? other) => other is not null && values.SequenceEqual(other.values);

        public override bool Equals(object? obj) => Equals(obj as Key);

        public override int GetHashCode() => values.Aggregate(17, (hash, value) => HashCode.Combine(hash, value));
    }
}
