using System.Text;
using Microsoft.DotNet.Interactive;

namespace CovidNotebooks.Kernel.Session;

/// <summary>Sends what code of a cell writes to the console, from whichever thread, to the cell; everything else to the terminal.</summary>
internal static class ConsoleRouter
{
    private static readonly Lock Gate = new();
    private static TextWriter? Out;
    private static TextWriter? Error;
    private static TextReader? In;

    /// <summary>Puts the router before the console; again when a cell has replaced it.</summary>
    public static void Install()
    {
        lock (Gate)
        {
            if (Out is null || !ReferenceEquals(Console.Out, Out))
            {
                Console.SetOut(new Router(Console.Out, CellStream.Out));
                Out = Console.Out;
            }

            if (Error is null || !ReferenceEquals(Console.Error, Error))
            {
                Console.SetError(new Router(Console.Error, CellStream.Error));
                Error = Console.Error;
            }
        }
    }

    /// <summary>Sends what code of a cell reads from the console to whoever answers the session.</summary>
    public static void RouteInput(bool isAnswered)
    {
        lock (Gate)
        {
            if (isAnswered && (In is null || !ReferenceEquals(Console.In, In)))
            {
                Console.SetIn(new Asker(Console.In));
                In = Console.In;
            }
        }
    }

    /// <summary>Reads lines that a person types.</summary>
    private sealed class Asker(TextReader terminal) : TextReader
    {
        private string left = "";

        public override string? ReadLine()
        {
            if (KernelInvocationContext.Current is not { } cell)
            {
                return terminal.ReadLine();
            }

            if (left.Length == 0)
            {
                return cell.Session.ReadInput(new InputQuestion("", IsPassword: false), cell.CancellationToken);
            }

            (var rest, left) = (left.TrimEnd('\n'), "");
            return rest;
        }

        public override int Peek()
        {
            if (left.Length == 0)
            {
                left = ReadLine() + "\n";
            }

            return left[0];
        }

        public override int Read()
        {
            var next = Peek();
            left = left[1..];
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
