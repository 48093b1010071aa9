using System.Collections;
using Microsoft.AspNetCore.Html;
using Microsoft.DotNet.Interactive.Formatting;

namespace Tests.Kernel;

public sealed class FormattingTests : IDisposable
{
    public FormattingTests() => Formatter.ResetToDefault();

    public void Dispose() => Formatter.ResetToDefault();

    private static string Html(object? value) => value.ToDisplayString("text/html");

    private static string Pre(string text) => $"<div class=\"dni-plaintext\"><pre>{text}</pre></div>";

    public static TheoryData<object?, string> OneLiners => new()
    {
        { 42, "42" },
        { 2.5, "2.5" },
        { double.NaN, "NaN" },
        { 1e-7f, "1E-07" },
        { 3.10m, "3.10" },
        { true, "True" },
        { 'x', "x" },
        { DayOfWeek.Monday, "Monday" },
        { null, "&lt;null&gt;" },
        { "<b>", "&lt;b&gt;" },
        { typeof(Dictionary<string, int[]>), "Dictionary&lt;String,Int32[]&gt;" },
        { new[] { 1, 2, 3 }, "[ 1, 2, 3 ]" },
        { Array.Empty<int>(), "[  ]" },
        { new[] { "a", null }, "[ a, &lt;null&gt; ]" },
        { Enumerable.Range(0, 30).ToList(), "[ 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19 ... (10 more) ]" },
        { Enumerable.Range(0, 20).ToHashSet(), "[ 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19 ]" },
        { TimeSpan.FromSeconds(1.5), "00:00:01.5000000" },
        { new InvalidOperationException("x"), "System.InvalidOperationException: x" },
    };

    [Theory]
    [MemberData(nameof(OneLiners))]
    public void Scalars_and_rows_of_scalars_are_one_line(object? value, string text) => Assert.Equal(Pre(text), Html(value));

    [Fact]
    public void An_endless_sequence_shows_its_beginning()
    {
        static IEnumerable<int> Endless()
        {
            for (var i = 0; ; i++)
            {
                yield return i;
            }
        }

        Assert.EndsWith("18, 19 ... (more...) ]</pre></div>", Html(Endless()), StringComparison.Ordinal);
        Formatter.ListExpansionLimit = 2;
        Assert.Equal(Pre("[ 0, 1 ... (more...) ]"), Html(Endless()));
    }

    [Fact]
    public void Markup_is_written_as_it_is() => Assert.Equal("<i>x</i>", Html(new HtmlString("<i>x</i>")));

