using System.Globalization;
using CovidNotebooks.Data.Augmentation;
using CovidNotebooks.Display;
using FsCheck;
using FsCheck.Fluent;

namespace Tests.Display;

public class DisplayTests
{
    [Theory]
    [InlineData(.125, 2, "0.12")]
    [InlineData(.375, 2, "0.38")]
    [InlineData(.005, 2, "0.01")]
    [InlineData(2.675, 2, "2.67")]
    [InlineData(.5, 0, "0")]
    [InlineData(1.5, 0, "2")]
    [InlineData(9.996, 2, "10.00")]
    [InlineData(.9999, 2, "1.00")]
    [InlineData(-.125, 2, "-0.12")]
    [InlineData(0, 2, "0.00")]
    [InlineData(-0.0, 3, "0.000")]
    [InlineData(-.0004, 3, "0.000")]
    [InlineData(-.0006, 3, "-0.001")]
    [InlineData(-.4, 0, "0")]
    [InlineData(1e21, 1, "1000000000000000000000.0")]
    [InlineData(double.NaN, 2, "NaN")]
    public void FixedRoundsExactHalvesToEvenAsPythonDoes(double value, int decimals, string expected) =>
        Assert.Equal(expected, DisplayedNumber.Fixed(value, decimals));

    [Theory]
    [InlineData(.0124, "+0.012")]
    [InlineData(-.239, "-0.239")]
    [InlineData(.0004, "0.000")]
    [InlineData(-.0004, "0.000")]
    [InlineData(0, "0.000")]
    public void ADifferenceHasItsSignAndZeroHasNone(double value, string expected) => Assert.Equal(expected, DisplayedNumber.Signed(value));

    [Theory]
    [InlineData(20, "20")]
    [InlineData(-3, "-3")]
    [InlineData(-0.0, "0")]
    [InlineData(.78525641, "0.7853")]
    [InlineData(.01, "0.0100")]
    [InlineData(.00123456, "0.00123")]
    [InlineData(1e-5, "1e-05")]
    [InlineData(-.0000123456, "-1.23e-05")]
    [InlineData(770.0194055, "770.0194")]
    [InlineData(double.PositiveInfinity, "Infinity")]
    public void ANumberOfARunKeepsThreeDigitsAndCountsStayWhole(double value, string expected) =>
        Assert.Equal(expected, DisplayedNumber.Short(value));

    [Theory]
    [InlineData(1 / 255.0, "1/255 (0.00392)")]
    [InlineData(.00001, "1e-05")]
    [InlineData(.001, "0.001")]
    [InlineData(.123456789, "0.1235")]
    [InlineData(1.0, "1")]
    [InlineData(-.33333333333, "-0.3333")]
    [InlineData(42L, "42")]
    [InlineData(20200401L, "20200401")]
    [InlineData(true, "yes")]
    [InlineData(null, "–")]
    [InlineData("ZoomRange { Lowest = 0.95, Highest = 1.05 }", "0.95 to 1.05")]
    [InlineData("ZoomRange { Lowest = 0.8, Highest = 1.2000000000000002 }", "0.8 to 1.2")]
    [InlineData("samples // batch_size", "samples // batch_size")]
    public void ASettingIsShownShort(object? value, string expected) => Assert.Equal(expected, DisplayedSetting.Text(value));

    [Fact]
    public void ARangeIsShownByItsEnds() => Assert.Equal("0.95 to 1.05", DisplayedSetting.Text((ZoomRange).05));

    [Fact]
    public void FixedIsTheNearest() =>
        Check.QuickThrowOnFailure(Prop.ForAll(Arb.From(Gen.Choose(-100000, 100000).Select(i => i / 7919.0)), value =>
        Math.Abs(decimal.Parse(DisplayedNumber.Fixed(value), CultureInfo.InvariantCulture) - (decimal)value) <= .0005m));

