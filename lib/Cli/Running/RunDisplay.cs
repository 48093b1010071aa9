using System.Globalization;
using CovidNotebooks.Kernel.Headless;
using CovidNotebooks.Kernel.Session;
using Spectre.Console;

namespace CovidNotebooks.Cli.Running;

/// <summary>
/// Shows a run in a terminal: one line a cell, and under work a line that is rewritten with a bar and the time.
/// Where lines cannot be rewritten (a log, a pipe) progress becomes a line of its own at most every half minute.
/// </summary>
internal sealed class RunDisplay : RunObserver, IDisposable
{
    private const int BarWidth = 24;
    private static readonly TimeSpan LogInterval = TimeSpan.FromSeconds(30);

    private readonly IAnsiConsole console;
    private readonly TimeProvider clock;
    private readonly ITimer? ticker;

    // Asked once, before the first cell: while a cell runs, standard output is the cell's and no terminal.
    private readonly bool rewrites;
    private readonly Lock gate = new();
    private CellPosition? running;
    private long cellStarted;
    private long lastLogged;
    private (double Value, double Total, string Text) progress;

    public RunDisplay(IAnsiConsole console, TimeProvider clock)
    {
        this.console = console;
        this.clock = clock;
        rewrites = console.Profile.Capabilities is { Ansi: true, Interactive: true } && console.Profile.Out.IsTerminal;
        if (rewrites)
        {
            ticker = clock.CreateTimer(_ => Redraw(), state: null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        }
    }

    /// <summary>A time as people read it: 4.2 s, 3 min 07 s, 1 h 02 min.</summary>
    public static string Elapsed(TimeSpan time) => time switch
    {
        { TotalSeconds: < 60 } => time.TotalSeconds.ToString("F1", CultureInfo.InvariantCulture) + " s",
        { TotalMinutes: < 60 } => $"{(int)time.TotalMinutes} min {time.Seconds:D2} s",
        _ => $"{(int)time.TotalHours} h {time.Minutes:D2} min",
    };

    public override void CellStarted(CellPosition cell)
    {
        lock (gate)
        {
            running = cell;
            progress = default;
            cellStarted = lastLogged = clock.GetTimestamp();
        }

        Redraw();
    }

    public override void Progress(CellPosition cell, double value, double total, string text)
    {
        lock (gate)
        {
            progress = (value, total, text);
            if (!rewrites && clock.GetElapsedTime(lastLogged) >= LogInterval)
            {
                lastLogged = clock.GetTimestamp();
                console.WriteLine($"{Label(cell)}  {Bar()}  {text}");
            }
        }

        Redraw();
    }

    public override void CellFinished(CellPosition cell, CellResult result)
    {
        lock (gate)
        {
            running = null;
            ClearLine();
            var mark = result.Status == CellStatus.Succeeded ? "[green]ok[/]"
                : "[red]" + result.Status.ToString().ToLowerInvariant() + "[/]";
            console.MarkupLine($"{Markup.Escape(Label(cell))}  {mark} [grey]{Elapsed(result.Duration)}[/]");
        }
    }

    public override void Notice(string message)
    {
        lock (gate)
        {
            ClearLine();
            console.MarkupLineInterpolated($"[yellow]{message}[/]");
        }
    }

    public void Dispose() => ticker?.Dispose();

    private static string Label(CellPosition cell)
    {
        var title = cell.Title.TrimStart('#', '/', ' ');
        return FormattableString.Invariant($"{cell.CodeNumber,3}/{cell.CodeCount} {(title.Length > 48 ? title[..47] + "…" : title),-48}");
    }

    private void Redraw()
    {
        lock (gate)
        {
            if (!rewrites || running is not { } cell)
            {
                return;
            }

            var line = $"{Label(cell)}  {Bar()}{Elapsed(clock.GetElapsedTime(cellStarted))}  {progress.Text}";
            ClearLine();
            console.Write(new ControlCode(line.Length < console.Profile.Width ? line : line[..Math.Max(0, console.Profile.Width - 1)]));
        }
    }

    private string Bar()
    {
        if (progress.Total <= 0)
        {
            return "";
        }

        var full = (int)Math.Round(BarWidth * Math.Clamp(progress.Value / progress.Total, 0, 1));
        return new string('█', full) + new string('░', BarWidth - full) + "  ";
    }

    private void ClearLine()
    {
        if (rewrites)
        {
            console.Write(new ControlCode("\r\u001b[K"));
        }
    }
}
