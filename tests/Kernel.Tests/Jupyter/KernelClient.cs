using System.Text.Json.Nodes;
using CovidNotebooks.Kernel.Jupyter.Wire;
using NetMQ;
using NetMQ.Sockets;

namespace Tests.Kernel.Jupyter;

/// <summary>A Jupyter client over NetMQ: what jupyter_client does, as far as the tests need it.</summary>
internal sealed class KernelClient : IDisposable
{
    /// <summary>A ceiling against hanging, far above what anything takes.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly Dictionary<KernelChannel, NetMQSocket> sockets = [];
    private readonly List<JupyterMessage> published = [];
    private readonly MessageCodec codec;
    private readonly string session = Guid.NewGuid().ToString("N");
    private readonly Func<string> kernelSaid;

    /// <summary>A client of a kernel that runs in a process of its own; what fails says what that process wrote.</summary>
    public KernelClient(ProcessKernel kernel)
        : this(kernel.Connection, () => kernel.Process.HasExited ? $" The kernel has ended: {kernel.Stderr}" : $" {kernel.Stderr}")
    {
    }

    public KernelClient(ConnectionInfo connection, Func<string>? kernelSaid = null)
    {
        this.kernelSaid = kernelSaid ?? (() => "");
        codec = new MessageCodec(connection.Key);
        foreach (var channel in Enum.GetValues<KernelChannel>())
        {
            NetMQSocket socket = channel == KernelChannel.IOPub ? new SubscriberSocket() : new DealerSocket();
            socket.Options.ReceiveHighWatermark = 0;
            socket.Options.Linger = TimeSpan.Zero;
            socket.Options.Identity = System.Text.Encoding.ASCII.GetBytes(session);
            (socket as SubscriberSocket)?.SubscribeToAnyTopic();
            socket.Connect($"tcp://{connection.Ip}:{connection.Ports[channel]}");
            sockets[channel] = socket;
        }

        while (Receive(KernelChannel.IOPub).Type != "iopub_welcome")
        {
            // The kernel's own "starting" may come before.
        }
    }

    public NetMQSocket this[KernelChannel channel] => sockets[channel];

    public void Dispose()
    {
        foreach (var socket in sockets.Values)
        {
            socket.Dispose();
        }
    }

    /// <summary>Sends a message and returns its id.</summary>
    public string Send(KernelChannel channel, string type, JsonObject content)
    {
        var id = Guid.NewGuid().ToString("N");
        var header = new JsonObject
        {
            ["msg_id"] = id,
            ["session"] = session,
            ["username"] = "test",
            ["msg_type"] = type,
            ["version"] = "5.4",
            ["date"] = "2026-11-29T12:00:00Z",
        };
        Assert.True(
            sockets[channel].TrySendMultipartMessage(Patience, codec.Encode(new JupyterMessage { Header = header, Content = content })),
            $"{type} could not be sent on {channel}");
        return id;
    }

    /// <summary>The next message of a channel.</summary>
    public JupyterMessage Receive(KernelChannel channel)
    {
        NetMQMessage? frames = null;
        Assert.True(sockets[channel].TryReceiveMultipartMessage(Patience, ref frames), $"No message on {channel}.{kernelSaid()}");
        return codec.Decode(frames!, out var problem) ?? throw new InvalidOperationException(problem);
    }

    /// <summary>The answer to a request; answers to others are dropped.</summary>
    public JupyterMessage Reply(KernelChannel channel, string id)
    {
        while (true)
        {
            var reply = Receive(channel);
            if (reply.Parent["msg_id"]?.ToString() == id)
            {
                return reply;
            }
        }
    }

    public JsonObject Ask(
        string type,
        JsonObject content,
        KernelChannel channel = KernelChannel.Shell) => Reply(channel, Send(channel, type, content)).Content;

    /// <summary>Everything published for a request up to its idle; the rest is kept for later calls.</summary>
    public IReadOnlyList<JupyterMessage> OutputsOf(string id)
    {
        bool IsOf(JupyterMessage message) => message.Parent["msg_id"]?.ToString() == id;
        while (
            !published.Exists(
                message => IsOf(message) && message.Type == "status" && (string?)message.Content["execution_state"] == "idle"))
        {
            published.Add(Receive(KernelChannel.IOPub));
        }

        var outputs = published.Where(IsOf).ToList();
        published.RemoveAll(IsOf);
        return outputs;
    }

    public string StartCell(string code, JsonObject? settings = null)
    {
        var content = settings ?? [];
        content["code"] = code;
        return Send(KernelChannel.Shell, "execute_request", content);
    }

    /// <summary>Runs a cell to its end.</summary>
    public CellAnswer Run(string code, JsonObject? settings = null) => Answer(StartCell(code, settings));

    /// <summary>The answer of a cell that was started.</summary>
    public CellAnswer Answer(string id) => new(Reply(KernelChannel.Shell, id).Content, OutputsOf(id));
}

/// <summary>What came of a cell.</summary>
internal sealed record CellAnswer(JsonObject Reply, IReadOnlyList<JupyterMessage> Published)
{
    public string Status => (string)Reply["status"]!;

    /// <summary>Outputs without status and the echo of the code.</summary>
    public IReadOnlyList<JupyterMessage> Outputs => [.. Published.Where(message => message.Type is not ("status" or "execute_input"))];

    public string Stdout => Text("stdout");

    public string Stderr => Text("stderr");

    /// <summary>The HTML of the value, without the element around it.</summary>
    public string Value => ((string?)Outputs.Single(message => message.Type == "execute_result").Content["data"]!["text/html"])!
        .Replace("<div class=\"dni-plaintext\"><pre>", "", StringComparison.Ordinal)
        .Replace("</pre></div>", "", StringComparison.Ordinal);

    public string Error => $"{Reply["ename"]}: {Reply["evalue"]}";

    public IReadOnlyList<string> Traceback => [.. Reply["traceback"]!.AsArray().Select(line => (string)line!)];

    private string Text(string stream) =>
        string.Concat(
            Outputs.Where(message => message.Type == "stream" && (string?)message.Content["name"] == stream)
                .Select(message => (string?)message.Content["text"]));
}
