using System.CommandLine;
using CovidNotebooks.Cli;
using CovidNotebooks.Cli.Commands;
using Spectre.Console;

var checkout = Checkout.Find(Environment.GetEnvironmentVariable("COVIDNOTEBOOKS_ROOT"), Environment.CurrentDirectory, AppContext.BaseDirectory);
var root = new RootCommand("The command line of CovidNotebooks: a research kit for medical-image classifiers. For research and teaching, never for diagnosis.")
{
    SetupCommand.Create(checkout, AnsiConsole.Console),
    RunCommand.Create(checkout, AnsiConsole.Console, TimeProvider.System),
    PublishCommand.Create(checkout, AnsiConsole.Console),
    ExportCommand.Create(checkout, AnsiConsole.Console, TimeProvider.System),
    DataCommand.Create(checkout, AnsiConsole.Console, TimeProvider.System),
    WeightsCommand.Create(checkout, AnsiConsole.Console, TimeProvider.System),
    RunsCommand.Create(checkout, AnsiConsole.Console, TimeProvider.System),
    PredictCommand.Create(checkout, AnsiConsole.Console, TimeProvider.System),
    JupyterCommand.Create(checkout, AnsiConsole.Console, TimeProvider.System),
    CheckClaimCommand.Create(AnsiConsole.Console),
    PowerCommand.Create(checkout, AnsiConsole.Console, TimeProvider.System),
    BenchCommand.Create(checkout, AnsiConsole.Console, TimeProvider.System),
    BenchCommand.CreateOurSide(TimeProvider.System),
    TestCommand.Create(checkout, AnsiConsole.Console),
};

// After Ctrl-C a run still has to save its notebook.
var call = root.Parse(args);
var exitCode = await call.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(15) }).ConfigureAwait(false);
return call.Errors.Count > 0 ? 2 : exitCode;
