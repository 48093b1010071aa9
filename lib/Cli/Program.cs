using System.CommandLine;
using CovidNotebooks.Cli;
using CovidNotebooks.Cli.Running;
using Spectre.Console;

// NO_COLOR means no escape at all, not black bold letters (no-color.org).
var console = Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 }
    ? AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors })
    : AnsiConsole.Console;
Checkout checkout;
try
{
    checkout = Checkout.Find(
        Environment.GetEnvironmentVariable("COVIDNOTEBOOKS_ROOT"), Environment.CurrentDirectory, AppContext.BaseDirectory);
}
catch (InvalidOperationException nowhere)
{
    Console.Error.WriteLine(nowhere.Message);
    return 2;
}

// After Ctrl-C a run still has to save its notebook.
var root = KitCommand.Create(checkout, console, TimeProvider.System, KitProcess.This());
return await KitCommand.RunAsync(
    root, args, Console.Error, new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(20) }).ConfigureAwait(false);
