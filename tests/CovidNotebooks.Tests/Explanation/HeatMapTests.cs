using CovidNotebooks.Explanation;
using Tests.Models;

namespace Tests.Explanation;

public class HeatMapTests
{
    [Fact]
    public void Resizing_is_centre_aligned_and_clamps_at_the_border()
    {
        // By hand: the centres of 4 columns over 2 lie at -.25, .25, .75, 1.25 in units of the old ones.
        Assert.Equal([0, 1, 3, 4], new HeatMap(1, 2, [0, 4]).Resize(1, 4).Values);
        Assert.Equal([0, 1, 3, 4], new HeatMap(2, 1, [0, 4]).Resize(4, 1).Values);
        Assert.Equal([3.0], new HeatMap(2, 2, [0, 2, 4, 6]).Resize(1, 1).Values);
        Assert.Equal([5, 5, 5, 5, 5, 5], new HeatMap(1, 1, [5]).Resize(2, 3).Values);
    }

    [Fact]
    public void A_map_of_zeros_has_no_maximum_to_divide_by()
    {
        var zero = new HeatMap(2, 2, [0, 0, 0, 0]);
        Assert.True(zero.IsZero);
        Assert.Equal([0, 0, 0, 0], zero.Relative().Values);
        Assert.Equal([0, .5, .25, 1], new HeatMap(2, 2, [0, 2, 1, 4]).Relative().Values);
    }

    [Fact]
    public void The_mean_is_taken_value_by_value_and_only_of_one_size()
    {
        GoldenTensors.AssertClose([.5, 1.5], HeatMap.Mean([new HeatMap(1, 2, [0, 3]), new HeatMap(1, 2, [1, 0])]).Values, 0, "mean");
        Assert.Throws<ArgumentException>(() => HeatMap.Mean([]));
        Assert.Throws<ArgumentException>(() => HeatMap.Mean([new HeatMap(1, 2, [0, 3]), new HeatMap(2, 1, [1, 0])]));
    }

    [Fact]
    public void What_is_no_map_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new HeatMap(2, 2, [1, 2, 3]));
        Assert.Throws<ArgumentException>(() => new HeatMap(1, 1, [double.NaN]));
        Assert.Throws<ArgumentException>(() => new HeatMap(1, 1, [-1]));
    }

    [Fact]
    public void The_border_is_the_outer_seventh_on_each_side_and_at_least_a_cell()
    {
        var even = new HeatMap(7, 7, [.. Enumerable.Repeat(2.0, 49)]);
        Assert.Equal(24 / 49.0, even.BorderArea);
        Assert.Equal(24 / 49.0, even.BorderShare, 12);

        // 14 rows and 3 columns: two rows and one column on each side are border, the 10 cells in the middle are not.
        var inside = new HeatMap(14, 3, [.. Enumerable.Range(0, 42).Select(i => i % 3 == 1 && i / 3 is >= 2 and < 12 ? 1.0 : 0.0)]);
        Assert.Equal(32 / 42.0, inside.BorderArea, 12);
        Assert.Equal(0, inside.BorderShare);
        Assert.Equal(.25, new HeatMap(3, 3, [1, 0, 0, 0, 3, 0, 0, 0, 0]).BorderShare);
        Assert.True(double.IsNaN(new HeatMap(3, 3, new double[9]).BorderShare));
    }
}
