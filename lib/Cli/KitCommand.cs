using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using CovidNotebooks.Cli.Commands;
using CovidNotebooks.Cli.Running;
using CovidNotebooks.Data;
using CovidNotebooks.Kernel.Files;
using Spectre.Console;

namespace CovidNotebooks.Cli;

/// <summary>
/// The whole command line, and how every verb ends: 0 done, 1 failed, 2 a bad call, 130 cancelled; an error is one sentence.
/// </summary>
internal static class KitCommand
{
    /// <summary>All verbs.</summary>
    /// <param name="checkout">The folders that they work in.</param>
    /// <param name="console">What they write to.</param>
    /// <param name="clock">Where time comes from.</param>
    /// <param name="process">How this program is started once more.</param>
    public static RootCommand Create(Checkout checkout, IAnsiConsole console, TimeProvider clock, KitProcess process)
    {
        var root = new RootCommand(
            "The command line of CovidNotebooks: a research kit for medical-image classifiers. "
                + "For research and teaching, never for diagnosis.")
        {
            SetupCommand.Create(checkout, console),
            RunCommand.Create(checkout, console, clock, process),
            SweepCommand.Create(checkout, console, clock, process),
            PublishCommand.Create(checkout, console),
            ExportCommand.Create(checkout, console, clock),
            DataCommand.Create(checkout, console, clock),
            WeightsCommand.Create(checkout, console, clock),
            RunsCommand.Create(checkout, console, clock),
            PredictCommand.Create(checkout, console, clock),
            JupyterCommand.Create(checkout, console, clock),
            CheckClaimCommand.Create(console),
            CheckTextCommand.Create(checkout, console, clock),
            PowerCommand.Create(checkout, console, clock),
            BenchCommand.Create(checkout, console, clock),
            BenchCommand.CreateOurSide(clock),
            TestCommand.Create(checkout, console, clock),
        };
        KitHelp.GiveTo(root);
        return root;
    }

    /// <summary>Parses and runs a call.</summary>
    /// <param name="root">The verbs.</param>
    /// <param name="arguments">What was typed behind <c>kit</c>.</param>
    /// <param name="errors">Where a refused call and a failure are told.</param>
    /// <param name="configuration">Output and the time that a cancelled verb has to end; null for the parser's own.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(
        RootCommand root, IReadOnlyList<string> arguments, TextWriter errors, InvocationConfiguration? configuration = null)
    {
        var call = root.Parse(arguments);
        if (Refused(call) is { } refused)
        {
            await errors.WriteLineAsync($"{refused} '{KitHelp.Verb(call.CommandResult.Command)} --help' names what there is.")
                .ConfigureAwait(false);
            return 2;
        }

        try
        {
            configuration ??= new InvocationConfiguration();
            configuration.EnableDefaultExceptionHandler = false;
            return await call.InvokeAsync(configuration).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            await errors.WriteLineAsync("Cancelled.").ConfigureAwait(false);
            return 130;
        }
        catch (RunRequestException problem)
        {
            await errors.WriteLineAsync(problem.Message).ConfigureAwait(false);
            return 2;
        }
        catch (Exception problem) when (IsOfTheWorld(problem))
        {
            await errors.WriteLineAsync(Sentence(problem.Message)).ConfigureAwait(false);
            return 1;
        }
    }

    /// <summary>
    /// Whether an exception tells of files, disks and networks, which a person can mend; any other is a fault of the kit, and its stack
    /// says where.
    /// </summary>
    private static bool IsOfTheWorld(Exception problem) =>
        problem is IOException or UnauthorizedAccessException or InvalidDataException or DataException
            or NotebookException or HttpRequestException
        || (problem is AggregateException several && several.InnerExceptions.All(IsOfTheWorld));

    /// <summary>
    /// Why a call cannot be understood; null where it can. An option that there is not is no name of a file, though the parser takes it for
    /// one.
    /// </summary>
    internal static string? Refused(ParseResult call) =>
        call.Action is ParseErrorAction ? string.Join(' ', call.Errors.Select(error => Sentence(error.Message)))
        : !call.Tokens.Any(token => token.Type == TokenType.DoubleDash)
            && call.CommandResult.Tokens.FirstOrDefault(token => token.Value.StartsWith("--", StringComparison.Ordinal)) is { } option
            ? $"There is no option {option.Value}."
        : null;

    private static string Sentence(string message)
    {
        var line = message.Split('\n')[0].Trim();
        return line.EndsWith('.') ? line : line + ".";
    }
}
