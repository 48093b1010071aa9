using System.Diagnostics;
using TorchSharp;
using Xunit.Abstractions;
using static TorchSharp.torch;

namespace Tests.Torch;

/// <summary>A hundred thousand calls give the right values, leave nothing behind, and say what one costs.</summary>
[Collection("one at a time")]
public class CallTests(ITestOutputHelper output)
{
    private const int Calls = 100_000;

    [Fact]
    public void Calls_leave_nothing_behind()
    {
        using var one = ones(4);
        using var sum = zeros(4);
        var live = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        var before = Environment.WorkingSet;
        for (var i = 0; i < Calls; i++)
        {
            using var two = one + one;
            sum.add_(two);
            using var scope = NewDisposeScope();
            var parts = cat([one, two]).reshape(2, 4).split([1, 1]);
            Assert.Equal(2, parts.Length);
        }

        Assert.Equal(live, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        Assert.Equal([2f * Calls, 2f * Calls, 2f * Calls, 2f * Calls], sum.data<float>().ToArray());
        Assert.InRange(Environment.WorkingSet - before, long.MinValue, 200L << 20);
    }

    [Fact]
    public void Memory_is_given_back()
    {
        var before = Environment.WorkingSet;
        for (var i = 0; i < 3000; i++)
        {
            using var scope = NewDisposeScope();
            var x = zeros(1 << 18, requires_grad: true);
            (x * x).sum().backward();
        }

        Assert.InRange(Environment.WorkingSet - before, long.MinValue, 500L << 20);
    }

    [Fact]
    public void Failing_calls_leave_nothing_behind()
    {
        using var scope = NewDisposeScope();
        var (a, b) = (ones(2), ones(3));
        for (var i = 0; i < 100; i++)
        {
            Assert.ThrowsAny<Exception>(() => a + b);
        }

        Assert.Equal(2, scope.DisposablesCount);
    }

    [Fact]
    public void Long_lists_are_passed_whole()
    {
        using var scope = NewDisposeScope();
        var many = Enumerable.Range(0, 1000).Select(i => tensor(new[] { (long)i })).ToList();
        Assert.Equal([.. Enumerable.Range(0, 1000).Select(i => (long)i)], cat(many).data<long>().ToArray());
        var sizes = Enumerable.Repeat(1L, 1000).ToArray();
        Assert.Equal(1000, cat(many).split(sizes).Length);
    }

    [Fact]
    public void The_cost_of_a_call_is_told()
    {
        using var a = ones(4);
        using var b = ones(4);
        var best = double.MaxValue;
        for (var round = 0; round < 5; round++)
        {
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < Calls / 5; i++)
            {
                a.add(b).Dispose();
            }

            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalMicroseconds / (Calls / 5));
        }

        output.WriteLine(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"add of two tensors of 4 elements, result disposed: {best:F2} µs a call"));
        Assert.True(best > 0);
    }
}
