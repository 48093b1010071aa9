using Microsoft.Data.Analysis;

namespace Tests.DataAnalysis;

public class FrameTests
{
    private static readonly string NewLine = Environment.NewLine;

    [Fact]
    public void Columns_are_found_added_replaced_and_renamed()
    {
        var frame = Patients();
        Assert.Equal(1, frame.Columns.IndexOf("age"));
        Assert.Equal(-1, frame.Columns.IndexOf("nope"));
        Assert.Contains("'nope' does not exist", Assert.Throws<ArgumentException>(() => frame["nope"]).Message, StringComparison.Ordinal);
        var score = new DoubleDataFrameColumn("raw", [.1, .2, .3, .4]);
        frame["score"] = score;
        Assert.Equal("score", score.Name);
        Assert.Equal(["id", "age", "score"], frame.Columns.Select(column => column.Name));
        frame["score"] = new DoubleDataFrameColumn("again", 4);
        Assert.Equal(3, frame.Columns.Count);
        frame.Columns.RenameColumn("score", "p");
        Assert.Null(frame.Columns.GetDoubleColumn("p")[3]);
        frame.Columns.Remove("p");
        Assert.Equal(2, frame.Columns.Count);
    }

    [Fact]
    public void Wrong_columns_are_refused()
    {
        var frame = Patients();
        Assert.Throws<ArgumentException>(() => frame.Columns.Add(new Int32DataFrameColumn("short", 3)));
        Assert.Throws<ArgumentException>(() => frame["short"] = new Int32DataFrameColumn("x", 3));
        Assert.Throws<ArgumentException>(() => frame.Columns.Add(new Int32DataFrameColumn("age", 4)));
        Assert.Throws<ArgumentException>(() => frame.Columns.GetDoubleColumn("age"));
        Assert.Throws<ArgumentException>(() => new DataFrame(DataFrameColumn.Create("n", new[] { 1.5 })).Columns.GetDoubleColumn("n"));
        Assert.Throws<ArgumentException>(() => frame[0, 1] = "old");
        Assert.Throws<ArgumentOutOfRangeException>(() => frame.Rows[4]);
    }

    [Fact]
    public void Rows_read_and_write_the_frame()
    {
        var frame = Patients();
        var row = frame.Rows[1];
        Assert.Equal(["b", 50], row);
        row["age"] = 51;
        Assert.Equal(51, frame[1, 1]);
        Assert.Equal([new("id", "b"), new("age", 51)], row.GetValues());
        Assert.Equal(4, frame.Rows.Count);
    }

