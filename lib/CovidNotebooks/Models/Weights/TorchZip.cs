using System.Buffers.Binary;
using System.Text;

namespace CovidNotebooks.Models.Weights;

/// <summary>
/// The records of a PyTorch zip file: stored, not compressed, each once, each with its own bytes of the file. Only the directory is read;
/// its size is bounded.
/// </summary>
/// <remarks>Format: PKWARE's APPNOTE 6.3, with the 64-bit fields that PyTorch writes.</remarks>
internal sealed class TorchZip
{
    private const int EndLength = 22;
    private const int LocatorLength = 20;
    private const int End64Length = 56;
    private const int EntryLength = 46;
    private const int LocalLength = 30;
    private const int MostRecords = 100_000;
    private const long MostDirectoryBytes = 8 << 20;

    private readonly Stream file;
    private readonly Dictionary<string, (long Start, long Length)> records = new(StringComparer.Ordinal);

    /// <summary>Reads and checks the directory.</summary>
    /// <exception cref="WeightsException">It is not a directory of stored records.</exception>
    public TorchZip(Stream file)
    {
        this.file = file;
        var (start, length, count) = FindDirectory();
        if (count > MostRecords
            || length > MostDirectoryBytes
            || start < 0
            || length < 0
            || start > file.Length - length
            || length < count * EntryLength)
        {
            throw Damaged($"its directory claims {count} records in {length} bytes from byte {start}, and the file has {file.Length}");
        }

        var directory = Read(start, (int)length);
        var position = 0;
        for (var i = 0L; i < count; i++)
        {
            position += Add(directory.AsSpan(position));
        }

        if (position != directory.Length)
        {
            throw Damaged("its directory has another length than its records");
        }

        long free = 0;
        foreach (var (name, (first, size)) in records.OrderBy(pair => pair.Value.Start))
        {
            free = first >= free && first <= start - size ? first + size : throw Damaged($"the record {name} takes bytes of another one");
        }

        var roots = records.Keys.Where(name => name.EndsWith("/data.pkl", StringComparison.Ordinal)).ToList();
        Root = roots is [var only] && only.Count(letter => letter == '/') == 1
            ? only[..^"data.pkl".Length]
            : throw Damaged($"it has {roots.Count} records called data.pkl; a PyTorch file has one, in a folder");
        if (records.ContainsKey(Root + "byteorder") && !Text("byteorder").StartsWith("little", StringComparison.Ordinal))
        {
            throw Damaged("its numbers are big-endian");
        }
    }

    /// <summary>The folder of the records, with its slash.</summary>
    public string Root { get; }

    /// <summary>Where a record's bytes are, or null.</summary>
    public (long Start, long Length)? Find(string name) => records.TryGetValue(Root + name, out var found) ? found : null;

    /// <summary>Bytes of the file.</summary>
    public byte[] Read(long start, int length)
    {
        var bytes = new byte[length];
        file.Position = start;
        file.ReadExactly(bytes);
        return bytes;
    }

    private static WeightsException Damaged(string why) =>
        new($"It is no zip file as PyTorch writes it: {why}. It is damaged, cut short, or something else.");

    private string Text(string name) =>
        Find(name) is { Length: < 64 } found ? Encoding.ASCII.GetString(Read(found.Start, (int)found.Length)) : "";

    private (long Start, long Length, long Count) FindDirectory()
    {
        var tail = Read(Math.Max(0, file.Length - ushort.MaxValue - EndLength), (int)Math.Min(file.Length, ushort.MaxValue + EndLength));
        for (var i = tail.Length - EndLength; i >= 0; i--)
        {
            var end = tail.AsSpan(i);
            if (BinaryPrimitives.ReadUInt32LittleEndian(end) != 0x06054b50
                || BinaryPrimitives.ReadUInt16LittleEndian(end[20..]) != end.Length - EndLength)
            {
                continue;
            }

            var at = file.Length - tail.Length + i - LocatorLength;
            if (at >= 0 && BinaryPrimitives.ReadUInt32LittleEndian(Read(at, LocatorLength)) == 0x07064b50)
            {
                var place = BinaryPrimitives.ReadInt64LittleEndian(Read(at + 8, 8));
                var wide = place >= 0 && place <= at - End64Length ? Read(place, End64Length)
                    : throw Damaged("its 64-bit end lies outside");
                return BinaryPrimitives.ReadUInt32LittleEndian(wide) == 0x06064b50
                    ? (
                        BinaryPrimitives.ReadInt64LittleEndian(wide.AsSpan(48)),
                        BinaryPrimitives.ReadInt64LittleEndian(wide.AsSpan(40)),
                        Whole(BinaryPrimitives.ReadInt64LittleEndian(wide.AsSpan(32))))
                    : throw Damaged("its 64-bit end is none");
            }

            return (
                BinaryPrimitives.ReadUInt32LittleEndian(end[16..]),
                BinaryPrimitives.ReadUInt32LittleEndian(end[12..]),
                BinaryPrimitives.ReadUInt16LittleEndian(end[10..]));
        }

        throw Damaged("it has no directory at its end");
    }

