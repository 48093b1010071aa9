namespace Tests.Kernel;

public sealed class SessionTests
{
    private static string Pre(string text) => $"<div class=\"dni-plaintext\"><pre>{text}</pre></div>";

    [Fact]
    public async Task State_is_carried_from_cell_to_cell()
    {
        var session = new TestSession();
        await session.ValueAsync("int x = 3; int Twice(int n) => 2 * n; record Point(int X, int Y);");
        await session.ValueAsync("using System.IO;");
        Assert.Equal(Pre("7"), await session.ValueAsync("Twice(x) + new Point(1, 2).X"));
        Assert.Equal(Pre("a/b"), await session.ValueAsync("HTML(Path.Combine(\"a\", \"b\")); Path.Combine(\"a\", \"b\") is var p ? new System.Uri(p, System.UriKind.Relative) : null"));
        await session.ValueAsync("string x = \"now a string\";");
        Assert.Equal("now a string", await session.ValueAsync("x"));
    }

    [Fact]
    public async Task Await_works_at_the_top_level()
    {
        var session = new TestSession();
        Assert.Equal(Pre("5"), await session.ValueAsync("await Task.Delay(1); var t = await Task.FromResult(5); t"));
        Assert.Equal("", await session.ValueAsync("await Task.CompletedTask"));
        Assert.Equal(Pre("6"), await session.ValueAsync("await Task.FromResult(6)"));
    }

    [Fact]
    public async Task A_compile_error_names_the_lines_of_the_cell()
    {
        var error = await new TestSession().ErrorAsync("var a = 1;\n\nvar b = c;\nint d = \"x\";");
        Assert.Equal(
            "(3,9): error CS0103: The name 'c' does not exist in the current context\n(4,9): error CS0029: Cannot implicitly convert type 'string' to 'int'",
            error.Message);
        Assert.Equal(3, error.Line);
    }

    [Fact]
    public async Task An_exception_gives_message_frames_and_line()
    {
        var session = new TestSession();
        await session.ValueAsync("void Deep(int n)\n{\n    if (n == 0)\n    {\n        throw new InvalidOperationException(\"too deep\");\n    }\n\n    Deep(n - 1);\n}");
        var error = await session.ErrorAsync("int before = 1;\nDeep(1);");
        Assert.Equal(
            [
                "System.InvalidOperationException: too deep",
                "   at Deep(Int32 n) in cell 1, line 5",
                "   at Deep(Int32 n) in cell 1, line 8",
                "   at cell 2, line 2",
            ],
            error.Traceback);
        Assert.Equal(("System.InvalidOperationException", "too deep", 2), (error.Name, error.Message, error.Line));
        Assert.Equal(Pre("1"), await session.ValueAsync("before"));
    }
}
