using CovidNotebooks.Training;
using Tests.Runs;
using static TorchSharp.torch;

namespace Tests.Training;

public class HeapTrimTests
{
    [Fact]
    public void It_waits_for_its_seconds_and_counts_them_anew_after_each_time()
    {
        var clock = new ManualClock();
        var trim = new HeapTrim(new CpuTuning { TrimSeconds = 5 }, clock);
        bool[] after = [.. new[] { 4.9, .2, 4.9, 60, 0 }.Select(seconds =>
        {
            clock.Advance(TimeSpan.FromSeconds(seconds));
            return trim.BeforeEpoch();
        })];
        Assert.Equal([false, true, false, true, false], after);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(5, false)]
    public void It_never_happens_when_it_is_switched_off_or_nothing_is_kept(int seconds, bool keeps)
    {
        var clock = new ManualClock();
        var trim = new HeapTrim(new CpuTuning(KeepFreedMemory: keeps) { TrimSeconds = seconds }, clock);
        clock.Advance(TimeSpan.FromDays(1));
        Assert.False(trim.BeforeEpoch());
    }

    [Fact]
    public void The_pages_of_holes_go_back_to_the_system()
    {
        new CpuTuning().Apply();
        _ = HeapTrim.ReturnHoles(); // Those of other tests.
        const int Megabytes = 512;
        var blocks = Enumerable.Range(0, Megabytes).Select(_ => zeros(1 << 18).fill_(1)).ToArray();
        foreach (var block in blocks.Where((_, i) => i % 2 == 0))
        {
            block.Dispose();
        }

        var before = Environment.WorkingSet;
        var some = HeapTrim.ReturnHoles();
        var returned = (before - Environment.WorkingSet) >> 20;
        Assert.All(blocks.Where((_, i) => i % 2 == 1), block => Assert.Equal(1, block[12345].item<float>()));
        Array.ForEach(blocks, block => block.Dispose());
        Assert.Equal(OperatingSystem.IsLinux(), some);
        if (some)
        {
            Assert.InRange(returned, Megabytes / 4, Megabytes);
        }
    }

    [Fact]
    public void A_negative_number_of_seconds_is_refused() =>
        Assert.Contains(
            "TrimSeconds is -1",
            Assert.Throws<ArgumentException>(new CpuTuning { TrimSeconds = -1 }.Validate).Message,
            StringComparison.Ordinal);
}
