using System.Globalization;
using System.Text.Json.Nodes;
using CovidNotebooks.Kernel.Jupyter.Requests;
using CovidNotebooks.Kernel.Jupyter.Wire;
using NetMQ;
using NetMQ.Sockets;

namespace CovidNotebooks.Kernel.Jupyter.Supervision;

/// <summary>The message in the client after the process that ran the cells has died: sent in its place, from its own ports.</summary>
internal static class CrashNotice
{
    private const int StderrLines = 12;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(500);

    /// <summary>What is said.</summary>
    /// <param name="state">What the process was doing.</param>
    /// <param name="exitCode">Its exit code; above 128 a signal on Unix.</param>
    /// <param name="stderr">The last lines that it wrote to standard error.</param>
    public static IReadOnlyList<string> Text(WorkerState state, int exitCode, IReadOnlyList<string> stderr)
    {
        var how = exitCode switch
        {
            137 => "it was killed (signal 9): by a person, or by the system when memory ran out",
            134 => "native code or the runtime ended it (signal 6)",
            139 => "native code crashed (signal 11)",
            > 128 => string.Create(CultureInfo.InvariantCulture, $"signal {exitCode - 128}"),
            _ => string.Create(CultureInfo.InvariantCulture, $"exit code {exitCode}; a cell that calls Environment.Exit ends it so"),
        };
        string?[] lines =
        [
            $"The kernel died in cell {state.Cell.ToString(CultureInfo.InvariantCulture)} ({how}). Its variables are lost; Jupyter "
                + "starts a new kernel, and the cells above have to run again.",
            state.Note.Length > 0 ? state.Note : null,
            .. stderr.TakeLast(StderrLines),
        ];
        return [.. lines.OfType<string>()];
    }

    /// <summary>Waits for the client to come back to the ports, answers the request that died, and says why.</summary>
    public static void Send(ConnectionInfo connection, WorkerState state, IReadOnlyList<string> text, TimeProvider clock)
    {
        using var iopub = new XPublisherSocket();
        using var shell = new RouterSocket();
        using var heartbeat = new RouterSocket();
        shell.Options.RouterMandatory = true;
        iopub.Options.Linger = shell.Options.Linger = Linger;
        var sockets = new (NetMQSocket, KernelChannel)[]
        {
            (iopub, KernelChannel.IOPub),
            (shell, KernelChannel.Shell),
            (heartbeat, KernelChannel.Heartbeat),
        };
        foreach (var (socket, channel) in sockets)
        {
            socket.Bind($"tcp://{connection.Ip}:{connection.Ports[channel].ToString(CultureInfo.InvariantCulture)}");
        }

        var pending = new Queue<(NetMQSocket Socket, NetMQMessage Message)>();
        var sender = new MessageSender(
            (channel, message) => pending.Enqueue((channel == KernelChannel.Shell ? shell : iopub, message)),
            new MessageCodec(connection.Key),
            clock);
        var content = RequestHandlers.Error("KernelDied", text[0], text);
        var error = (JsonObject)content.DeepClone();
        error.Remove("status");
        content["execution_count"] = state.Cell;
        sender.Publish("error", error, state.Request!.Header);
        sender.Reply(KernelChannel.Shell, state.Request, content);
        sender.PublishStatus("idle", state.Request.Header);

        var (started, subscribed) = (clock.GetTimestamp(), false);
        while (pending.Count > 0 && clock.GetElapsedTime(started) < Patience)
        {
            NetMQMessage? frames = null;
            while (heartbeat.TryReceiveMultipartMessage(ref frames))
            {
                heartbeat.TrySendMultipartMessage(frames!);
            }

            while (iopub.TryReceiveMultipartMessage(ref frames))
            {
                subscribed = true;
            }

            try
            {
                if (subscribed && pending.Peek().Socket.TrySendMultipartMessage(pending.Peek().Message))
                {
                    pending.Dequeue();
                    continue;
                }
            }
            catch (HostUnreachableException)
            {
                // The client that sent the request has not come back yet.
            }

            Thread.Sleep(20);
        }

        Thread.Sleep(Linger);
    }
}
