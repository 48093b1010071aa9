using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using CovidNotebooks.Charts;
using Newtonsoft.Json.Linq;

namespace Tests.CovidNotebooks.Charts;

/// <summary>
/// What every chart keeps to: the palette that can be told apart with any common colour blindness, and an axis that says what it is.
/// </summary>
public partial class ChartStyleTests
{
    public static TheoryData<string> Names => FigureTests.Names;

    /// <summary>Okabe and Ito's colours (2008), as they are printed there.</summary>
    private static readonly string[] OkabeIto = ["#000000", "#E69F00", "#56B4E9", "#009E73", "#F0E442", "#0072B2", "#D55E00", "#CC79A7"];

    [Fact]
    public void The_palette_is_that_of_Okabe_and_Ito_and_greys()
    {
        var colors = typeof(ChartColors).GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.IsLiteral)
            .Select(field => (string)field.GetRawConstantValue()!).ToArray();
        Assert.Equal(9, colors.Length);
        Assert.All(
            colors, color => Assert.True(OkabeIto.Contains(color, StringComparer.OrdinalIgnoreCase) || IsGrey(Parsed(color)), color));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_colour_of_every_chart_is_of_the_palette_or_a_grey(string name)
    {
        var figure = JObject.Parse(FigureTests.Figures[name]().ToJson());
        var colors = figure.Descendants().OfType<JValue>()
            .Where(
                value =>
                    value.Type == JTokenType.String
                        && !value.Ancestors().OfType<JProperty>().Any(property => property.Name == "colorscale"))
            .SelectMany(
                value =>
                    NameOf(value).EndsWith("color", StringComparison.Ordinal) ? [(string)value!]
                    : ColorInText().Matches((string)value!).Select(match => match.Value))
            .ToArray();
        Assert.NotEmpty(colors);
        Assert.All(
            colors,
            color =>
                Assert.True(
                    IsGrey(Parsed(color)) || OkabeIto.Any(own => Parsed(own) == Parsed(color)),
                    $"{color} is neither of the palette nor grey"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Scales_of_colours_become_lighter_or_darker_all_the_way(string name)
    {
        var scales = JObject.Parse(FigureTests.Figures[name]().ToJson()).Descendants().OfType<JProperty>()
            .Where(property => property.Name == "colorscale").ToArray();
        Assert.Equal(name is "confusion matrix" || name.StartsWith("mean heat", StringComparison.Ordinal), scales.Length > 0);
        foreach (var scale in scales)
        {
            var lightness = scale.Value.Select(stop => Luminance(Parsed((string)stop[1]!))).ToArray();
            Assert.True(
                lightness.SequenceEqual(lightness.Order()) || lightness.SequenceEqual(lightness.OrderDescending()),
                string.Join(", ", lightness));
            Assert.True(Math.Abs(lightness[^1] - lightness[0]) > .4);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_axis_has_a_title_or_names_at_its_ticks(string name)
    {
        var layout = (JObject)JObject.Parse(FigureTests.Figures[name]().ToJson())["layout"]!;
        var axes = layout.Properties()
            .Where(
                property =>
                    property.Name.StartsWith("yaxis", StringComparison.Ordinal)
                        || property.Name.StartsWith("xaxis", StringComparison.Ordinal)).ToArray();
        Assert.Contains(axes, axis => axis.Name == "yaxis");

        // Panels side by side share the title of the leftmost.
        Assert.All(axes, axis => Assert.True(
            axes.Any(
                other =>
                    other.Name[0] == axis.Name[0]
                        && HasTitle(other.Value)
                        && (other == axis || (axis.Name[0] == 'y' && JToken.DeepEquals(other.Value["domain"], axis.Value["domain"]))))
            || axis.Value["ticktext"]?.Values<string>().All(text => !string.IsNullOrWhiteSpace(text)) == true,
            $"{axis.Name} has no title"));
    }

    private static bool HasTitle(JToken axis) => !string.IsNullOrWhiteSpace((string?)axis["title"]?["text"]);

    private static string NameOf(JToken value) => value.Ancestors().OfType<JProperty>().First().Name;

    private static bool IsGrey((int Red, int Green, int Blue) color) => color.Red == color.Green && color.Green == color.Blue;

    /// <summary>Relative luminance of sRGB, as the contrast rules for the web define it.</summary>
    private static double Luminance((int Red, int Green, int Blue) color)
    {
        return (.2126 * Linear(color.Red)) + (.7152 * Linear(color.Green)) + (.0722 * Linear(color.Blue));

        static double Linear(int level) =>
            level / 255.0 is var share && share <= .04045 ? share / 12.92 : Math.Pow((share + .055) / 1.055, 2.4);
    }

    private static (int Red, int Green, int Blue) Parsed(string color)
    {
        if (color == "white")
        {
            return (255, 255, 255);
        }

        if (color.StartsWith('#'))
        {
            return (Hex(1), Hex(3), Hex(5));
        }

        var numbers = Numbers().Match(color);
        Assert.True(numbers.Success, $"'{color}' is no colour that this test can read.");
        return (Number(1), Number(2), Number(3));

        int Hex(int from) => int.Parse(color.AsSpan(from, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        int Number(int group) => int.Parse(numbers.Groups[group].Value, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"#[0-9A-Fa-f]{6}\b|rgba?\([^)]*\)")]
    private static partial Regex ColorInText();

    [GeneratedRegex(@"^rgba?\((\d+), *(\d+), *(\d+)")]
    private static partial Regex Numbers();
}
