using System.CommandLine;
using CovidNotebooks.Cli;
using Spectre.Console;

namespace Tests.Cli;

/// <summary>What every verb has in common: its help, how a bad call is refused, how a failure is told.</summary>
public sealed class KitCommandTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("kit-test-");

    public static TheoryData<string> Verbs => [.. All(Root(Path.GetTempPath())).Select(KitHelp.Verb)];

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task Help_begins_its_usage_with_the_whole_verb_on_one_line(string verb)
    {
        var (exitCode, text, errors) = await KitConsole.CallAsync(folder.FullName, 80, [.. verb.Split(' ').Skip(1), "--help"]);
        Assert.Equal((0, ""), (exitCode, errors));
        var usage = Assert.Single(text.Split('\n'), line => line.StartsWith("Usage:", StringComparison.Ordinal)).TrimEnd();
        Assert.StartsWith($"Usage: {verb} ", usage, StringComparison.Ordinal);
        Assert.EndsWith(" [options]", usage, StringComparison.Ordinal);
        Assert.Contains("Options:", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("kit runs compare", "Usage: kit runs compare RUN RUN ... [options]")]
    [InlineData("kit run", "Usage: kit run NOTEBOOK ... [options]")]
    [InlineData("kit runs", "Usage: kit runs VERB [options]")]
    [InlineData("kit data check", "Usage: kit data check [DIR] [options]")]
    [InlineData("kit sweep", "Usage: kit sweep NOTEBOOK [options]")]
    public void Usage_names_what_a_verb_takes(string verb, string usage) =>
        Assert.Equal(usage, KitHelp.Usage(All(Root(folder.FullName)).Single(command => KitHelp.Verb(command) == verb)));

    [Theory]
    [InlineData("--nosuch", "run", "n.ipynb", "--nosuch")]
    [InlineData("'kit runs show --help'", "runs", "show")]
    [InlineData("'kit --help'", "nosuch")]
    public async Task A_call_that_cannot_be_understood_is_one_line_and_ends_with_2(string named, params string[] call)
    {
        var (exitCode, text, errors) = await KitConsole.CallAsync(folder.FullName, 80, call);
        Assert.Equal((2, ""), (exitCode, text));
        Assert.Contains(named, Assert.Single(errors.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public void What_stands_behind_two_dashes_is_for_another_program() =>
        Assert.Null(KitCommand.Refused(Root(folder.FullName).Parse("jupyter -- --no-browser --port 8890")));

    [Theory]
    [InlineData("-5")]
    [InlineData("0")]
    [InlineData("NaN")]
    [InlineData("1e300")]
    public async Task A_time_limit_that_is_none_is_refused_before_the_first_cell(string limit)
    {
        var notebook = Path.Combine(folder.FullName, "n.ipynb");
        File.WriteAllText(notebook, """{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}""");
        var (exitCode, text, errors) = await KitConsole.CallAsync(folder.FullName, 400, "run", notebook, "--time-limit", limit);
        Assert.Equal((2, ""), (exitCode, errors));
        Assert.StartsWith("--time-limit ", Assert.Single(text.TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.Contains("expected seconds, more than 0", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failure_of_the_disk_is_one_sentence_and_ends_with_1()
    {
        var root = new RootCommand();
        var full = new Command("full");
        full.SetAction(int (_) => throw new IOException("No space left on device : '/x'"));
        var broken = new Command("broken");
        broken.SetAction(int (_) => throw new InvalidOperationException("a fault of the kit"));
        root.Add(full);
        root.Add(broken);
        using var errors = new StringWriter();
        Assert.Equal(1, await KitCommand.RunAsync(root, ["full"], errors));
        Assert.Equal("No space left on device : '/x'.\n", errors.ToString());
        await Assert.ThrowsAsync<InvalidOperationException>(() => KitCommand.RunAsync(root, ["broken"], errors));
    }

    private static RootCommand Root(string folder) =>
        KitCommand.Create(new Checkout(folder), AnsiConsole.Console, TimeProvider.System, KitConsole.Program);

    private static IEnumerable<Command> All(Command command) =>
        command.Subcommands.Where(verb => !verb.Hidden).SelectMany(All).Prepend(command);
}
