using System.Buffers.Binary;
using System.Text;
using System.Text.Json;

namespace CovidNotebooks.Models.Weights;

/// <summary>
/// The header of a safetensors file, checked in full before a tensor is read: at most 100,000,000 bytes of UTF-8 JSON that begins with
/// <c>{</c>, no name twice, and tensors that cover the data without a hole or an overlap. So reading never allocates more than the file
/// holds.
/// </summary>
public sealed class SafetensorsHeader
{
    /// <summary>The most bytes that a header may have: the published limit of the format.</summary>
    public const long MaxLength = 100_000_000;

    private const int LengthBytes = 8;

    private SafetensorsHeader(IReadOnlyList<SafetensorsEntry> entries, IReadOnlyDictionary<string, string> metadata, long dataStart)
    {
        Entries = entries;
        Metadata = metadata;
        DataStart = dataStart;
    }

    /// <summary>The tensors in the order in which the header names them.</summary>
    public IReadOnlyList<SafetensorsEntry> Entries { get; }

    /// <summary>The strings under <c>__metadata__</c>; empty when there are none.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Offset in the file of the first byte of data.</summary>
    public long DataStart { get; }

    /// <summary>Reads and checks the header of a file.</summary>
    /// <param name="stream">The file from its first byte; it has to know its length.</param>
    /// <exception cref="WeightsException">The file is not a valid safetensors file.</exception>
    public static SafetensorsHeader Read(Stream stream)
    {
        var fileLength = stream.Length;
        if (fileLength < LengthBytes)
        {
            throw new WeightsException(
                $"The file has {fileLength} bytes; a safetensors file begins with the 8-byte length of its header. "
                    + "It is empty, cut short or something else.");
        }

        Span<byte> lengthField = stackalloc byte[LengthBytes];
        stream.ReadExactly(lengthField);
        var length = BinaryPrimitives.ReadUInt64LittleEndian(lengthField);
        if (length > (ulong)MaxLength || (long)length > fileLength - LengthBytes)
        {
            throw new WeightsException(
                $"The header claims {length} bytes, but the file has {fileLength} and the format allows {MaxLength}. "
                    + "It is cut short or no safetensors file.");
        }

        var json = new byte[length];
        stream.ReadExactly(json);
        return Parse(json, fileLength - LengthBytes - (long)length);
    }

    /// <summary>Checks a header.</summary>
    /// <param name="json">Its bytes, padding included.</param>
    /// <param name="dataLength">Bytes of data that follow it in the file.</param>
    /// <exception cref="WeightsException">The header is not valid.</exception>
    public static SafetensorsHeader Parse(ReadOnlySpan<byte> json, long dataLength)
    {
        if (json.IsEmpty || json[0] != (byte)'{')
        {
            throw new WeightsException("The header does not begin with '{'. It is no safetensors file.");
        }

        try
        {
            _ = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetCharCount(json);
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 8 });
            var (entries, metadata) = SafetensorsHeaderJson.Read(ref reader);
            CheckCoverage(entries, dataLength);
            return new SafetensorsHeader(entries, metadata, LengthBytes + json.Length);
        }
        catch (Exception error) when (error is JsonException or DecoderFallbackException or InvalidOperationException or FormatException)
        {
            throw new WeightsException($"The header is not the JSON that the format asks for: {error.Message}", error);
        }
    }

    /// <summary>Writes a header, padded with spaces so that the data begins at a multiple of 8 bytes.</summary>
    public static byte[] Write(IReadOnlyList<SafetensorsEntry> entries, IReadOnlyDictionary<string, string> metadata)
    {
        using var buffer = new MemoryStream();
        buffer.Write(new byte[LengthBytes]);
        SafetensorsHeaderJson.Write(buffer, entries, metadata);
        while (buffer.Length % LengthBytes != 0)
        {
            buffer.WriteByte((byte)' ');
        }

        if (buffer.Length - LengthBytes > MaxLength)
        {
            throw new WeightsException(
                $"The header would have {buffer.Length - LengthBytes} bytes; the format allows {MaxLength}. Store less metadata.");
        }

        var bytes = buffer.ToArray();
        BinaryPrimitives.WriteInt64LittleEndian(bytes, bytes.Length - LengthBytes);
        return bytes;
    }

    private static void CheckCoverage(List<SafetensorsEntry> entries, long dataLength)
    {
        long covered = 0;
        foreach (var entry in entries.OrderBy(entry => entry.Begin).ThenBy(entry => entry.End))
        {
            if (entry.Begin != covered)
            {
                throw new WeightsException(
                    $"Tensor '{entry.Name}' begins at byte {entry.Begin}, expected {covered}: tensors overlap or leave a hole. The "
                        + "file is damaged or forged.");
            }

            covered = entry.End;
        }

        if (covered != dataLength)
        {
            throw new WeightsException(
                $"The tensors take {covered} bytes, the file holds {dataLength} after its header. "
                    + "It is cut short or something was added to it.");
        }
    }
}
