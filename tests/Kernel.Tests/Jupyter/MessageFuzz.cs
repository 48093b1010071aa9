using System.Net.Sockets;
using System.Text.Json.Nodes;
using CovidNotebooks.Kernel.Jupyter.Wire;
using NetMQ;
using NetMQ.Sockets;

namespace Tests.Kernel.Jupyter;

/// <summary>
/// Messages as a broken or hostile client sends them: bytes that are no ZeroMQ, frames at random, parts cut or changed, signed nonsense.
/// </summary>
internal sealed class MessageFuzz(ConnectionInfo connection, int seed) : IDisposable
{
    private static readonly KernelChannel[] Channels =
    [
        KernelChannel.Shell,
        KernelChannel.Control,
        KernelChannel.Stdin,
        KernelChannel.Heartbeat,
    ];
    private static readonly string[] Types =
    [
        "complete_request",
        "inspect_request",
        "is_complete_request",
        "history_request",
        "comm_info_request",
        "comm_open",
        "comm_msg",
        "kernel_info_request",
        "input_reply",
        "nosuch_request",
        "",
        "execute_reply",
    ];
    private static readonly string[] Codes =
    [
        "",
        "x.",
        "Console.",
        "\"",
        "#!",
        "#r \"",
        "{{{{",
        "\uD800",
        "for(;;",
        "new List<",
        "a?.b.",
        "\0\0",
        "$\"{",
        "#if X\n",
        "/*",
    ];
    private readonly Random random = new(seed);
    private readonly MessageCodec codec = new(connection.Key);
    private readonly Dictionary<KernelChannel, DealerSocket> sockets = Channels.ToDictionary(
        channel => channel, channel => new DealerSocket($">tcp://{connection.Ip}:{connection.Ports[channel]}"));

    public void Next()
    {
        var channel = Channels[random.Next(Channels.Length)];
        switch (random.Next(100))
        {
            case 0:
                RawBytes(channel);
                break;
            case < 25:
                Send(channel, Frames());
                break;
            case < 60:
                Send(channel, Changed(Signed()));
                break;
            default:
                Send(channel, Signed());
                break;
        }
    }

    public void Dispose()
    {
        foreach (var socket in sockets.Values)
        {
            socket.Options.Linger = TimeSpan.FromSeconds(10);
            socket.Dispose();
        }
    }

    private void Send(KernelChannel channel, NetMQMessage message) =>
        sockets[channel].TrySendMultipartMessage(TimeSpan.FromSeconds(10), message);

    private void RawBytes(KernelChannel channel)
    {
        using var client = new TcpClient(connection.Ip, connection.Ports[channel]);
        client.GetStream().Write(Bytes(300));
    }

    private byte[] Bytes(int most)
    {
        var bytes = new byte[random.Next(most)];
        random.NextBytes(bytes);
        return bytes;
    }

    private NetMQMessage Frames()
    {
        var message = new NetMQMessage();
        for (var i = random.Next(9); i >= 0; i--)
        {
            message.Append(random.Next(4) == 0 ? "<IDS|MSG>"u8.ToArray() : Bytes(60));
        }

        return message;
    }

    private NetMQMessage Signed() => codec.Encode(new JupyterMessage
    {
        Header = new JsonObject { ["msg_type"] = Types[random.Next(Types.Length)], ["msg_id"] = Anything(2) },
        Parent = Anything(2) as JsonObject ?? [],
        Content = new JsonObject
        {
            ["code"] = random.Next(3) == 0 ? Anything(2) : Codes[random.Next(Codes.Length)],
            ["cursor_pos"] = random.Next(3) == 0 ? Anything(2) : random.Next(-5, 12),
            ["hist_access_type"] = random.Next(2) == 0 ? "tail" : Anything(1),
            ["n"] = Anything(1),
            ["allow_stdin"] = Anything(1),
        },
    });

    private NetMQMessage Changed(NetMQMessage message)
    {
        var frames = message.Select(frame => frame.ToByteArray()).ToList();
        var at = random.Next(frames.Count);
        switch (random.Next(3))
        {
            case 0:
                frames.RemoveAt(at);
                break;
            case 1:
                frames[at] = Bytes(40);
                break;
            default:
                frames[at] = frames[at][..(frames[at].Length / 2)];
                break;
        }

        return new NetMQMessage(frames);
    }

    private JsonNode? Anything(int depth) => random.Next(depth > 0 ? 7 : 5) switch
    {
        0 => null,
        1 => random.Next(),
        2 => "text",
        3 => random.NextDouble() * 1e300,
        4 => random.Next(2) == 0,
        5 => new JsonArray(Anything(depth - 1), Anything(depth - 1)),
        _ => new JsonObject { ["a"] = Anything(depth - 1) },
    };
}

/// <summary>A client that signs with another key.</summary>
internal sealed class KernelClientWithKey(ConnectionInfo connection, string key) : IDisposable
{
    private readonly DealerSocket shell = new($">tcp://{connection.Ip}:{connection.Ports[KernelChannel.Shell]}");

    public void Send(string type, JsonObject content) =>
        shell.SendMultipartMessage(
            new MessageCodec(key).Encode(new JupyterMessage { Header = new JsonObject { ["msg_type"] = type }, Content = content }));

    public void Dispose()
    {
        shell.Options.Linger = TimeSpan.FromSeconds(5);
        shell.Dispose();
    }
}
