using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace SixLabors.ImageSharp.Metadata.Profiles.Exif;

/// <summary>The EXIF block of a picture: of its values the single numbers of 16 bits and the texts.</summary>
public sealed class ExifProfile : IDeepCloneable<ExifProfile>
{
    private const ushort ExifDirectory = 0x8769;
    private const int EntrySize = 12;

    private readonly List<IExifValue> values = [];

    public ExifProfile()
    {
    }

    /// <summary>Reads a block, with or without "Exif" before it; what is damaged is left out.</summary>
    public ExifProfile(byte[]? data)
    {
        ReadOnlySpan<byte> block = data;
        if (block.StartsWith("Exif\0\0"u8))
        {
            block = block[6..];
        }

        if (block.Length < 8 || !(block.StartsWith("II*\0"u8) || block.StartsWith("MM\0*"u8)))
        {
            return;
        }

        var littleEndian = block[0] == (byte)'I';
        ReadDirectory(block, UInt32(block[4..], littleEndian), littleEndian, depth: 0);
    }

    public IReadOnlyList<IExifValue> Values => values;

    public bool TryGetValue<TValueType>(ExifTag<TValueType> tag, [NotNullWhen(true)] out IExifValue<TValueType>? exifValue)
    {
        exifValue = values.OfType<IExifValue<TValueType>>().FirstOrDefault(value => value.Tag == tag);
        return exifValue is not null;
    }

    public void SetValue<TValueType>(ExifTag<TValueType> tag, TValueType value)
        where TValueType : notnull
    {
        if (TryGetValue(tag, out var found))
        {
            found.Value = value;
        }
        else
        {
            values.Add(new ExifValue<TValueType>(tag, value));
        }
    }

    public bool RemoveValue(ExifTag tag) => values.RemoveAll(value => value.Tag == tag) > 0;

    public ExifProfile DeepClone()
    {
        var clone = new ExifProfile();
        foreach (var value in values)
        {
            clone.values.Add(value switch
            {
                ExifValue<ushort> number => new ExifValue<ushort>((ExifTag<ushort>)number.Tag, number.Value),
                ExifValue<string> text => new ExifValue<string>((ExifTag<string>)text.Tag, text.Value ?? ""),
                _ => value,
            });
        }

        return clone;
    }

    private void ReadDirectory(ReadOnlySpan<byte> block, uint at, bool littleEndian, int depth)
    {
        if (at > block.Length - 2)
        {
            return;
        }

        var count = UInt16(block[(int)at..], littleEndian);
        for (var i = 0; i < count; i++)
        {
            var start = at + 2 + (i * EntrySize);
            if (start > block.Length - EntrySize)
            {
                return;
            }

            var entry = block.Slice((int)start, EntrySize);
            var (number, type, length) = (UInt16(entry, littleEndian), UInt16(entry[2..], littleEndian), UInt32(entry[4..], littleEndian));
            if (number == ExifDirectory && depth == 0)
            {
                ReadDirectory(block, UInt32(entry[8..], littleEndian), littleEndian, depth + 1);
            }
            else if (type == 3 && length == 1 && !values.Exists(value => (ushort)value.Tag == number))
            {
                values.Add(new ExifValue<ushort>(new ExifTag<ushort>(number), UInt16(entry[8..], littleEndian)));
            }
            else if (type == 2 && !values.Exists(value => (ushort)value.Tag == number) && Text(block, entry, length, littleEndian) is { } text)
            {
                values.Add(new ExifValue<string>(new ExifTag<string>(number), text));
            }
        }
    }

    private static string? Text(ReadOnlySpan<byte> block, ReadOnlySpan<byte> entry, uint length, bool littleEndian)
    {
        ReadOnlySpan<byte> bytes;
        if (length <= 4)
        {
            bytes = entry.Slice(8, (int)length);
        }
        else
        {
            var at = UInt32(entry[8..], littleEndian);
            if (at > block.Length || length > block.Length - at)
            {
                return null;
            }

            bytes = block.Slice((int)at, (int)length);
        }

        return Encoding.UTF8.GetString(bytes).TrimEnd('\0');
    }

    private static ushort UInt16(ReadOnlySpan<byte> bytes, bool littleEndian) =>
        littleEndian ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);

    private static uint UInt32(ReadOnlySpan<byte> bytes, bool littleEndian) =>
        littleEndian ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : BinaryPrimitives.ReadUInt32BigEndian(bytes);
}
