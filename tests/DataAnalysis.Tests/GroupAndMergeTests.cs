using Microsoft.Data.Analysis;

namespace Tests.DataAnalysis;

public class GroupAndMergeTests
{
    [Fact]
    public void Groups_come_in_the_order_of_their_first_rows_and_rows_without_a_key_are_left_out()
    {
        var groups = Scores().GroupBy("model");
        AssertTable(groups.Count("score"), ["model", "score"], ["cnn", 2L], ["vgg", 1L]);
        AssertTable(groups.Sum("score"), ["model", "score"], ["cnn", 4.0], ["vgg", 5.0]);
        AssertTable(groups.Max("score"), ["model", "score"], ["cnn", 3.0], ["vgg", 5.0]);
        AssertTable(groups.Min("score"), ["model", "score"], ["cnn", 1.0], ["vgg", 5.0]);
        AssertTable(groups.First("epoch"), ["model", "epoch"], ["cnn", 1], ["vgg", 1]);
    }

    [Fact]
    public void The_mean_of_a_group_divides_by_all_its_rows() =>
        AssertTable(Scores().GroupBy("model").Mean("score"), ["model", "score"], ["cnn", 4.0 / 3], ["vgg", 5.0]);

    [Fact]
    public void Without_names_every_column_is_summed_and_texts_are_an_error()
    {
        AssertTable(Scores().GroupBy("model").Sum(), ["model", "epoch", "score"], ["cnn", 6, 4.0], ["vgg", 1, 5.0]);
        Assert.Throws<NotImplementedException>(() => Scores().GroupBy("epoch").Sum());
        AssertTable(Scores().GroupBy("model").Tail(1), ["model", "epoch", "score"], ["cnn", 3, null], ["vgg", 1, 5.0]);
    }

    [Fact]
    public void Groupings_give_the_rows()
    {
        var groupings = Scores().GroupBy<string>("model").Groupings.ToList();
        Assert.Equal(["cnn", "vgg"], groupings.Select(group => group.Key));
        Assert.Equal([1, 2, 3], groupings[0].Select(row => (int)row["epoch"]!));
        Assert.Throws<InvalidCastException>(() => Scores().GroupBy<int>("model"));
    }

    [Fact]
    public void Merging_keeps_what_the_algorithm_says_and_never_a_missing_key()
    {
        var left = new DataFrame(new StringDataFrameColumn("k", ["a", "b", "b", null]), new Int32DataFrameColumn("x", [1, 2, 3, 4]));
        var right = new DataFrame(new StringDataFrameColumn("k", ["b", "c", null]), new Int32DataFrameColumn("y", [10, 20, 30]));
        string[] names = ["k_left", "x", "k_right", "y"];
        AssertTable(left.Merge<string>(right, "k", "k"), names, ["a", 1, null, null], ["b", 2, "b", 10], ["b", 3, "b", 10]);
        AssertTable(left.Merge<string>(right, "k", "k", joinAlgorithm: JoinAlgorithm.Inner), names, ["b", 2, "b", 10], ["b", 3, "b", 10]);
        AssertTable(left.Merge<string>(right, "k", "k", joinAlgorithm: JoinAlgorithm.Right), names, ["b", 2, "b", 10], ["b", 3, "b", 10], [null, null, "c", 20]);
        AssertTable(
            left.Merge(right, ["k"], ["k"], joinAlgorithm: JoinAlgorithm.FullOuter),
            names,
            ["a", 1, null, null],
            ["b", 2, "b", 10],
            ["b", 3, "b", 10],
            [null, null, "c", 20]);
    }

    [Fact]
    public void An_inner_merge_has_the_order_of_the_longer_frame()
    {
        var left = new DataFrame(new Int32DataFrameColumn("k", [1, 2]));
        var right = new DataFrame(new Int32DataFrameColumn("k", [2, 1]));
        AssertTable(left.Merge<int>(right, "k", "k", joinAlgorithm: JoinAlgorithm.Inner), ["k_left", "k_right"], [2, 2], [1, 1]);
        AssertTable(left.Append([3]).Merge<int>(right, "k", "k", joinAlgorithm: JoinAlgorithm.Inner), ["k_left", "k_right"], [1, 1], [2, 2]);
    }

    [Fact]
    public void Joining_goes_by_position()
    {
        var left = new DataFrame(new Int32DataFrameColumn("n", [1, 2, 3]));
        var right = new DataFrame(new Int32DataFrameColumn("n", [7, 8]));
        AssertTable(left.Join(right), ["n_left", "n_right"], [1, 7], [2, 8], [3, null]);
        AssertTable(left.Join(right, joinAlgorithm: JoinAlgorithm.Inner), ["n_left", "n_right"], [1, 7], [2, 8]);
    }

    private static DataFrame Scores() => new(
        new StringDataFrameColumn("model", ["cnn", "cnn", "vgg", null, "cnn"]),
        new Int32DataFrameColumn("epoch", [1, 2, 1, 9, 3]),
        new DoubleDataFrameColumn("score", [1.0, 3.0, 5.0, 9.0, null]));

    private static void AssertTable(DataFrame frame, string[] names, params object?[][] rows)
    {
        Assert.Equal(names, frame.Columns.Select(column => column.Name));
        Assert.Equal(rows, frame.Rows.Select(row => row.ToArray()));
    }
}