    [Fact]
    public void Filtering_and_picking()
    {
        var frame = Patients();
        Assert.Equal(["b", "d"], Ids(frame.Filter(frame["age"].ElementwiseGreaterThan(40))));
        Assert.Equal(["a", "c"], Ids(frame[new[] { true, false, true, false }]));
        Assert.Equal(["d", "a"], Ids(frame[new[] { 3, 0 }]));
        Assert.Equal(["b"], Ids(frame.Filter(new BooleanDataFrameColumn("short", [false, true]))));
        Assert.Throws<ArgumentException>(() => frame.Filter(new BooleanDataFrameColumn("long", 5)));
        Assert.Equal(["a", "b"], Ids(frame.Head(2)));
        Assert.Equal(["c", "d"], Ids(frame.Tail(2)));
        Assert.Throws<ArgumentOutOfRangeException>(() => frame.Head(5));
        Assert.Throws<ArgumentOutOfRangeException>(() => frame.Tail(5));
        Assert.Equal(3, Ids(frame.Sample(3)).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Ordering_keeps_equal_rows_in_place_and_missing_values_last()
    {
        var frame = Patients();
        Assert.Equal(["a", "b", "d", "c"], Ids(frame.OrderBy("age")));
        Assert.Equal(["d", "b", "a", "c"], Ids(frame.OrderByDescending("age")));
        Assert.Equal(["c", "a", "b", "d"], Ids(frame.OrderBy("age", putNullValuesLast: false)));
        Assert.Equal(["a", "b", "c", "d"], Ids(frame));
    }

    [Fact]
    public void Missing_values_are_dropped_or_filled()
    {
        var frame = Patients();
        Assert.Equal(["a", "b", "d"], Ids(frame.DropNulls()));
        Assert.Equal(4, frame.DropNulls(DropNullOptions.All).Rows.Count);
        Assert.Throws<ArgumentException>(() => frame.FillNulls(0));
        frame.Columns.Remove("id");
        Assert.Equal(0, frame.FillNulls(0)[2, 0]);
        Assert.Null(frame[2, 0]);
    }

    [Fact]
    public void Appending_makes_a_copy_unless_in_place()
    {
        var frame = Patients();
        var longer = frame.Append(["e", 33]);
        Assert.Equal((4L, 5L), (frame.Rows.Count, longer.Rows.Count));
        Assert.Same(frame, frame.Append(["e"], inPlace: true));
        Assert.Null(frame[4, 1]);
        frame.Append([new KeyValuePair<string, object?>("age", "77")], inPlace: true);
        Assert.Equal([null, 77], frame.Rows[5]);
        Assert.Throws<ArgumentException>(() => frame.Append(["f", 1, 2], inPlace: true));
        Assert.Throws<FormatException>(() => frame.Append(["f", "old"], inPlace: true));
        Assert.Throws<ArgumentException>(() => frame.Append([new KeyValuePair<string, object?>("nope", 1)], inPlace: true));
        Assert.Equal(6, frame.Rows.Count);
        Assert.Equal([null, null], frame.Append(["null", ""]).Rows[6]);
        Assert.Equal(8, frame.Append(longer.Rows.Take(2)).Rows.Count);
    }

    [Fact]
    public void The_table_is_printed_in_cells_of_ten()
    {
        var frame = Patients();
        frame.Columns.RenameColumn("age", "age_in_years");
        Assert.Equal(
            $"id        age_in_years{NewLine}a         40        {NewLine}  ... 1 of total 4{NewLine}",
            frame.ToString(1));
        Assert.Contains($"c         null      {NewLine}", frame.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Info_and_description()
    {
        var info = Patients().Info();
        Assert.Equal(["Info", "id", "age"], info.Columns.Select(column => column.Name));
        Assert.Equal(["DataType", "System.String", "System.Int32"], info.Rows[0]);
        Assert.Equal(["Length (excluding null values)", "4", "3"], info.Rows[1]);
        var description = Patients().Description();
        Assert.Equal(["Description", "age"], description.Columns.Select(column => column.Name));
        Assert.Equal(["Length (excluding null values)", "Max", "Min", "Mean"], description.Columns.GetStringColumn("Description"));

        // The mean divides by all four rows, the missing one included: (40 + 50 + 60) / 4.
        Assert.Equal([3f, 60f, 40f, 37.5f], description.Columns.GetPrimitiveColumn<float>("age"));
        Assert.Equal(50, Patients()["age"].Mean());
    }

    [Fact]
    public void Arithmetic_on_a_whole_frame()
    {
        var frame = new DataFrame(new Int32DataFrameColumn("a", [1, 2]), new DoubleDataFrameColumn("b", [.5, 1]));
        Assert.Equal([[2, 1.0], [4, 2.0]], frame.Multiply(2).Rows.Select(row => row.ToArray()));
        Assert.Equal([true, false], frame.ElementwiseGreaterThanOrEqual(1).Rows[0]);
        Assert.Equal(["x_a", "x_b"], frame.AddPrefix("x_").Columns.Select(column => column.Name));
        Assert.Equal(1, frame[0, 0]);
    }

    internal static List<string?> Ids(DataFrame frame) => [.. frame.Columns.GetStringColumn("id")];

    private static DataFrame Patients() => new(
        new StringDataFrameColumn("id", ["a", "b", "c", "d"]),
        new Int32DataFrameColumn("age", [40, 50, null, 60]));
}