    [Fact]
    public void CellsAndCaptionsAreEncoded()
    {
        var table = new Table("a < b", TableColumn.Text("<th>"), TableColumn.Number("n")).Add("<script>alert('x')</script>", "1")
            .Note("& so on");
        var html = table.ToHtml();
        Assert.DoesNotContain("<script>", html, StringComparison.Ordinal);
        Assert.Contains("a &lt; b", html, StringComparison.Ordinal);
        Assert.Contains("&lt;th&gt;", html, StringComparison.Ordinal);
        Assert.Contains("&amp; so on", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_in_columns_stand_under_one_caption_that_makes_none_of_them_wide()
    {
        var table = new Table("A caption", TableColumn.Text("a"), TableColumn.Number("b")).InColumns(2);
        foreach (var row in new[] { "x", "y", "z" })
        {
            table.Add(row, "1");
        }

        var html = table.Note("a note").ToHtml();

        Assert.Contains(">A caption</p>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<caption", html, StringComparison.Ordinal);
        var parts = html.Split("<table ");
        Assert.Equal([2, 1], parts[1..].Select(part => part.Split("<tr ").Length - 1));
        Assert.DoesNotContain("a note", parts[1], StringComparison.Ordinal);
        Assert.Contains("a note", parts[2], StringComparison.Ordinal);
    }

    [Fact]
    public void NumbersStandRightAndNoColourIsFixed()
    {
        var html = new Table(null, TableColumn.Text("a"), TableColumn.Number("b")).Add("x", "1").ToHtml();
        Assert.Contains("text-align:right", html, StringComparison.Ordinal);
        Assert.Contains("color:inherit", html, StringComparison.Ordinal);
        Assert.DoesNotContain("#fff", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<caption", html, StringComparison.Ordinal);
    }

    [Fact]
    public void PlainTextIsAligned() => Assert.Equal(
        "counts\nclass   images\n------  ------\nnormal     234\nill          9\n",
        new Table("counts", TableColumn.Text("class"), TableColumn.Number("images")).Add("normal", "234").Add("ill", "9").ToPlainText());

    [Fact]
    public void ARowOfTheWrongLengthNamesTheColumns() =>
        Assert.Contains(
            "class, images",
            Assert.Throws<ArgumentException>(
                () => new Table(null, TableColumn.Text("class"), TableColumn.Number("images")).Add("x")).Message,
            StringComparison.Ordinal);

    [Fact]
    public void ACardShowsNamesAndValues()
    {
        var card = new Card("settings").Add("epochs", 20).Add("rate", 1e-7).Add("reason", null).Add("augmented", true)
            .Add("sizes", new[] { 150, 150 });
        Assert.Equal(
            "settings\n  epochs     20\n  rate       1e-07\n  reason     –\n  augmented  yes\n  sizes      [150, 150]\n",
            card.ToPlainText());
        Assert.Contains("1e-07", card.ToHtml(), StringComparison.Ordinal);
    }

    [Fact]
    public void TheDisclaimerSaysNeverForDiagnosis()
    {
        Assert.Contains("never for diagnosis", new Disclaimer().ToHtml(), StringComparison.Ordinal);
        Assert.Contains("research and teaching", new Disclaimer().ToPlainText(), StringComparison.Ordinal);
    }

    [Fact]
    public void EveryDisplayedTypeCarriesItsFormatters()
    {
        var types = typeof(IDisplayed).Assembly.GetTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false } && typeof(IDisplayed).IsAssignableFrom(type)).ToArray();
        Assert.True(types.Length > 5);
        Assert.All(
            types,
            type =>
                Assert.Contains(
                    type.GetCustomAttributes(inherit: true),
                    attribute => string.Equals(attribute.GetType().Name, "TypeFormatterSourceAttribute", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(.03125, "0.0312")]
    [InlineData(.0001, "0.0001")]
    [InlineData(.00009, "< 0.0001")]
    [InlineData(1, "1.0000")]
    public void A_p_value_is_never_written_as_zero(double value, string text) => Assert.Equal(text, DisplayedNumber.PValue(value));
}