    [Fact]
    public void An_object_is_a_tree_of_its_members()
    {
        var html = Html(new { Name = "<a>", Inner = new { N = 1 } });
        Assert.StartsWith(
            "<details open=\"open\" class=\"dni-treeview\"><summary><span class=\"dni-code-hint\"><code>{ Name = &lt;a&gt;, Inner = "
                + "{ N = 1 } }</code></span></summary><div><table><thead><tr></tr></thead><tbody><tr><td style=\"text-align: "
                + "left;\">Name</td><td style=\"text-align: left;\">&lt;a&gt;</td></tr>",
            html,
            StringComparison.Ordinal);
        Assert.Contains("<details class=\"dni-treeview\">", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Objects_in_a_list_are_rows_and_their_properties_columns() => Assert.Equal(
        "<table><thead><tr><th><i>index</i></th><th>A</th><th>B</th></tr></thead><tbody><tr><td>0</td><td style=\"text-align: "
            + "left;\">x</td><td style=\"text-align: left;\"></td></tr><tr><td>1</td><td style=\"text-align: left;\"></td><td "
            + "style=\"text-align: left;\">y</td></tr></tbody></table>",
        Html(new object[] { new { A = "x" }, new { B = "y" } }));

    [Fact]
    public void A_dictionary_is_a_table_of_keys_and_values() => Assert.Equal(
        "<table><thead><tr><th><i>key</i></th><th>value</th></tr></thead><tbody><tr><td style=\"text-align: left;\">k</td><td "
            + "style=\"text-align: left;\">v</td></tr></tbody></table>",
        Html(new Dictionary<string, string> { ["k"] = "v" }));

    private sealed class Knot
    {
        public Knot Self => this;

        public override string ToString() => "knot";
    }

    private sealed class Wide
    {
        public object[] Many =>
            Enumerable.Range(0, 20).Select(object (_) => new { A = new { B = new { C = new Wide() } }, D = new { E = new Wide() } })
                .ToArray();

        public override string ToString() => "wide";
    }

    [Fact]
    public void Members_are_followed_to_the_recursion_limit_and_a_type_inside_itself_once()
    {
        var nested = new { A = new { B = new { C = new { D = new { E = new { F = new { G = 1 } } } } } } };
        Assert.Equal(Formatter.RecursionLimit, Html(nested).Split("<details").Length - 1);
        Assert.EndsWith("F: { G = 1 }", nested.ToDisplayString(), StringComparison.Ordinal);
        Assert.Equal(2, Html(new Knot()).Split("<details").Length - 1);
        Assert.Equal("Knot\n  Self: Knot\n    Self: knot", new Knot().ToDisplayString());
    }

    [Fact]
    public void A_wide_and_deep_value_stays_small() => Assert.InRange(Html(new Wide()).Length, 10_000, 300_000);

    private sealed class Failing
    {
        public int Fine => 1;

        public int Bad => throw new InvalidOperationException("not now");

        public override string ToString() => throw new NotSupportedException("no name");
    }

    [Fact]
    public void A_member_that_throws_shows_its_exception()
    {
        var html = Html(new Failing());
        Assert.Contains(
            "<td style=\"text-align: left;\">Bad</td><td style=\"text-align: left;\">InvalidOperationException: not now</td>",
            html,
            StringComparison.Ordinal);
        Assert.Contains("Failing (its ToString threw NotSupportedException: no name)", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text", "text/plain")]
    [InlineData(1, "text/html")]
    public void Text_is_shown_as_text_and_all_else_as_html(object value, string mimeType) =>
        Assert.Equal([mimeType], Formatter.GetPreferredMimeTypesFor(value.GetType()));

    private class Animal
    {
        public override string ToString() => GetType().Name;
    }

    private sealed class Dog : Animal, IEnumerable
    {
        public IEnumerator GetEnumerator() => Array.Empty<int>().GetEnumerator();
    }

    [Fact]
    public void The_most_specific_type_wins_then_the_last_registration()
    {
        Formatter.Register<object>(o => "object", "text/html");
        Formatter.Register<IEnumerable>((o, w) => w.Write("sequence"), "text/html");
        Assert.Equal("sequence", Html(new Dog()));
        Formatter.Register<Animal>(a => "animal", "text/html");
        Formatter.Register<Animal>(a => "animal again", "text/html");
        Assert.Equal("animal again", Html(new Dog()));
        Formatter.Register<Dog>((d, context) => false, "text/html");
        Assert.Equal("animal again", Html(new Dog()));
        Formatter.Register(typeof(List<>), (o, w) => w.Write("list"), "text/html");
        Assert.Equal("list", Html(new List<int>()));
        Formatter.ResetToDefault();
        Assert.Equal(Pre("[  ]"), Html(new Dog()));
    }

    [Fact]
    public void What_cannot_be_formatted_is_refused()
    {
        Assert.Contains(
            "No formatter is registered for MIME type text/csv",
            Assert.Throws<ArgumentException>(() => 1.ToDisplayString("text/csv")).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Formatter.SetPreferredMimeTypesFor(typeof(int)));
        Assert.Throws<ArgumentException>(() => Formatter.SetPreferredMimeTypesFor(typeof(int), " "));
        Assert.Throws<ArgumentNullException>(() => Formatter.SetPreferredMimeTypesFor(null!, "text/html"));
        Assert.Throws<ArgumentException>(() => Formatter.ListExpansionLimit = -1);
    }

    [Fact]
    public void Plain_text_and_json_of_values()
    {
        Assert.Equal("[ 1, 2 ]", new[] { 1, 2 }.ToDisplayString());
        Assert.Equal("KeyValuePair<String,Int32>\n  Key: a\n  Value: 1", KeyValuePair.Create("a", 1).ToDisplayString());
        Assert.Equal(
            "{\"A\":1,\"B\":[\"é\"],\"C\":\"NaN\"}", new { A = 1, B = new[] { "é" }, C = double.NaN }.ToDisplayString("application/json"));
    }
}
