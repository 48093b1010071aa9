using System.Globalization;
using System.Text;

namespace Microsoft.Data.Analysis;

/// <summary>A table in memory: named columns of one length.</summary>
public partial class DataFrame
{
    private const int CellWidth = 10;
    private const int DefaultRowsToShow = 25;

    public DataFrame(IEnumerable<DataFrameColumn> columns)
    {
        Columns = new DataFrameColumnCollection(columns ?? throw new ArgumentNullException(nameof(columns)));
        Rows = new DataFrameRowCollection(this);
    }

    public DataFrame(params DataFrameColumn[] columns)
        : this((IEnumerable<DataFrameColumn>)columns)
    {
    }

    public DataFrameColumnCollection Columns { get; }

    public DataFrameRowCollection Rows { get; }

    public DataFrameColumn this[string columnName]
    {
        get => Columns[columnName];
        set => Columns[columnName] = value;
    }

    public object? this[long rowIndex, int columnIndex]
    {
        get => Columns[columnIndex][rowIndex];
        set => Columns[columnIndex][rowIndex] = value;
    }

    public DataFrame this[PrimitiveDataFrameColumn<bool> rowFilter] => Filter(rowFilter);

    public DataFrame this[PrimitiveDataFrameColumn<int> rowIndices] => Filter(rowIndices);

    public DataFrame this[PrimitiveDataFrameColumn<long> rowIndices] => Filter(rowIndices);

    public DataFrame this[IEnumerable<bool> rowFilter] => Filter(new PrimitiveDataFrameColumn<bool>("", rowFilter));

    public DataFrame this[IEnumerable<int> rowIndices] => Pick([.. rowIndices.Select(row => (long)row)]);

    public DataFrame this[IEnumerable<long> rowIndices] => Pick([.. rowIndices]);

    /// <summary>The rows where the filter is true; rows past its end are left out.</summary>
    public DataFrame Filter(PrimitiveDataFrameColumn<bool> filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        if (filter.Length > Rows.Count)
        {
            throw new ArgumentException($"The filter has {filter.Length} rows and the frame has {Rows.Count}.", nameof(filter));
        }

        return Pick([.. filter.Rows().Where(row => filter[row] == true)]);
    }

    public DataFrame Filter(PrimitiveDataFrameColumn<int> rowIndices) => Pick([.. rowIndices.Select(row => (long)(row ?? -1))]);

    public DataFrame Filter(PrimitiveDataFrameColumn<long> rowIndices) => Pick([.. rowIndices.Select(row => row ?? -1)]);

    public DataFrame Clone() => new(Columns.Select(column => column.Clone()));

    /// <summary>The first rows; asking for more than there are is an error.</summary>
    public DataFrame Head(int numberOfRows) => Pick([.. RowNumbers(0, Available(numberOfRows))]);

    /// <summary>The last rows; asking for more than there are is an error.</summary>
    public DataFrame Tail(int numberOfRows) => Pick([.. RowNumbers(Rows.Count - Available(numberOfRows), numberOfRows)]);

    /// <summary>So many different rows, drawn without a seed.</summary>
    public DataFrame Sample(int numberOfRows)
    {
        if (numberOfRows > Rows.Count)
        {
            throw new ArgumentException($"The frame has {Rows.Count} rows; {numberOfRows} cannot be drawn.", nameof(numberOfRows));
        }

        var rows = RowNumbers(0, Rows.Count).ToArray();
        Random.Shared.Shuffle(rows);
        return Pick(rows[..numberOfRows]);
    }

    public DataFrame OrderBy(string columnName, bool ascending = true, bool putNullValuesLast = true) =>
        Pick(Columns[columnName].SortedRows(ascending, putNullValuesLast));

    public DataFrame OrderByDescending(string columnName, bool putNullValuesLast = true) => OrderBy(columnName, ascending: false, putNullValuesLast);

    public DataFrame DropNulls(DropNullOptions options = DropNullOptions.Any) => Pick(
        [.. RowNumbers(0, Rows.Count).Where(row => options == DropNullOptions.Any ? Columns.All(column => column.IsValid(row)) : Columns.Any(column => column.IsValid(row)))]);

    public DataFrame FillNulls(object value, bool inPlace = false)
    {
        var frame = inPlace ? this : Clone();
        foreach (var column in frame.Columns)
        {
            column.FillNulls(value, inPlace: true);
        }

        return frame;
    }

    public DataFrame FillNulls(IList<object> values, bool inPlace = false)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Count != Columns.Count)
        {
            throw new ArgumentException($"There are {values.Count} values for {Columns.Count} columns.", nameof(values));
        }

        var frame = inPlace ? this : Clone();
        for (var i = 0; i < values.Count; i++)
        {
            frame.Columns[i].FillNulls(values[i], inPlace: true);
        }

        return frame;
    }

    public DataFrame AddPrefix(string prefix, bool inPlace = false) => Renamed(name => prefix + name, inPlace);

    public DataFrame AddSuffix(string suffix, bool inPlace = false) => Renamed(name => name + suffix, inPlace);

    /// <summary>Type and number of values of each column.</summary>
    public DataFrame Info()
    {
        var frame = new DataFrame(new StringDataFrameColumn("Info", ["DataType", "Length (excluding null values)"]));
        foreach (var column in Columns)
        {
            frame.Columns.Add(column.Info());
        }

        return frame;
    }

    /// <summary>Number of values, extremes and mean of each column of numbers.</summary>
    public DataFrame Description()
    {
        var frame = new DataFrame();
        foreach (var column in Columns.Where(column => column.HasDescription()))
        {
            if (frame.Columns.Count == 0)
            {
                frame.Columns.Add(new StringDataFrameColumn("Description", ["Length (excluding null values)", "Max", "Min", "Mean"]));
            }

            frame.Columns.Add(column.Description());
        }

        return frame;
    }

    public override string ToString() => ToString(DefaultRowsToShow);

    public string ToString(long rowsToShow)
    {
        var text = new StringBuilder();
        foreach (var column in Columns)
        {
            text.Append(column.Name.PadRight(CellWidth));
        }

        text.AppendLine();
        foreach (var row in Rows.Take((int)Math.Min(rowsToShow, Rows.Count)))
        {
            foreach (var value in row)
            {
                text.Append((value?.ToString() ?? "null").PadRight(CellWidth));
            }

            text.AppendLine();
        }

        if (rowsToShow < Rows.Count)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  ... {rowsToShow} of total {Rows.Count}");
        }

        return text.ToString();
    }

    internal DataFrame Pick(IReadOnlyList<long> rows) => new(Columns.Select(column => column.Pick(rows)));

    private static IEnumerable<long> RowNumbers(long start, long count)
    {
        for (var row = start; row < start + count; row++)
        {
            yield return row;
        }
    }

    private int Available(int numberOfRows) => numberOfRows >= 0 && numberOfRows <= Rows.Count
        ? numberOfRows
        : throw new ArgumentOutOfRangeException(nameof(numberOfRows), numberOfRows, $"The frame has {Rows.Count} rows.");

    private DataFrame Renamed(Func<string, string> rename, bool inPlace)
    {
        var frame = inPlace ? this : Clone();
        foreach (var column in frame.Columns)
        {
            column.SetName(rename(column.Name));
        }

        return frame;
    }
}