    private static long Whole(long count) => count >= 0 ? count : throw Damaged("its directory claims fewer than no records");

    private int Add(ReadOnlySpan<byte> entry)
    {
        if (entry.Length < EntryLength || BinaryPrimitives.ReadUInt32LittleEndian(entry) != 0x02014b50)
        {
            throw Damaged("its directory ends in the middle of a record");
        }

        int nameLength = BinaryPrimitives.ReadUInt16LittleEndian(
            entry[28..]), extraLength = BinaryPrimitives.ReadUInt16LittleEndian(entry[30..]);
        var whole = EntryLength + nameLength + extraLength + BinaryPrimitives.ReadUInt16LittleEndian(entry[32..]);
        if (whole > entry.Length)
        {
            throw Damaged("its directory ends in the middle of a record");
        }

        var name = Name(entry.Slice(EntryLength, nameLength));
        var wide = Wide(entry.Slice(EntryLength + nameLength, extraLength));
        long length = Field(entry[24..], ref wide), packed = Field(entry[20..], ref wide), header = Field(entry[42..], ref wide);
        int flags = BinaryPrimitives.ReadUInt16LittleEndian(entry[8..]), method = BinaryPrimitives.ReadUInt16LittleEndian(entry[10..]);
        if (method != 0 || (flags & 1) != 0 || length != packed || length < 0 || header < 0 || header > file.Length - LocalLength)
        {
            throw Damaged($"the record {name} is compressed, encrypted or outside the file");
        }

        var local = Read(header, LocalLength);
        var first = header
            + LocalLength
            + BinaryPrimitives.ReadUInt16LittleEndian(local.AsSpan(26))
            + BinaryPrimitives.ReadUInt16LittleEndian(local.AsSpan(28));
        if (BinaryPrimitives.ReadUInt32LittleEndian(local) != 0x04034b50 || BinaryPrimitives.ReadUInt16LittleEndian(local.AsSpan(8)) != 0
            || BinaryPrimitives.ReadUInt16LittleEndian(local.AsSpan(26)) != nameLength || first > file.Length - length
            || !Read(header + LocalLength, nameLength).AsSpan().SequenceEqual(entry.Slice(EntryLength, nameLength)))
        {
            throw Damaged($"the record {name} is another one than its directory says");
        }

        return records.TryAdd(name, (first, length)) ? whole : throw Damaged($"it has the record {name} twice");
    }

    /// <summary>The 64-bit extra field, or nothing.</summary>
    private static ReadOnlySpan<byte> Wide(ReadOnlySpan<byte> extra)
    {
        while (extra.Length >= 4)
        {
            var length = Math.Min(BinaryPrimitives.ReadUInt16LittleEndian(extra[2..]), extra.Length - 4);
            if (BinaryPrimitives.ReadUInt16LittleEndian(extra) == 1)
            {
                return extra.Slice(4, length);
            }

            extra = extra[(4 + length)..];
        }

        return [];
    }

    /// <summary>A number of 32 bits; where it is all ones, the next of the 64-bit extra field.</summary>
    private static long Field(ReadOnlySpan<byte> field, ref ReadOnlySpan<byte> wide)
    {
        var narrow = BinaryPrimitives.ReadUInt32LittleEndian(field);
        if (narrow != uint.MaxValue || wide.Length < 8)
        {
            return narrow;
        }

        var value = BinaryPrimitives.ReadInt64LittleEndian(wide);
        wide = wide[8..];
        return value;
    }

    private static string Name(ReadOnlySpan<byte> bytes)
    {
        var name = Encoding.UTF8.GetString(bytes);
        return name.Length > 0
            && name[0] != '/'
            && !name.Any(letter => char.IsControl(letter) || letter is '\\' or ':' or '\uFFFD')
            && !name.Split('/').Any(part => part is ".." or ".")
            ? name
            : throw Damaged("a record's name leaves its folder, or is no name");
    }
}
