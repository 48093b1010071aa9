using CovidNotebooks.Kernel.Headless;
using CovidNotebooks.Kernel.Session;

namespace Tests.Kernel;

public sealed class TextTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("10%\r20%\r100%", "100%")]
    [InlineData("long line\rshort", "shortline")]
    [InlineData("a\r\nb", "a\nb")]
    [InlineData("ab\b\bc", "cb")]
    [InlineData("\b\bx", "x")]
    [InlineData("1\n2\r\r3\n", "1\n3\n")]
    [InlineData("a\r", "a")]
    public void A_carriage_return_overwrites_as_in_a_terminal(string written, string left)
    {
        var whole = new TerminalText();
        whole.Append(written);
        Assert.Equal(left, whole.ToString());
        var pieces = new TerminalText();
        foreach (var c in written)
        {
            pieces.Append(c.ToString());
        }

        Assert.Equal(left, pieces.ToString());
    }

    [Fact]
    public void Text_beyond_the_limit_is_counted_and_left_out()
    {
        var text = new TerminalText(limit: 10);
        text.Append("0123456789");
        text.Append("abc\nd");
        Assert.Equal("0123456789\n[… 5 more characters were written and are left out here]\n", text.ToString());
        text.Append("\rX");
        Assert.StartsWith("X123456789", text.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_comes_faster_than_it_is_taken_is_joined()
    {
        var queue = new EventQueue();
        queue.Put(new StreamWritten(CellStream.Out, "a"));
        queue.Put(new StreamWritten(CellStream.Out, "b"));
        queue.Put(new StreamWritten(CellStream.Error, "c"));
        var bundle = new CovidNotebooks.Kernel.Formatting.MimeBundle([]);
        queue.Put(new ValueUpdated("1", bundle));
        queue.Put(new ValueUpdated("1", bundle));
        queue.Put(new ValueUpdated("2", bundle));
        Assert.Equal(
            [
                new StreamWritten(CellStream.Out, "ab"),
                new StreamWritten(CellStream.Error, "c"),
                new ValueUpdated("1", bundle),
                new ValueUpdated("2", bundle),
            ],
            await queue.TakeAsync());
        queue.Put(new StreamWritten(CellStream.Out, "d"));
        queue.Close();
        Assert.Single((await queue.TakeAsync())!);
        Assert.Null(await queue.TakeAsync());
        Assert.Null(await queue.TakeAsync());
    }
}
