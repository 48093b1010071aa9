using System.Collections;
using System.Globalization;

namespace Microsoft.Data.Analysis;

/// <summary>The rows of a frame by the value of one column of a known type, in the order in which the values first appear.</summary>
public class GroupBy<TKey> : GroupBy
    where TKey : notnull
{
    private readonly DataFrame frame;
    private readonly DataFrameColumn keyColumn;
    private readonly List<(TKey Key, List<long> Rows)> groups;

    internal GroupBy(DataFrame frame, int groupByColumnIndex, DataFrameColumn column)
    {
        this.frame = frame;
        keyColumn = frame.Columns[groupByColumnIndex];
        groups = [.. column.GroupRows().Select(group => ((TKey)group.Key, group.Rows))];
    }

    public IEnumerable<IGrouping<TKey, DataFrameRow>> Groupings => groups.Select(group => new Group(group.Key, group.Rows, frame));

    public override DataFrame Count(params string[] columnNames) =>
        Aggregate(Chosen(columnNames), (column, rows) => (long)rows.Count(column.IsValid), column => new PrimitiveDataFrameColumn<long>(column.Name));

    public override DataFrame First(params string[] columnNames) =>
        Aggregate(Chosen(columnNames), (column, rows) => column[rows[0]], Empty);

    public override DataFrame Head(int numberOfRows) => Some(rows => rows.Take(numberOfRows));

    public override DataFrame Tail(int numberOfRows) => Some(rows => rows.TakeLast(numberOfRows));

    public override DataFrame Max(params string[] columnNames) => Aggregate(Chosen(columnNames), (column, rows) => column.Max(rows), Empty);

    public override DataFrame Min(params string[] columnNames) => Aggregate(Chosen(columnNames), (column, rows) => column.Min(rows), Empty);

    public override DataFrame Product(params string[] columnNames) => Aggregate(Chosen(columnNames), (column, rows) => column.Product(rows), Empty);

    public override DataFrame Sum(params string[] columnNames) => Aggregate(Chosen(columnNames), (column, rows) => column.Sum(rows), Empty);

    public override DataFrame Mean(params string[] columnNames) => Aggregate(
        Chosen(columnNames),
        (column, rows) => Arithmetic.Number<double>(column.Sum(rows)!) / rows.Count,
        column => new PrimitiveDataFrameColumn<double>(column.Name));

    private static DataFrameColumn Empty(DataFrameColumn column) => column.Pick([]);

    /// <summary>The columns that are named, or all; a column that cannot be aggregated is an error.</summary>
    private IEnumerable<DataFrameColumn> Chosen(string[] names) => names is { Length: > 0 }
        ? names.Select(name => frame.Columns[name]).Where(column => column != keyColumn)
        : frame.Columns.Where(column => column != keyColumn);

    private DataFrame Aggregate(IEnumerable<DataFrameColumn> columns, Func<DataFrameColumn, List<long>, object?> value, Func<DataFrameColumn, DataFrameColumn> empty)
    {
        var result = new DataFrame(keyColumn.Pick([.. groups.Select(group => group.Rows[0])]));
        foreach (var column in columns)
        {
            var aggregated = empty(column);
            foreach (var group in groups)
            {
                aggregated.AppendObject(value(column, group.Rows), CultureInfo.InvariantCulture);
            }

            result.Columns.Add(aggregated);
        }

        return result;
    }

    private DataFrame Some(Func<List<long>, IEnumerable<long>> choose)
    {
        var rows = groups.SelectMany(group => choose(group.Rows)).ToList();
        return new DataFrame(frame.Columns.Where(column => column != keyColumn).Prepend(keyColumn).Select(column => column.Pick(rows)));
    }

    private sealed class Group(TKey key, List<long> rows, DataFrame frame) : IGrouping<TKey, DataFrameRow>
    {
        public TKey Key => key;

        public IEnumerator<DataFrameRow> GetEnumerator() => rows.Select(row => frame.Rows[row]).GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
