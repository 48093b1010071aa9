using System.Globalization;
using System.Xml.Linq;

namespace CovidNotebooks.Cli.Testing;

/// <summary>What one test project's run counted.</summary>
/// <param name="Project">Name of the test assembly.</param>
/// <param name="Passed">Tests that passed.</param>
/// <param name="Failed">Tests that failed, errors and time-outs among them, and one more when the run was aborted.</param>
/// <param name="Skipped">Tests that were found and not executed.</param>
/// <param name="Duration">From the first test's start to the last one's end.</param>
/// <param name="SkippedTests">Name and reason of each skipped test.</param>
/// <param name="FailedTests">Name, message, stack and output of each test that failed, and why the run was aborted when it was.</param>
/// <param name="GoldenFiles">
/// What the tests said of the golden files that they read: their output lines that begin with <c>golden:</c>.
/// </param>
internal sealed record TestResults(
    string Project,
    int Passed,
    int Failed,
    int Skipped,
    TimeSpan Duration,
    IReadOnlyList<string> SkippedTests,
    IReadOnlyList<string> FailedTests,
    IReadOnlyList<string> GoldenFiles)
{
    private const int MostLines = 40;

    private static readonly XNamespace Trx = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";

    /// <summary>Reads every .trx file of a folder, ordered by project; an empty list where there are none.</summary>
    public static IReadOnlyList<TestResults> Read(string folder) =>
        Directory.Exists(folder)
            ? [
                .. Directory.EnumerateFiles(folder, "*.trx").Select(file => Parse(XDocument.Load(file)))
                .OrderBy(run => run.Project, StringComparer.Ordinal),
            ]
            : [];

    /// <summary>Counts one .trx document.</summary>
    public static TestResults Parse(XDocument document)
    {
        var run = document.Root ?? throw new InvalidDataException("The test result file is empty.");
        var results = run.Descendants(Trx + "UnitTestResult").ToList();
        int With(string outcome) => results.Count(result => (string?)result.Attribute("outcome") == outcome);
        var passed = With("Passed");
        var skipped = results.Where(result => (string?)result.Attribute("outcome") == "NotExecuted").ToList();
        var times = run.Element(Trx + "Times");
        var assembly = run.Descendants(Trx + "TestMethod").Select(method => (string?)method.Attribute("codeBase"))
            .FirstOrDefault(path => path is not null) ?? "(no tests)";
        var project = Path.GetFileNameWithoutExtension(assembly);
        var aborted = run.Descendants(Trx + "RunInfo").Select(info => info.Value.Trim())
            .Where(text => text.Contains("run was aborted", StringComparison.Ordinal)).Select(text => Abortion(project, text)).ToList();
        return new TestResults(
            project,
            passed,
            results.Count - passed - skipped.Count + aborted.Count,
            skipped.Count,
            Instant(times, "finish") - Instant(times, "start"),
            [
                .. skipped.Select(result =>
                    $"{(string?)result.Attribute("testName")}: "
                    + $"{result.Descendants(Trx + "Message").Concat(result.Descendants(Trx + "StdOut")).FirstOrDefault()?.Value.Trim()}"),
            ],
            [
                .. results.Where(result => (string?)result.Attribute("outcome") is not ("Passed" or "NotExecuted")).Select(Failure),
                .. aborted,
            ],
            [
                .. results.Descendants(Trx + "StdOut").SelectMany(output => output.Value.Split('\n'))
                .Where(line => line.StartsWith("golden:", StringComparison.Ordinal)).Select(line => line.TrimEnd()),
            ]);
    }

    /// <summary>A test host that died took the tests with it that had not run: they are in no count.</summary>
    private static string Abortion(string project, string why) => string.Join(
        '\n',
        [
            $"{project}: the run was aborted, and the tests that had not run yet are in no count",
            .. why.Split('\n').Take(MostLines).Select(line => "  " + line.TrimEnd()),
        ]);

    private static string Failure(XElement result)
    {
        string[] told =
        [
            .. new[] { "Message", "StackTrace", "StdOut" }.SelectMany(part => result.Descendants(Trx + part))
            .SelectMany(part => part.Value.TrimEnd().Split('\n')).Select(line => "  " + line.TrimEnd()),
        ];
        return string.Join(
            '\n',
            [
                (string?)result.Attribute("testName") ?? "(a test without a name)",
                .. told.Length > 0 ? told : ["  It ended as " + (string?)result.Attribute("outcome") + " and left no message."],
            ]);
    }

    private static DateTimeOffset Instant(XElement? times, string name) =>
        DateTimeOffset.TryParse((string?)times?.Attribute(name), CultureInfo.InvariantCulture, out var instant) ? instant : default;
}
