using CovidNotebooks.Evaluation;
using CovidNotebooks.Protocols;

namespace Tests.Protocols;

/// <summary>Which matrices could have given a document's printed numbers.</summary>
public class ExplainedNumbersTests
{
    /// <summary>
    /// By hand: .7702 = 114/148, .8358 = 56/67 and .7088 = 56/79, all cut after the fourth decimal; rounded they would end in 7703, 8358
    /// and 7089.
    /// </summary>
    [Theory]
    [InlineData(true, "[[58, 11], [23, 56]]")]
    [InlineData(false, "")]
    public void One_matrix_of_69_and_79_gives_document_2s_numbers_and_only_when_they_are_cut(bool cut, string expected)
    {
        var document = new Document2();
        var every = ConfusionMatrix.Every(69, 79, document.ClassNames).ToList();

        Assert.Equal(70 * 80, every.Count);
        Assert.Equal(
            expected, string.Join("; ", every.Where(matrix => document.Explains(matrix, cut: cut)).Select(matrix => matrix.ToLine())));
    }

    [Fact]
    public void Document_5s_misprint_is_found_by_adding_the_missing_images()
    {
        var document = new Document5();
        var printed = document.Matrices[0].Matrix;

        Assert.False(document.Explains(printed));
        Assert.True(document.Explains(printed.Plus(1, 0, 30)));
        Assert.Equal(document.Matrices[1].Matrix.ToLine(), printed.Plus(1, 0, 30).ToLine());
    }

    [Theory]
    [InlineData(.8346, true, true)]
    [InlineData(.8399, false, true)]
    [InlineData(.8300, true, true)]
    [InlineData(.8251, true, false)]
    [InlineData(.8249, false, false)]
    public void A_number_is_read_as_rounded_or_as_cut(double value, bool rounded, bool cut)
    {
        var number = new PublishedNumber("x", .83, 2, new("0.83"));

        Assert.Equal(rounded, number.Agrees(value, cut: false));
        Assert.Equal(cut, number.Agrees(value, cut: true));
        Assert.Equal(rounded || cut, number.Agrees(value));
    }
}
