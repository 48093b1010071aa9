using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using NetMQ;

namespace CovidNotebooks.Kernel.Jupyter.Wire;

/// <summary>Makes and sends the kernel's messages.</summary>
internal sealed class MessageSender(Action<KernelChannel, NetMQMessage> send, MessageCodec codec, TimeProvider clock)
{
    /// <summary>The version of the messaging protocol that is spoken.</summary>
    public const string ProtocolVersion = "5.4";

    private readonly string session = Guid.NewGuid().ToString("D");

    /// <summary>Publishes output or status to every client.</summary>
    public void Publish(string type, JsonObject content, JsonObject parent) =>
        Send(
            KernelChannel.IOPub,
            new JupyterMessage { Identities = [Encoding.UTF8.GetBytes(type)], Header = Header(type), Parent = parent, Content = content });

    /// <summary>Says that the kernel is busy with a request, or done with it.</summary>
    public void PublishStatus(string state, JsonObject parent) => Publish("status", new JsonObject { ["execution_state"] = state }, parent);

    /// <summary>Tells a new subscriber that it hears everything from now on (iopub_welcome, new in 5.4).</summary>
    public void Welcome(byte[] subscription) => Send(KernelChannel.IOPub, new JupyterMessage
    {
        Identities = [subscription],
        Header = Header("iopub_welcome"),
        Content = new JsonObject { ["subscription"] = Encoding.UTF8.GetString(subscription) },
    });

    /// <summary>Answers a request.</summary>
    public void Reply(KernelChannel channel, JupyterMessage request, JsonObject content) =>
        Send(channel, new JupyterMessage
        {
            Identities = request.Identities,
            Header = Header(ReplyType(request.Type)),
            Parent = request.Header,
            Metadata = new JsonObject { ["started"] = Now() },
            Content = content,
        });

    /// <summary>Asks the client that sent a request for a line of text.</summary>
    public void Ask(JupyterMessage request, string prompt, bool isPassword) =>
        Send(KernelChannel.Stdin, new JupyterMessage
        {
            Identities = request.Identities,
            Header = Header("input_request"),
            Parent = request.Header,
            Content = new JsonObject { ["prompt"] = prompt, ["password"] = isPassword },
        });

    private static string ReplyType(string request) =>
        request.EndsWith("_request", StringComparison.Ordinal) ? request[..^"_request".Length] + "_reply" : request;

    private void Send(KernelChannel channel, JupyterMessage message) => send(channel, codec.Encode(message));

    private string Now() => clock.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    private JsonObject Header(string type) => new()
    {
        ["msg_id"] = Guid.NewGuid().ToString("D"),
        ["session"] = session,
        ["username"] = "kernel",
        ["date"] = Now(),
        ["msg_type"] = type,
        ["version"] = ProtocolVersion,
    };
}
