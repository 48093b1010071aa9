using System.Xml.Linq;
using CovidNotebooks.Cli.Testing;

namespace Tests.Cli.Testing;

public class TestResultsTests
{
    private const string Trx = """
        <TestRun xmlns="http://microsoft.com/schemas/VisualStudio/TeamTest/2010">
          <Times start="2026-01-02T10:00:00.0000000+00:00" finish="2026-01-02T10:00:12.5000000+00:00" />
          <Results>
            <UnitTestResult testName="A.Passes" outcome="Passed"><Output><StdOut>some text&#xD;
        golden: 3 files of 2 kinds&#xD;
        more</StdOut></Output></UnitTestResult>
            <UnitTestResult testName="A.Fails" outcome="Failed"><Output><StdOut>seed 7</StdOut><ErrorInfo><Message>1 is not 2&#xD;
        at all</Message><StackTrace>at A.Fails()</StackTrace></ErrorInfo></Output></UnitTestResult>
            <UnitTestResult testName="A.TimesOut" outcome="Timeout" />
            <UnitTestResult testName="A.NeedsData" outcome="NotExecuted">
              <Output><ErrorInfo><Message>no data folder</Message></ErrorInfo></Output>
            </UnitTestResult>
          </Results>
          <TestDefinitions>
            <UnitTest name="A.Passes" storage="/somewhere/bin/some.tests.dll">
              <TestMethod codeBase="/somewhere/bin/Some.Tests.dll" />
            </UnitTest>
          </TestDefinitions>
        </TestRun>
        """;

    [Fact]
    public void Everything_that_neither_passed_nor_was_skipped_counts_as_failed()
    {
        var run = TestResults.Parse(XDocument.Parse(Trx));

        Assert.Equal(("Some.Tests", 1, 2, 1), (run.Project, run.Passed, run.Failed, run.Skipped));
        Assert.Equal(12.5, run.Duration.TotalSeconds);
    }

    [Fact]
    public void A_skipped_test_is_named_with_its_reason() =>
        Assert.Equal(["A.NeedsData: no data folder"], TestResults.Parse(XDocument.Parse(Trx)).SkippedTests);

    [Fact]
    public void A_failed_test_is_named_with_its_message_its_stack_and_what_it_wrote() =>
        Assert.Equal(
            ["A.Fails\n  1 is not 2\n  at all\n  at A.Fails()\n  seed 7", "A.TimesOut\n  It ended as Timeout and left no message."],
            TestResults.Parse(XDocument.Parse(Trx)).FailedTests);

    [Fact]
    public void A_run_that_was_aborted_is_a_failure_of_its_own_beside_those_of_its_tests()
    {
        var aborted = Trx.Replace("</TestRun>", """
              <ResultSummary outcome="Failed"><RunInfos>
                <RunInfo outcome="Error"><Text>[xUnit.net] A.Fails [FAIL]</Text></RunInfo>
                <RunInfo outcome="Error"><Text>
            The active test run was aborted. Reason: Test host process crashed : Stack overflow.</Text></RunInfo>
              </RunInfos></ResultSummary>
            </TestRun>
            """, StringComparison.Ordinal);

        var run = TestResults.Parse(XDocument.Parse(aborted));

        Assert.Equal((1, 3, 1), (run.Passed, run.Failed, run.Skipped));
        Assert.Equal(
            "Some.Tests: the run was aborted, and the tests that had not run yet are in no count\n"
                + "  The active test run was aborted. Reason: Test host process crashed : Stack overflow.",
            run.FailedTests[^1]);
    }

    [Fact]
    public void What_the_tests_say_of_their_golden_files_is_kept() =>
        Assert.Equal(["golden: 3 files of 2 kinds"], TestResults.Parse(XDocument.Parse(Trx)).GoldenFiles);

    [Fact]
    public void A_folder_that_is_not_there_holds_no_results() =>
        Assert.Empty(TestResults.Read(Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"))));
}
