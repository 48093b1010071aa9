using System.Text;

namespace CovidNotebooks.Kernel.Headless;

/// <summary>Text as a terminal leaves it: a carriage return goes back to the start of the line, and what follows overwrites.</summary>
/// <param name="limit">Characters that are kept; what comes after is counted and left out.</param>
internal sealed class TerminalText(int limit = 4_000_000)
{
    private readonly StringBuilder _finished = new();
    private readonly StringBuilder _line = new();
    private int _column;
    private long _leftOut;

    public void Append(string text)
    {
        foreach (var c in text)
        {
            if (_finished.Length + _line.Length >= limit && c is not ('\r' or '\b') && _column >= _line.Length)
            {
                _leftOut++;
                continue;
            }

            switch (c)
            {
                case '\n':
                    _finished.Append(_line).Append('\n');
                    _line.Clear();
                    _column = 0;
                    break;
                case '\r':
                    _column = 0;
                    break;
                case '\b':
                    _column = Math.Max(0, _column - 1);
                    break;
                case var _ when _column < _line.Length:
                    _line[_column++] = c;
                    break;
                default:
                    _line.Append(c);
                    _column++;
                    break;
            }
        }
    }

    public override string ToString() => _leftOut == 0
        ? _finished.ToString() + _line
        :
            $"{_finished}{_line}\n[… {_leftOut.ToString(System.Globalization.CultureInfo.InvariantCulture)} more characters were "
            + "written and are left out here]\n";
}
