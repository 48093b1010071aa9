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
}
