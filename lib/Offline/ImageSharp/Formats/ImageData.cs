using System.Buffers;

namespace SixLabors.ImageSharp.Formats;

/// <summary>Reads something from the bytes of a picture.</summary>
internal delegate T ImageReader<out T>(DecoderOptions options, ReadOnlySpan<byte> data);

/// <summary>Brings the bytes of a file or stream to a reader, in a rented buffer.</summary>
internal static class ImageData
{
    public static T Read<T>(DecoderOptions options, ReadOnlySpan<byte> data, ImageReader<T> reader)
    {
        ArgumentNullException.ThrowIfNull(options);
        return reader(options, data);
    }

    public static T Read<T>(DecoderOptions options, string path, ImageReader<T> reader)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(path);
        using var file = File.OpenHandle(path, options: FileOptions.SequentialScan);
        var length = CheckedLength(RandomAccess.GetLength(file));
        var buffer = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            var read = 0;
            while (read < length && RandomAccess.Read(file, buffer.AsSpan(read, length - read), read) is > 0 and var count)
            {
                read += count;
            }

            return reader(options, buffer.AsSpan(0, read));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public static T Read<T>(DecoderOptions options, Stream stream, ImageReader<T> reader) => Read(options, stream, reader, stay: false);

    public static T Read<T>(DecoderOptions options, Stream stream, ImageReader<T> reader, bool stay)
    {
        Check(options, stream);
        if (stream is MemoryStream memory && memory.TryGetBuffer(out var segment))
        {
            var start = (int)Math.Min(memory.Position, segment.Count);
            if (!stay)
            {
                memory.Position = memory.Length;
            }

            return reader(options, segment.AsSpan(start));
        }

        var position = stream.CanSeek ? stream.Position : 0;
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        if (stay && stream.CanSeek)
        {
            stream.Position = position;
        }

        return reader(options, copy.GetBuffer().AsSpan(0, (int)copy.Length));
    }

    public static async Task<T> ReadAsync<T>(DecoderOptions options, string path, ImageReader<T> reader, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(path);
        var bytes = await File.ReadAllBytesAsync(path, cancellationToken);
        return reader(options, bytes);
    }

    public static async Task<T> ReadAsync<T>(DecoderOptions options, Stream stream, ImageReader<T> reader, CancellationToken cancellationToken)
    {
        Check(options, stream);
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy, cancellationToken);
        return reader(options, copy.GetBuffer().AsSpan(0, (int)copy.Length));
    }

    private static void Check(DecoderOptions options, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanRead)
        {
            throw new NotSupportedException("The stream cannot be read.");
        }
    }

    private static int CheckedLength(long length) => length <= Array.MaxLength
        ? (int)length
        : throw new InvalidImageContentException($"The file has {length} bytes; pictures of more than {Array.MaxLength} bytes are not read.");
}
