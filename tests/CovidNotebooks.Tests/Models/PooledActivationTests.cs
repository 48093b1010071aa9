using CovidNotebooks.Models;
using Tests.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Tests.Models;

[Collection(SharedGenerator.Name)]
public class PooledActivationTests
{
    [Theory]
    [InlineData(ScalarType.Float32, 64, 32, 28)]
    [InlineData(ScalarType.Float32, 16, 7, 9)]
    [InlineData(ScalarType.Float32, 48, 2, 3)]
    [InlineData(ScalarType.BFloat16, 64, 32, 28)]
    [InlineData(ScalarType.BFloat16, 16, 7, 9)]
    public void Values_and_gradients_are_those_of_ReLU_and_pooling_to_the_bit(ScalarType type, int channels, int rows, int columns)
    {
        using var scope = NewDisposeScope();
        random.manual_seed(channels + rows);
        var map = randn(3, channels, rows, columns).to(type);
        var upstream = randn(3, channels, rows / 2, columns / 2).to(type);
        foreach (var laidOut in new[] { map, map.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2) })
        {
            AssertSame(laidOut, upstream, places: 0.25 * (1 - Math.Pow(.5, 4)));
        }
    }

    [Fact]
    public void Equal_values_infinities_and_what_is_no_number_go_where_torch_sends_them()
    {
        using var scope = NewDisposeScope();
        var map = zeros(2, 16, 6, 6);
        map[0] = .5; // all four values of each window are equal
        map[1, 0, 1, 1] = float.NaN;
        map[1, 1, 0, 1] = float.NaN;
        map[1, 1, 1, 0] = 3;
        map[1, 2, 2, 2] = float.PositiveInfinity;
        map[1, 3] = float.NegativeInfinity;
        map[1, 4] = -0f;
        var together = Answers(map, ones(2, 16, 3, 3), PooledActivation.Run);
        var published = Answers(map, ones(2, 16, 3, 3), Published);
        Assert.Equal(2, together[0].isnan().sum().item<long>());
        Assert.All(
            together.Zip(published), pair => Assert.True(pair.First.allclose(pair.Second, rtol: 0, atol: 0, equal_nan: true)));
    }

    [Theory]
    [InlineData("20 channels")]
    [InlineData("double precision")]
    [InlineData("windows of 3")]
    [InlineData("windows that overlap")]
    [InlineData("a border")]
    [InlineData("rounded up")]
    public void What_does_not_fit_is_given_to_torch(string form)
    {
        using var scope = NewDisposeScope();
        random.manual_seed(5);
        using var pool = form switch
        {
            "windows of 3" => nn.MaxPool2d(3),
            "windows that overlap" => nn.MaxPool2d(2, stride: 1),
            "a border" => nn.MaxPool2d(2, padding: 1),
            "rounded up" => nn.MaxPool2d(2, ceil_mode: true),
            _ => nn.MaxPool2d(2),
        };
        var map = form switch
        {
            "20 channels" => randn(2, 20, 9, 9),
            "double precision" => randn(2, 16, 9, 9, dtype: ScalarType.Float64),
            _ => randn(2, 16, 9, 9),
        };
        var expected = nn.functional.relu(pool.call(map));
        var answer = PooledActivation.Run(pool, map);
        Assert.Equal(expected.shape, answer.shape);
        Assert.Equal(expected.contiguous().bytes.ToArray(), answer.contiguous().bytes.ToArray());
    }

    [Fact]
    public void A_map_too_small_for_a_window_is_refused_by_torch()
    {
        using var scope = NewDisposeScope();
        using var pool = nn.MaxPool2d(2);
        var refusal = Assert.ThrowsAny<Exception>(() => PooledActivation.Run(pool, randn(2, 16, 1, 8)));
        Assert.Contains("Output size is too small", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_map_stays_as_it_was_and_no_tensor_is_left_behind()
    {
        using var scope = NewDisposeScope();
        var (map, upstream) = (randn(2, 32, 8, 8), randn(2, 32, 4, 4));
        var before = map.bytes.ToArray();
        Answers(map, upstream, PooledActivation.Run).ForEach(tensor => tensor.Dispose());
        var living = Tensor.TotalCount;
        Answers(map, upstream, PooledActivation.Run).ForEach(tensor => tensor.Dispose());
        Assert.Equal(living, Tensor.TotalCount);
        Assert.Equal(before, map.bytes.ToArray());
    }

    [Fact]
    public void A_gradient_that_was_handed_on_is_let_go_before_the_batch_ends()
    {
        using var scope = NewDisposeScope();
        using var pool = nn.MaxPool2d(2);
        var input = randn(2, 16, 32, 32).permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2).requires_grad_();
        var pooled = input;
        for (var stage = 0; stage < 4; stage++)
        {
            pooled = PooledActivation.Run(pool, pooled);
        }

        var upstream = ones_like(pooled);
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        pooled.backward([upstream]);
        Assert.Equal(before + 1, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    private static void AssertSame(Tensor map, Tensor upstream, double places)
    {
        var together = Answers(map, upstream, PooledActivation.Run);
        var published = Answers(map, upstream, Published);
        Assert.All(
            together.Zip(published),
            pair => Assert.Equal(pair.Second.contiguous().bytes.ToArray(), pair.First.contiguous().bytes.ToArray()));
        Assert.InRange(together[1].ne(0).to(ScalarType.Float32).mean().item<float>(), .5 * places, 1.1 * places);
    }

    private static Tensor Published(MaxPool2d pool, Tensor map) => pool.call(nn.functional.relu(map));

    private static List<Tensor> Answers(Tensor map, Tensor upstream, Func<MaxPool2d, Tensor, Tensor> run)
    {
        using var scope = NewDisposeScope();
        using var pool = nn.MaxPool2d(2, stride: 2);
        var input = map.detach().alias().requires_grad_();
        var pooled = run(pool, input);
        pooled.backward([upstream]);
        return [pooled.detach().MoveToOuterDisposeScope(), input.grad!.MoveToOuterDisposeScope()];
    }
}
