using CovidNotebooks.Cli.Testing;

namespace Tests.Cli.Testing;

public class CoverageSummaryTests
{
    [Fact]
    public void A_line_that_any_test_project_executed_is_covered()
    {
        var folder = Directory.CreateTempSubdirectory("coverage-test-");
        try
        {
            Write(folder, "one", "<line number='1' hits='1' /><line number='2' hits='0' /><line number='3' hits='0' />");
            Write(folder, "two", "<line number='2' hits='7' /><line number='3' hits='0' />");

            var summary = CoverageSummary.Read(folder.FullName, "Library");

            Assert.Equal(new CoverageSummary(2, 3), summary);
            Assert.Equal(66.7, summary!.Percent, 1);
            Assert.Null(CoverageSummary.Read(folder.FullName, "Another"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData(950, "Line coverage of lib/X: 95.0 % (950 of 1000 lines).")]
    [
        InlineData(
            949,
            "Line coverage of lib/X: 94.9 % (949 of 1000 lines). This is below the 95 % that the tests are held to: add tests for "
                + "what they do not reach."),
    ]
    public void A_coverage_below_what_is_expected_says_so(int covered, string text) =>
        Assert.Equal(text, new CoverageSummary(covered, 1000).ToText("lib/X"));

    private static void Write(DirectoryInfo folder, string name, string lines) =>
        File.WriteAllText(
            Path.Combine(folder.CreateSubdirectory(name).FullName, "coverage.cobertura.xml"),
            "<coverage><packages><package name='Library'><classes><class name='C' "
                + $"filename='C.cs'><lines>{lines}</lines></class></classes></package></packages></coverage>");
}
