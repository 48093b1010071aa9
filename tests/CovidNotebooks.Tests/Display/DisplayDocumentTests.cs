using CovidNotebooks.Display;

namespace Tests.Display;

/// <summary>One document, three forms.</summary>
public class DisplayDocumentTests
{
    private static readonly DisplayDocument Document = new DisplayDocument(new Heading("A <title>"))
        .Say("Found <b>.", ParagraphKind.Finding)
        .Say("Mind this.", ParagraphKind.Warning)
        .Add(new BulletList("one", "two"))
        .Fold("The rest", new Card("card").Add("epochs", 20))
        .Add(new Section("Part", new Paragraph("inside")))
        .Add(new Drawing("<svg></svg>"));

    [Fact]
    public void Html_encodes_folds_and_holds_no_script()
    {
        var html = Document.ToHtml();

        Assert.Contains("Found &lt;b&gt;.", html, StringComparison.Ordinal);
        Assert.Matches("<details[^>]*><summary[^>]*>The rest</summary>", html);
        Assert.Contains("<svg></svg>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.Matches("(?s)Found.*Mind this.*one.*The rest.*epochs.*Part.*inside", html);
    }

    [Fact]
    public void Plain_text_is_open_and_in_order() => Assert.Equal(
        "A <title>\nFound <b>.\nMind this.\n- one\n- two\n\nThe rest:\n\ncard\n  epochs  20\n\nPart\n====\ninside\n",
            Document.ToPlainText());

    [Fact]
    public void Markdown_has_every_block_but_drawings() => Assert.Equal(
        "# A \\<title\\>\n\n**Found \\<b\\>.**\n\n> **Mind this.**\n\n- one\n- two\n\nThe rest:\n\n**card**\n\n"
            + "| name | value |\n| --- | --- |\n| epochs | 20 |\n\n## Part\n\ninside\n",
        Document.ToMarkdown());

    [Fact]
    public void A_block_that_no_form_knows_is_refused_with_the_place_for_it() => Assert.Contains(
        "There is no Markdown for a UnknownBlock. Add a case to MarkdownRenderer.",
        Assert.Throws<ArgumentException>(() => new DisplayDocument(new UnknownBlock()).ToMarkdown()).Message,
        StringComparison.Ordinal);

    private sealed class UnknownBlock : DisplayBlock;

    [Fact]
    public void Markdown_cannot_become_markup()
    {
        var markdown = new DisplayDocument(new Paragraph("a*b_c <i> [x](y) [0.1, 0.2]")).ToMarkdown();

        Assert.Equal("a\\*b\\_c \\<i\\> \\[x\\]\\(y\\) \\[0.1, 0.2\\]\n", markdown);
        Assert.Equal("[0.1, 0.2] (n = 3)\n", new DisplayDocument(new Paragraph("[0.1, 0.2] (n = 3)")).ToMarkdown());
    }

    [Fact]
    public void A_table_of_items_aligns_numbers_and_dashes_what_is_missing()
    {
        (string Name, double? Share, int Count)[] items = [("a", .12345, 1_000), ("b", null, 2)];

        var table = Table.Of("t", items, ("name", item => item.Name), ("share", item => item.Share), ("count", item => item.Count));

        Assert.Equal("t\nname  share  count\n----  -----  -----\na     0.123  1,000\nb         –      2\n", table.ToPlainText());
        Assert.Equal("**t**\n\n| name | share | count |\n| --- | ---: | ---: |\n| a | 0.123 | 1,000 |\n| b | – | 2 |\n",
            table.ToMarkdown());
    }

    [Fact]
    public void Nothing_is_left_of_a_fold_without_content() =>
        Assert.Empty(new DisplayDocument().Fold("empty", new DisplayDocument()).Blocks);
}
