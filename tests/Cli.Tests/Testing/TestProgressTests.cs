using CovidNotebooks.Cli.Testing;

namespace Tests.Cli.Testing;

public class TestProgressTests
{
    [Fact]
    public void A_long_project_is_seen_to_be_alive_and_a_failure_is_told_at_once()
    {
        using var output = new StringWriter();
        var clock = new Clock();
        var progress = new TestProgress(output, clock);
        progress.Take("Test run for /x/CovidNotebooks.Tests.dll (.NETCoreApp,Version=v10.0)");
        progress.Take("  Passed Tests.A.B(x: 1) [12 ms]");
        progress.Take("  Skipped Tests.A.C [1 ms]");
        progress.Take("  Failed Tests.A.D [2 s]");
        progress.Take("      Failed of a stack or a message, deeper");
        progress.Take("  Error Message:");
        clock.Now += TimeSpan.FromSeconds(31);
        progress.Tell();
        clock.Now += TimeSpan.FromSeconds(65);
        progress.Tell();
        progress.Take("Test run for /x/Cli.Tests.dll (.NETCoreApp,Version=v10.0)");
        progress.Take("The active test run was aborted. Reason: Test host process crashed");
        Assert.Equal(
            """
            CovidNotebooks.Tests ...
            CovidNotebooks.Tests: failed: Tests.A.D
            CovidNotebooks.Tests: 3 tests so far (31.0 s)
            CovidNotebooks.Tests: 3 tests so far, none has ended for 1 min 36 s (1 min 36 s)
            Cli.Tests ...
            The active test run was aborted. Reason: Test host process crashed

            """,
            output.ToString(),
            ignoreLineEndingDifferences: true);
    }

    private sealed class Clock : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }
}
