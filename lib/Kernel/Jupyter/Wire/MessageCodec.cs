using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using NetMQ;

namespace CovidNotebooks.Kernel.Jupyter.Wire;

/// <summary>Messages as frames: identities, a delimiter, the signature, then header, parent header, metadata and content as JSON.</summary>
internal sealed class MessageCodec(string key)
{
    private static readonly byte[] Delimiter = Encoding.ASCII.GetBytes("<IDS|MSG>");
    private static readonly JsonDocumentOptions Reading = new() { MaxDepth = 256 };
    private static readonly JsonSerializerOptions Writing = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = 1024,
    };
    private readonly byte[] key = Encoding.UTF8.GetBytes(key);

    public NetMQMessage Encode(JupyterMessage message)
    {
        var parts = new[] { message.Header, message.Parent, message.Metadata, message.Content }.Select(Bytes).ToArray();
        var frames = new NetMQMessage();
        foreach (var identity in message.Identities)
        {
            frames.Append(identity);
        }

        frames.Append(Delimiter);
        frames.Append(Signature(parts));
        foreach (var part in parts)
        {
            frames.Append(part);
        }

        return frames;
    }

    /// <summary>Reads a message.</summary>
    /// <param name="frames">What came in.</param>
    /// <param name="problem">Why it is refused; empty when it is not.</param>
    /// <returns>The message; null when it is refused.</returns>
    public JupyterMessage? Decode(NetMQMessage frames, out string problem)
    {
        problem = "";
        var at = 0;
        while (at < frames.FrameCount && !Content(frames[at]).SequenceEqual(Delimiter))
        {
            at++;
        }

        if (frames.FrameCount < at + 6)
        {
            problem = $"a message of {frames.FrameCount} frames without delimiter, signature and four parts was ignored";
            return null;
        }

        var parts = Enumerable.Range(at + 2, 4).Select(i => Content(frames[i]).ToArray()).ToArray();
        var expected = Encoding.ASCII.GetBytes(Signature(parts));
        if (!CryptographicOperations.FixedTimeEquals(expected, Content(frames[at + 1])))
        {
            problem = "a message with a wrong signature was ignored";
            return null;
        }

        try
        {
            var json = parts.Select(part => JsonNode.Parse(part, documentOptions: Reading) as JsonObject).ToArray();
            var message = new JupyterMessage
            {
                Identities = [.. Enumerable.Range(0, at).Select(i => Content(frames[i]).ToArray())],
                Header = Checked(json[0]),
                Parent = Checked(json[1]),
                Metadata = Checked(json[2]),
                Content = Checked(json[3]),
            };
            if (message.Type.Length > 0)
            {
                return message;
            }

            problem = "a message without msg_type was ignored";
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException or ArgumentException)
        {
            problem = $"a message that holds no JSON objects was ignored ({broken.Message})";
        }

        return null;
    }

    private static byte[] Bytes(JsonObject json)
    {
        using var buffer = new MemoryStream();
        using (
            var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = Writing.Encoder, MaxDepth = Writing.MaxDepth }))
        {
            json.WriteTo(writer, Writing);
        }

        return buffer.ToArray();
    }

    /// <summary>Counting reads the whole object, so that a name that comes twice is found here and not where it is used.</summary>
    private static JsonObject Checked(JsonObject? json) => json is { Count: >= 0 } ? json : throw new JsonException("a part is no object");

    private static ReadOnlySpan<byte> Content(NetMQFrame frame) => frame.Buffer.AsSpan(0, frame.MessageSize);

    private string Signature(byte[][] parts)
    {
        if (key.Length == 0)
        {
            return "";
        }

        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        foreach (var part in parts)
        {
            hmac.AppendData(part);
        }

        return Convert.ToHexStringLower(hmac.GetHashAndReset());
    }
}
