using System.CommandLine;
using CovidNotebooks.Kernel.Headless;
using Spectre.Console;

namespace CovidNotebooks.Cli.Commands;

/// <summary><c>kit setup</c>: everything was set up before this program could start; says what there is now.</summary>
internal static class SetupCommand
{
    public static Command Create(Checkout checkout, IAnsiConsole console)
    {
        var command = new Command("setup", "Restore the packages, build everything, and say what there is.");
        command.SetAction(_ => Report(checkout, console));
        return command;
    }

    private static int Report(Checkout checkout, IAnsiConsole console)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumn("What").AddColumn("State");
        table.AddRow("Library", File.Exists(checkout.Library) ? "lib/bin/CovidNotebooks.dll" : "[red]not built: run ./kit setup[/]");
        table.AddRow(
            "Browser for chart pictures",
            Markup.Escape(
                ChartPictureOptions.FindBrowser() ?? "none found: notebooks keep their interactive charts, without the still picture"));
        table.AddRow("Data folder", Markup.Escape(DataFolder(checkout)));
        console.Write(table);
        return 0;
    }

    private static string DataFolder(Checkout checkout) =>
        Environment.GetEnvironmentVariable("COVIDNOTEBOOKS_DATA") is { Length: > 0 } named
            ? $"{named} (COVIDNOTEBOOKS_DATA)"
            : Path.GetRelativePath(checkout.Root, checkout.Data) + "/ (COVIDNOTEBOOKS_DATA is not set)";
}
