using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using CovidNotebooks.Kernel.Files;

namespace CovidNotebooks.Kernel.Jupyter.Wire;

/// <summary>Where a kernel listens and how messages are signed: the content of a Jupyter connection file.</summary>
/// <remarks>Source: "Connection files" in the documentation of jupyter_client.</remarks>
public sealed record ConnectionInfo
{
    /// <summary>The address that the kernel listens on; nothing else is opened.</summary>
    public required string Ip { get; init; }

    /// <summary>The port of each channel; 0 = any free one, which only a kernel started by hand may ask for.</summary>
    public required IReadOnlyDictionary<KernelChannel, int> Ports { get; init; }

    /// <summary>The key of the signatures; empty = messages are not signed.</summary>
    public required string Key { get; init; }

    /// <summary>The file's other entries, kept as they are.</summary>
    public JsonObject Other { get; init; } = [];

    /// <summary>A connection on loopback with free ports and a random key.</summary>
    public static ConnectionInfo OnLoopback() => new()
    {
        Ip = "127.0.0.1",
        Ports = Enum.GetValues<KernelChannel>().ToDictionary(channel => channel, _ => 0),
        Key = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)),
    };

    /// <summary>Reads a connection file; its rights are left as they are.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ConnectionException">It cannot be read, or asks for something that this kernel does not do.</exception>
    public static ConnectionInfo Read(string path)
    {
        try
        {
            return Parse(File.ReadAllText(path), path);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new ConnectionException($"The connection file {path} cannot be read: {problem.Message}");
        }
    }

    /// <summary>Reads the text of a connection file.</summary>
    /// <param name="text">The text.</param>
    /// <param name="name">What errors call the file.</param>
    /// <exception cref="ConnectionException">It asks for something that this kernel does not do.</exception>
    public static ConnectionInfo Parse(string text, string name = "connection file")
    {
        JsonObject json;
        try
        {
            json = JsonNode.Parse(text) as JsonObject ?? throw new ConnectionException($"{name} holds no JSON object.");
        }
        catch (JsonException problem)
        {
            throw new ConnectionException($"{name} is not JSON: {problem.Message}");
        }

        Require(json, name, "transport", "tcp");
        Require(json, name, "signature_scheme", "hmac-sha256");
        var connection = new ConnectionInfo
        {
            Ip = NotebookCell.Text(json["ip"]) ?? "127.0.0.1",
            Key = NotebookCell.Text(json["key"]) ?? "",
            Ports = Enum.GetValues<KernelChannel>().ToDictionary(channel => channel, channel => Port(json, name, PortName(channel))),
            Other = json,
        };
        return connection.Key.Length > 0 || connection.Ip is "127.0.0.1" or "::1" or "localhost"
            ? connection
            : throw new ConnectionException(
                $"{name} has no 'key', and its 'ip' {connection.Ip} can be reached from other machines: anyone could run code here. "
                    + "Give a key, or listen on 127.0.0.1.");
    }

    /// <summary>Writes a new connection file that only this user can read.</summary>
    /// <param name="path">The file; it must not exist.</param>
    public void Write(string path)
    {
        var json = (JsonObject)Other.DeepClone();
        (json["ip"], json["key"], json["transport"], json["signature_scheme"]) = (Ip, Key, "tcp", "hmac-sha256");
        foreach (var (channel, port) in Ports)
        {
            json[PortName(channel)] = port;
        }

        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var writer = new StreamWriter(path, options);
        writer.Write(json.ToJsonString());
    }

    private static string PortName(KernelChannel channel) => channel switch
    {
        KernelChannel.Heartbeat => "hb_port",
        KernelChannel.IOPub => "iopub_port",
        _ => channel.ToString().ToLowerInvariant() + "_port",
    };

    private static void Require(JsonObject json, string name, string entry, string expected)
    {
        if (NotebookCell.Text(json[entry]) is { Length: > 0 } found && found != expected)
        {
            throw new ConnectionException($"{name} asks for {entry} '{found}'; this kernel knows {expected}.");
        }
    }

    private static int Port(JsonObject json, string name, string entry) =>
        json[entry] is JsonValue value && value.TryGetValue<int>(out var port) && port is >= 0 and <= 65535
            ? port
            : throw new ConnectionException(
                $"{name}: '{entry}' is {json[entry]?.ToJsonString() ?? "missing"}; expected a port, 0 to 65535.");
}

/// <summary>The five sockets of a kernel.</summary>
public enum KernelChannel
{
    /// <summary>Requests that are answered in their order: execution among them.</summary>
    Shell,

    /// <summary>Output and status, to every client.</summary>
    IOPub,

    /// <summary>Questions to the person at the client.</summary>
    Stdin,

    /// <summary>Requests that must not wait: interrupt and shutdown.</summary>
    Control,

    /// <summary>Answers whatever it gets, to show that the process lives.</summary>
    Heartbeat,
}

/// <summary>The kernel cannot listen where its connection file says; the message says why and what to do.</summary>
/// <param name="message">One line for people.</param>
public sealed class ConnectionException(string message) : Exception(message);
