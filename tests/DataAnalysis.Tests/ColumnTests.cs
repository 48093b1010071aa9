using Microsoft.Data.Analysis;

namespace Tests.DataAnalysis;

public class ColumnTests
{
    [Fact]
    public void Create_gives_the_general_type_and_named_types_keep_theirs()
    {
        Assert.IsType<PrimitiveDataFrameColumn<int>>(DataFrameColumn.Create("n", new[] { 1, 2 }));
        Assert.IsType<StringDataFrameColumn>(DataFrameColumn.Create("s", new[] { "a", null }));
        Assert.IsType<Int32DataFrameColumn>(new Int32DataFrameColumn("n", [1, 2]).Clone());
        Assert.IsType<DoubleDataFrameColumn>(new DoubleDataFrameColumn("n", [1.5]).Sort());
    }

    [Fact]
    public void A_column_made_by_its_length_is_empty_of_values()
    {
        Assert.Equal((3L, 3L), (new Int32DataFrameColumn("n", 3).Length, new Int32DataFrameColumn("n", 3).NullCount));
        Assert.Equal(3, new StringDataFrameColumn("s", 3).NullCount);
    }

    [Fact]
    public void Statistics_leave_out_missing_values()
    {
        var column = new DoubleDataFrameColumn("x", [4.0, null, 1.0, 7.0, null]);
        Assert.Equal((5L, 2L), (column.Length, column.NullCount));
        Assert.Equal((12.0, 7.0, 1.0, 28.0), ((double)column.Sum()!, (double)column.Max()!, (double)column.Min()!, (double)column.Product()!));
        Assert.Equal((4.0, 4.0), (column.Mean(), column.Median()));
        Assert.Equal(2.5, new Int32DataFrameColumn("n", [1, 2, 3, 4]).Median());
    }

    [Fact]
    public void A_sum_keeps_the_type_of_its_column_and_can_overflow()
    {
        Assert.Equal(int.MinValue, new Int32DataFrameColumn("n", [int.MaxValue, 1]).Sum());
        Assert.IsType<float>(new SingleDataFrameColumn("f", [1, 2]).Sum());
    }

    [Fact]
    public void Texts_and_dates_have_no_mean()
    {
        Assert.Throws<NotImplementedException>(() => new StringDataFrameColumn("s", ["1"]).Mean());
        Assert.False(new StringDataFrameColumn("s").IsNumericColumn());
        Assert.Equal(new DateTime(2020, 2, 1, 0, 0, 0, DateTimeKind.Unspecified), new DateTimeDataFrameColumn("d", [new DateTime(2020, 1, 1), new DateTime(2020, 2, 1)]).Max());
    }

    [Fact]
    public void Arithmetic_goes_to_the_wider_type_and_carries_missing_values()
    {
        var ints = new Int32DataFrameColumn("i", [1, null, 7]);
        var doubles = new DoubleDataFrameColumn("d", [0.5, 1.0, 2.0]);
        Assert.Equal([1.5, null, 9.0], Assert.IsType<DoubleDataFrameColumn>((DataFrameColumn)ints + doubles));
        Assert.Equal([3, null, 3], ints / 2 + 3 - (ints % 2 - 1) * ints / 7 * 0 - new Int32DataFrameColumn("z", [0, 0, 3]));
        Assert.Equal([9, null, 3], Assert.IsType<Int32DataFrameColumn>(10 - ints));
        Assert.IsType<Int64DataFrameColumn>((DataFrameColumn)ints + 5L);
        Assert.IsType<Int32DataFrameColumn>((DataFrameColumn)new ByteDataFrameColumn("b", [200]) + new ByteDataFrameColumn("c", [100]));
        Assert.Equal(300, ((DataFrameColumn)new ByteDataFrameColumn("b", [200]) + new ByteDataFrameColumn("c", [100]))[0]);
        Assert.Equal([0.25, 0.5, 1.0], doubles / 2);
        Assert.Throws<ArgumentException>(() => doubles + new DoubleDataFrameColumn("short", [1.0]));
        Assert.Throws<NotSupportedException>(() => doubles.Add(new StringDataFrameColumn("s", ["a", "b", "c"])));
    }

