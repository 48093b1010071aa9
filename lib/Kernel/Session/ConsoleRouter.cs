using System.Text;
using Microsoft.DotNet.Interactive;

namespace CovidNotebooks.Kernel.Session;

/// <summary>Sends what code of a cell writes to the console, from whichever thread, to the cell; everything else to the terminal.</summary>
internal static class ConsoleRouter
{
    private static readonly Lock s_lock = new();
    private static TextWriter? s_out;
    private static TextWriter? s_error;
    private static TextReader? s_in;

    /// <summary>Puts the router before the console; again when a cell has replaced it.</summary>
    public static void Install()
    {
        lock (s_lock)
        {
            if (s_out is null || !ReferenceEquals(Console.Out, s_out))
            {
                Console.SetOut(new Router(Console.Out, CellStream.Out));
                s_out = Console.Out;
            }

            if (s_error is null || !ReferenceEquals(Console.Error, s_error))
            {
                Console.SetError(new Router(Console.Error, CellStream.Error));
                s_error = Console.Error;
            }
        }
    }

    /// <summary>Sends what code of a cell reads from the console to whoever answers the session.</summary>
    public static void RouteInput(bool isAnswered)
    {
        lock (s_lock)
        {
            if (isAnswered && (s_in is null || !ReferenceEquals(Console.In, s_in)))
            {
                Console.SetIn(new Asker(Console.In));
                s_in = Console.In;
            }
        }
    }

    /// <summary>Reads lines that a person types.</summary>
    private sealed class Asker(TextReader terminal) : TextReader
    {
        private string _left = "";

        public override string? ReadLine()
        {
            if (KernelInvocationContext.Current is not { } cell)
            {
                return terminal.ReadLine();
            }

            if (_left.Length == 0)
            {
                return cell.Session.ReadInput(new InputQuestion("", IsPassword: false), cell.CancellationToken);
            }

            (var rest, _left) = (_left.TrimEnd('\n'), "");
            return rest;
        }

        public override int Peek()
        {
            if (_left.Length == 0)
            {
                _left = ReadLine() + "\n";
            }

            return _left[0];
        }

        public override int Read()
        {
            var next = Peek();
            _left = _left[1..];
            return next;
        }
    }

    private sealed class Router(TextWriter terminal, CellStream stream) : TextWriter
    {
        public override Encoding Encoding => terminal.Encoding;

        public override void Write(char value) => Write(value.ToString());

        public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

        public override void Write(ReadOnlySpan<char> buffer) => Write(buffer.ToString());

        public override void Write(string? value)
        {
            if (KernelInvocationContext.Current is { } cell)
            {
                cell.Session.WriteStream(stream, value ?? "");
            }
            else
            {
                terminal.Write(value);
            }
        }

        public override void WriteLine(string? value) => Write(value + NewLine);

        public override void Flush() => terminal.Flush();
    }
}
