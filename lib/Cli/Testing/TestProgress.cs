using System.Text.RegularExpressions;

namespace CovidNotebooks.Cli.Testing;

/// <summary>
/// Follows what <c>dotnet test</c> prints, a line a test, and makes of it a line now and then: a long project is seen to be alive.
/// </summary>
/// <param name="output">Where the lines go.</param>
/// <param name="clock">Where time comes from.</param>
internal sealed partial class TestProgress(TextWriter output, TimeProvider clock)
{
    private readonly Lock gate = new();
    private readonly long started = clock.GetTimestamp();
    private long lastEnded = clock.GetTimestamp();
    private string project = "the tests";
    private int ended;
    private int told;

    /// <summary>How often <see cref="Tell"/> is to be called.</summary>
    public static TimeSpan Interval { get; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Takes a line of the test run. Tests that passed or were skipped are counted; a failure, and what is no result of a test, is passed
    /// on at once.
    /// </summary>
    public void Take(string line)
    {
        lock (gate)
        {
            if (Project().Match(line) is { Success: true } begun)
            {
                project = begun.Groups["name"].Value;
                (ended, told, lastEnded) = (0, 0, clock.GetTimestamp());
                output.WriteLine($"{project} ...");
            }
            else if (Result().Match(line) is { Success: true } result)
            {
                ended++;
                lastEnded = clock.GetTimestamp();
                if (result.Groups["how"].Value == "Failed")
                {
                    output.WriteLine($"{project}: failed: {result.Groups["test"].Value}");
                }
            }
            else if (Problem().IsMatch(line))
            {
                output.WriteLine(line.TrimEnd());
            }
        }
    }

    /// <summary>Writes how far the project is; that nothing has ended since the last line is said too.</summary>
    public void Tell()
    {
        lock (gate)
        {
            var since = ended > told ? "" : $", none has ended for {Running.RunDisplay.Elapsed(clock.GetElapsedTime(lastEnded))}";
            output.WriteLine($"{project}: {ended} tests so far{since} ({Running.RunDisplay.Elapsed(clock.GetElapsedTime(started))})");
            told = ended;
        }
    }

    [GeneratedRegex(@"Test run for .*?(?<name>[^/\\]+)\.dll", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Project();

    [
        GeneratedRegex(
            @"\A  (?<how>Passed|Failed|Skipped) (?<test>\S.*?)( \[.*\])?\s*\z",
            RegexOptions.ExplicitCapture,
            matchTimeoutMilliseconds: 1000),
    ]
    private static partial Regex Result();

    [
        GeneratedRegex(
            @"\b(error|warning) [A-Z]+\d+|aborted|crashed|unhandled exception",
            RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
            matchTimeoutMilliseconds: 1000),
    ]
    private static partial Regex Problem();
}
