using CovidNotebooks.Cli.TextChecks;

namespace Tests.Cli.TextChecks;

/// <summary>What proves a number, on outputs small enough to see it.</summary>
public class NumberSearchTests
{
    private const string Metrics =
        """
        Evaluation on 624 images
        metric       value   95 % interval    n
        -----------  -----  --------------  ---
        accuracy     0.785  [0.747, 0.824]  624
        sensitivity  0.977  [0.962, 0.990]  390
        roc_auc      0.782  [0.700, 0.788]  624
        right by one only: 7; by the other only: 12
        matrix [[163, 71], [18, 342]] of maps of 7 x 7 cells
        """;

    [Theory]
    [InlineData("The accuracy is .785.", true)]
    [InlineData("The accuracy is .782.", false)]
    [InlineData("The AUC is .782.", true)]
    [InlineData("The accuracy is 78.5 %.", true)]
    [InlineData("The accuracy is .79.", true)]
    [InlineData("The accuracy is .7851.", false)]
    [InlineData("The accuracy is .747.", false)]
    [InlineData("An accuracy of .785 [.747, .824] was found.", true)]
    [InlineData("An accuracy of .785 [.747, .825] was found.", false)]
    [InlineData("An accuracy of .785 [.747, .788] was found.", false)]
    [InlineData("Bananas cost .785 here.", false)]
    [InlineData("On 624 images it errs.", true)]
    [InlineData("On 625 images it errs.", false)]
    [InlineData("The matrix is [[163, 71], [18, 342]].", true)]
    [InlineData("The matrix is [[163, 71], [48, 342]].", false)]
    [InlineData("It is a map of 7 × 7 cells.", true)]
    [InlineData("It is a map of 7 × 8 cells.", false)]
    public void A_number_needs_the_nearest_source(string prose, bool isFound) =>
        Assert.Equal(isFound, Findings(prose, "## Results").All(finding => finding.IsFound));

    [Fact]
    public void A_small_count_is_found_in_its_own_section_only()
    {
        Assert.True(Findings("One is right on 12 images only.", "## Results").Single().IsFound);
        Assert.False(Findings("One is right on 12 images only.", "## Looking inside").Single().IsFound);
        Assert.True(Findings("The matrix has 342 of them.", "## Looking inside").Single().IsFound);
    }

    [Fact]
    public void A_difference_may_be_told_with_the_other_sign()
    {
        var rows = SourceRows.Of("whole map minus window: AUC -0.1462 [-0.2322, -0.0602]", "cell", null).ToList();
        Assert.All(In("The AUC falls by .146 [.060, .232].", null).SelectMany(sentence => All(rows, sentence)),
            finding => Assert.True(finding.IsFound));
    }

    [Fact]
    public void Without_any_source_nothing_is_found() =>
        Assert.False(new NumberSearch([]).Find(In("Of 10 images.", null).Single(), 0).IsFound);

    [Theory]
    [InlineData("# 5 · Pneumonia\n\n1. One\n2. Two `--n 148` [arXiv:2006.11988](https://arxiv.org/abs/2006.11988)", "")]
    [InlineData("Code:\n\n    code 12\n\n```\n13\n```\n<!-- 14 -->", "")]
    [InlineData("Documents 1, 3 and 4 beside notebook 05, document 2's 203 images.", "203")]
    [InlineData("| name | 95 % interval |\n|---|---|\n| accuracy | [.7, .8] |", "95 .7 .8")]
    [InlineData("**1.** A bullet of document 1 with 20 splits.", "20")]
    public void Code_addresses_and_names_are_no_numbers_of_the_prose(string markdown, string expected) => Assert.Equal(
        expected, string.Join(' ', In(markdown, null).SelectMany(sentence => sentence.Numbers).Select(number => number.Text)));

    [Fact]
    public void A_sentence_knows_its_line() =>
        Assert.Equal(["line 1", "line 3", "line 3", "line 4"], In("# Title\n\nOne thing. And\nmore. Another 5.", null)
            .Select(sentence => sentence.Place));

    private static IEnumerable<Sentence> In(string markdown, string? section) => Prose.Of(markdown, line => $"line {line}", section);

    private static List<NumberFinding> Findings(string prose, string section) =>
        [.. In(prose, section).SelectMany(sentence => All([.. SourceRows.Of(Metrics, "code-1", "## Results")], sentence))];

    private static IEnumerable<NumberFinding> All(IReadOnlyList<SourceRow> rows, Sentence sentence) =>
        sentence.Numbers.Select((_, index) => new NumberSearch(rows).Find(sentence, index));
}
