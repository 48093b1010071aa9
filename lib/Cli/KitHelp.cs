using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Text.RegularExpressions;

namespace CovidNotebooks.Cli;

/// <summary>
/// The parser's help with one line <c>Usage:</c> that holds the whole verb, for example <c>Usage: kit runs compare RUN RUN [options]</c>.
/// </summary>
/// <param name="help">The help of the parser.</param>
internal sealed partial class KitHelp(SynchronousCommandLineAction help) : SynchronousCommandLineAction
{
    /// <summary>Gives a root command, and with it every verb below, this help.</summary>
    public static void GiveTo(RootCommand root)
    {
        foreach (var option in root.Options.OfType<HelpOption>())
        {
            option.Action = option.Action is SynchronousCommandLineAction own ? new KitHelp(own) : option.Action;
        }
    }

    /// <summary>The verb with everything that it takes.</summary>
    public static string Usage(Command command)
    {
        string[] parts =
        [
            Verb(command),
            .. command.Subcommands.Any(verb => !verb.Hidden) ? ["VERB"] : Array.Empty<string>(),
            .. command.Arguments.Where(argument => !argument.Hidden).Select(Word),
            "[options]",
        ];
        return "Usage: " + string.Join(' ', parts);
    }

    /// <summary>The verb with those that it stands under: <c>kit runs compare</c>.</summary>
    public static string Verb(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? $"{Verb(parent)} {command.Name}" : "kit";

    public override int Invoke(ParseResult parseResult)
    {
        var output = parseResult.InvocationConfiguration.Output;
        using var written = new StringWriter();
        parseResult.InvocationConfiguration.Output = written;
        try
        {
            var exitCode = help.Invoke(parseResult);
            output.Write(UsageLines().Replace(written.ToString(), Usage(parseResult.CommandResult.Command) + Environment.NewLine, 1));
            return exitCode;
        }
        finally
        {
            parseResult.InvocationConfiguration.Output = output;
        }
    }

    private static string Word(Argument argument)
    {
        var word = argument.HelpName ?? argument.Name.ToUpperInvariant().Replace(' ', '-');
        word = argument.Arity.MaximumNumberOfValues > 1 && argument.HelpName is null ? $"{word} ..." : word;
        return argument.Arity.MinimumNumberOfValues == 0 ? $"[{word}]" : word;
    }

    [GeneratedRegex(@"^Usage:\r?\n(?:[ \t]+\S.*\r?\n)+", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex UsageLines();
}
