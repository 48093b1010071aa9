using CovidNotebooks.Cli.TextChecks;

namespace Tests.Cli.TextChecks;

public class NumberInTextTests
{
    [Theory]
    [InlineData("an accuracy of .833 [.799, .863], 0.81 there", ".833 .799 .863 0.81")]
    [InlineData("5,216 X-rays, 82.8 %, 1e-4, 224 × 224, from −217,471 to 217,539", "5,216 82.8% 1e-4 224 224 217,471 217,539")]
    [InlineData("between 70 and 80 %, 88–91 %", "70% 80% 88% 91%")]
    [InlineData("It ends in 1998. [[163, 71], [18, 342]], 26 : 74, p<.05", "1998 163 71 18 342 26 74 .05")]
    [InlineData("VGG16 COVID-19 F1 05-corrected IM-0033-0001.jpeg 10.17632/rscbjbr9sj v1.2 64-bit notebook 05 112px", "")]
    [InlineData("", "")]
    [InlineData("torch 2.10.0, libstdc++ 3.4.30", "")]
    public void Numbers_are_found_and_names_are_not(string text, string expected) =>
        Assert.Equal(expected, string.Join(' ', NumberInText.In(text).Select(number => number.Text + (number.IsPercent ? "%" : ""))));

    [Theory]
    [InlineData(".833", "0.8328", true)]
    [InlineData(".833", "0.8325", true)]
    [InlineData(".833", "0.8335", false)]
    [InlineData(".833", "0.83", false)]
    [InlineData(".90", "0.9000", true)]
    [InlineData("82.8 %", "0.8276", true)]
    [InlineData("82.8 %", "0.83", false)]
    [InlineData(".828", "82.8 %", true)]
    [InlineData("15 %", "0.146", true)]
    [InlineData("5,216", "5216", true)]
    [InlineData("5,216", "5216.0", false)]
    [InlineData("624", "624 %", false)]
    [InlineData("1e-4", "0.0001", true)]
    [InlineData("1e-4", "1e-04", true)]
    [InlineData("1e-4", "0.001", false)]
    [InlineData("0.0001", "1e-4", true)]
    public void A_source_proves_a_number_at_its_digits(string number, string source, bool proves) =>
        Assert.Equal(proves, NumberInText.In(number)[0].IsProvenBy(NumberInText.In(source)[0]));

    [Theory]
    [InlineData(".833", "0.8361", 6)]
    [InlineData(".833", "0.8461", null)]
    [InlineData("48", "42", 2)]
    [InlineData("48", "148", null)]
    [InlineData("7", "12", null)]
    [InlineData("1e-4", "0.00001", 5)]
    [InlineData("1e-4", "0.00002", null)]
    public void A_source_that_differs_in_the_last_digit_names_that_digit(string number, string source, int? digit) =>
        Assert.Equal(digit, NumberInText.In(number)[0].LastDigitBy(NumberInText.In(source)[0]));

    [Fact]
    public void Numbers_without_end_are_no_numbers()
    {
        Assert.Empty(NumberInText.In(new string('9', 100_000)));
        Assert.Empty(NumberInText.In("1e-999999999999"));
        var huge = NumberInText.In("99999999999999999999 and 0.1234567890123456789");
        Assert.False(huge[0].IsProvenBy(huge[1]));
        Assert.Null(huge[1].LastDigitBy(huge[0]));
    }
}