    [Fact]
    public void In_place_changes_the_column_itself()
    {
        var column = new Int32DataFrameColumn("i", [1, 2]);
        Assert.Same(column, column.Multiply(3, inPlace: true));
        Assert.Equal([3, 6], column);
        Assert.Equal([4, 7], column.Apply(value => value + 1));
        Assert.Equal([3, 6], column);
    }

    [Fact]
    public void Comparisons_give_truth_values()
    {
        var column = new DoubleDataFrameColumn("x", [1.0, 2.0, null, 3.0]);
        Assert.Equal([false, false, false, true], column.ElementwiseGreaterThan(2.0));
        Assert.Equal([false, true, false, true], column.ElementwiseGreaterThanOrEqual(2));
        Assert.Equal([true, false, false, false], column.ElementwiseLessThan(2.0));
        Assert.Equal([true, true, false, false], column.ElementwiseLessThanOrEqual(2.0));
        Assert.Equal([false, true, false, false], column.ElementwiseEquals(2.0));
        Assert.Equal([true, false, true, true], column.ElementwiseNotEquals(2.0));
        Assert.Equal([false, false, true, false], column.ElementwiseIsNull());
        Assert.Equal([true, true, false, true], column.ElementwiseIsNotNull());
        Assert.Equal([false, true, false, true], new StringDataFrameColumn("s", ["a", "b", null, "b"]).ElementwiseEquals("b"));
        Assert.Equal([false, true, false, false], column.ElementwiseGreaterThan(1.0) & column.ElementwiseLessThan(3.0));
        Assert.Equal([true, true], new Int32DataFrameColumn("i", [1, 2]).ElementwiseEquals(new Int64DataFrameColumn("l", [1, 2])));
    }

    [Fact]
    public void Sorting_puts_missing_values_last_unless_asked()
    {
        var column = new Int32DataFrameColumn("i", [3, null, 1, 2]);
        Assert.Equal([1, 2, 3, null], column.Sort());
        Assert.Equal([3, 2, 1, null], column.Sort(ascending: false));
        Assert.Equal([null, 1, 2, 3], column.Sort(putNullValuesLast: false));
    }

    [Fact]
    public void Values_are_checked_against_the_type()
    {
        var column = new Int32DataFrameColumn("i", [3, 4]);
        Assert.Throws<ArgumentException>(() => ((DataFrameColumn)column)[0] = "three");
        Assert.Throws<ArgumentOutOfRangeException>(() => column[2]);
        column[1] = null;
        Assert.Equal(1, column.NullCount);
        Assert.Equal([3, 9], column.FillNulls(9));
        Assert.Throws<ArgumentException>(() => new StringDataFrameColumn("s", [null]).FillNulls((object)0));
        Assert.Equal([3], column.DropNulls());
        Assert.Equal([3, 4], new Int32DataFrameColumn("i", [1, 3, 4, 9]).Filter(2, 4));
    }

    [Fact]
    public void Counts_of_values_and_running_totals()
    {
        var counts = new StringDataFrameColumn("s", ["b", "a", "b", null]).ValueCounts();
        Assert.Equal(["b", "a"], counts.Columns.GetStringColumn("Values"));
        Assert.Equal([2L, 1L], counts.Columns.GetPrimitiveColumn<long>("Counts"));
        var column = new Int32DataFrameColumn("i", [2, -3, null, 5]);
        Assert.Equal([2, -1, null, 4], (PrimitiveDataFrameColumn<int>)column.CumulativeSum());
        Assert.Equal([2, 2, null, 5], (PrimitiveDataFrameColumn<int>)column.CumulativeMax());
        Assert.Equal([2, 3, null, 5], (PrimitiveDataFrameColumn<int>)column.Abs());
    }
}
