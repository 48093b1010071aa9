using TorchSharp;
using static TorchSharp.torch;

namespace Tests.Torch;

/// <summary>One at a time, because they set the process's own generator and thread count.</summary>
[Collection("one at a time")]
public class GeneratorTests
{
    [Fact]
    public void A_seed_gives_its_numbers_again()
    {
        using var scope = NewDisposeScope();
        manual_seed(7);
        var first = randn(5);
        Assert.Equal(7, initial_seed());
        manual_seed(7);
        Assert.True(first.Equals(randn(5)));
        Assert.False(first.Equals(randn(5)));
    }

    [Fact]
    public void A_generator_is_a_stream_of_its_own()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var expected = rand(3);
        using var generator = new Generator(1);
        Assert.True(expected.Equals(rand([3], generator: generator)));
        manual_seed(1);
        _ = rand([3], generator: generator);
        Assert.True(expected.Equals(rand(3)));
        Assert.Equal(1, generator.initial_seed());
        Assert.Equal(DeviceType.CPU, generator.device.type);
    }

    [Fact]
    public void A_state_is_kept_and_brought_back()
    {
        using var scope = NewDisposeScope();
        var state = get_rng_state();
        var first = rand(4);
        set_rng_state(state);
        Assert.True(first.Equals(rand(4)));

        using var generator = new Generator(3);
        var own = generator.get_state();
        var permutation = randperm(20, generator: generator);
        generator.set_state(own);
        Assert.True(permutation.Equals(randperm(20, generator: generator)));
        Assert.NotEqual(generator.seed(), generator.seed());
    }

    [Fact]
    public void A_disposed_generator_cannot_be_used()
    {
        var generator = new Generator(3);
        generator.Dispose();
        Assert.Throws<InvalidOperationException>(() => generator.seed());
        Assert.Throws<InvalidOperationException>(() => rand([2], generator: generator));
    }

    [Fact]
    public void Random_numbers_lie_where_they_should()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(11);
        Assert.Equal([0L, 1, 2, 3, 4, 5], randperm(6, generator: generator).sort().Values.data<long>().ToArray());
        var sample = normal(3, .5, [10_000], float64, generator: generator);
        Assert.InRange(sample.mean().item<double>(), 2.98, 3.02);
        Assert.InRange(sample.std().item<double>(), .49, .51);
        var digits = randint(2, 5, [1000], generator: generator).unique().output;
        Assert.Equal([2L, 3, 4], digits.data<long>().ToArray());
    }

    [Fact]
    public void The_thread_count_is_set()
    {
        var before = get_num_threads();
        set_num_threads(1);
        Assert.Equal(1, get_num_threads());
        set_num_threads(before);
        Assert.True(get_num_interop_threads() > 0);
    }
}
