using System.Text;

namespace CovidNotebooks.Kernel.Headless;

/// <summary>Text as a terminal leaves it: a carriage return goes back to the start of the line, and what follows overwrites.</summary>
/// <param name="limit">Characters that are kept; what comes after is counted and left out.</param>
internal sealed class TerminalText(int limit = 4_000_000)
{
    private readonly StringBuilder finished = new();
    private readonly StringBuilder line = new();
    private int column;
    private long leftOut;

    public void Append(string text)
    {
        foreach (var c in text)
        {
            if (finished.Length + line.Length >= limit && c is not ('\r' or '\b') && column >= line.Length)
            {
                leftOut++;
                continue;
            }

            switch (c)
            {
                case '\n':
                    finished.Append(line).Append('\n');
                    line.Clear();
                    column = 0;
                    break;
                case '\r':
                    column = 0;
                    break;
                case '\b':
                    column = Math.Max(0, column - 1);
                    break;
                case var _ when column < line.Length:
                    line[column++] = c;
                    break;
                default:
                    line.Append(c);
                    column++;
                    break;
            }
        }
    }

    public override string ToString() => leftOut == 0
        ? finished.ToString() + line
        :
            $"{finished}{line}\n[… {leftOut.ToString(System.Globalization.CultureInfo.InvariantCulture)} more characters were "
            + "written and are left out here]\n";
}
