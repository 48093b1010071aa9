using System.Text;
using CovidNotebooks.Cli.Running;
using CovidNotebooks.Kernel.Headless;
using CovidNotebooks.Kernel.Session;
using Spectre.Console;

namespace Tests.Cli.Running;

public class RunDisplayTests
{
    private static readonly CellPosition Cell = new(9, 26, 4, 12, "Training");

    [Fact]
    public void A_terminal_shows_a_bar_although_standard_output_belongs_to_the_cell_while_it_runs()
    {
        var terminal = new Terminal();
        using (var display = new RunDisplay(Console(terminal), TimeProvider.System))
        {
            terminal.IsTerminal = false;
            display.CellStarted(Cell);
            display.Progress(Cell, 6, 12, "epoch 1/2");
            display.CellFinished(Cell, new CellResult(CellStatus.Succeeded, null, TimeSpan.FromSeconds(3)));
        }

        Assert.Contains(new string('█', 12) + new string('░', 12), terminal.Text, StringComparison.Ordinal);
        Assert.Contains("epoch 1/2", terminal.Text, StringComparison.Ordinal);
        Assert.Contains("3.0 s", terminal.Text.Split('\r')[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_log_gets_whole_lines_and_no_bar_in_the_first_half_minute()
    {
        var log = new Terminal { IsTerminal = false };
        using var display = new RunDisplay(Console(log), TimeProvider.System);

        display.CellStarted(Cell);
        display.Progress(Cell, 6, 12, "epoch 1/2");
        display.CellFinished(Cell, new CellResult(CellStatus.Succeeded, null, TimeSpan.FromSeconds(3)));

        Assert.DoesNotContain('\r', log.Text);
        Assert.DoesNotContain('█', log.Text);
        Assert.Contains("Training", log.Text, StringComparison.Ordinal);
    }

    private static IAnsiConsole Console(Terminal terminal) =>
        AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Ansi = AnsiSupport.Yes,
                ColorSystem = ColorSystemSupport.NoColors,
                Interactive = InteractionSupport.Yes,
                Out = terminal,
            });

    private sealed class Terminal : IAnsiConsoleOutput
    {
        private readonly StringWriter writer = new();

        public string Text => writer.ToString();

        public TextWriter Writer => writer;

        public bool IsTerminal { get; set; } = true;

        public int Width => 120;

        public int Height => 30;

        public void SetEncoding(Encoding encoding)
        {
        }
    }
}
