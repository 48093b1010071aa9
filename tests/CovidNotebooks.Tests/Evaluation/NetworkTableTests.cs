using CovidNotebooks.Display;
using CovidNotebooks.Evaluation;

namespace Tests.Evaluation;

/// <summary>Tables of several networks and of parts of the images, and areas of answers without scores.</summary>
public class NetworkTableTests
{
    private static readonly Predictions Four = PairedTests.Answers(("a", 1, .9), ("b", 1, .4), ("c", 0, .2), ("d", 0, .1));

    [Fact]
    public void Each_network_has_its_numbers_in_a_row_and_one_that_gives_one_score_is_named()
    {
        var constant = PairedTests.Answers(("a", 1, .5), ("b", 1, .5), ("c", 0, .5), ("d", 0, .5));
        var blocks = NetworkTable.Of("On the test images", ("trained", EvaluationReport.Of(Four)),
            ("blind", EvaluationReport.Of(constant))).Describe().Blocks;
        Assert.Equal("blind gives every image the same score.", Assert.IsType<Paragraph>(blocks[0]).Text);
        var table = Assert.IsType<Table>(blocks[1]);
        Assert.Equal("On the test images", table.Caption);
        Assert.Equal($"called {Four.ClassNames[1]}", table.Columns[^1].Header);
        var row = table.Rows[0].Select(cell => cell.Text).ToArray();
        Assert.Equal(["trained", "4"], row[..2]);

        // Three of four are right; one of two positive images, both negative ones. The order of the scores is faultless.
        Assert.Equal(["0.750", "0.500", "1.000", "1.000"], row[2..6].Select(cell => cell[..5]));
        Assert.StartsWith("0.250 (1/4)", row[6], StringComparison.Ordinal);
        Assert.StartsWith("0.500", table.Rows[1][5].Text, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => NetworkTable.Of("none"));
    }

    [Fact]
    public void Parts_of_the_images_are_counted_with_their_scores_and_unknown_is_a_part()
    {
        var answers = new Predictions(Four.ClassNames, [.. Four.Items.Select((item, i) => item with { Source = i < 3 ? "here" : null })]);
        var table = answers.TableBy("By source", item => item.Source);
        var rows = table.Rows.Select(row => row.Select(cell => cell.Text).ToArray()).ToArray();
        Assert.Equal(["unknown", "1", "0.000 (0/1)", "0.100", "0.100", "0.100"], rows[0]);
        Assert.Equal(["here", "3", "0.333 (1/3)", "0.200", "0.500", "0.900"], rows[1]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void The_area_of_answers_without_scores_is_the_balanced_accuracy(int positive)
    {
        // Document 4's matrix, covid first: (471/500 + 259/300) / 2.
        var matrix = ConfusionMatrix.Of(new[,] { { 471, 29 }, { 41, 259 } }, ["Covid", "Normal"]);
        Assert.Equal(((471 / 500.0) + (259 / 300.0)) / 2, Auc.OfAnswers(matrix, positive), 1e-12);
        Assert.Equal(.903, Auc.OfAnswers(matrix, positive), .0005);
    }
}
