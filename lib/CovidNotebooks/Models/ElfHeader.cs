using System.Buffers.Binary;

namespace CovidNotebooks.Models;

/// <summary>What the head of a 64-bit little-endian ELF file promises of its length (ELF-64 Object File Format, version 1.5).</summary>
internal static class ElfHeader
{
    /// <summary>As much of a file's beginning as <see cref="LeastLength"/> asks for: linkers write the program headers first.</summary>
    public const int Needed = 4096;

    private const int HeaderBytes = 64;
    private const int ProgramHeaderBytes = 56;
    private const uint Load = 1;

    /// <summary>
    /// The bytes that the file has at least when it is whole: to the end of each loaded segment and of the table of sections. A loader that
    /// meets a shorter file maps memory that is not there, and the process dies at its first touch.
    /// </summary>
    /// <param name="begin">The first <see cref="Needed"/> bytes, or all of a shorter file.</param>
    /// <returns>0 where it is no such file; a file that ends inside its own header needs that header.</returns>
    public static long LeastLength(ReadOnlySpan<byte> begin)
    {
        ReadOnlySpan<byte> magic = [0x7F, (byte)'E', (byte)'L', (byte)'F', 2, 1];
        if (begin.Length < HeaderBytes)
        {
            return magic.StartsWith(begin[..Math.Min(begin.Length, magic.Length)]) ? HeaderBytes : 0;
        }

        if (!begin.StartsWith(magic))
        {
            return 0;
        }

        var (programs, sections) = (Int64(begin[0x20..]), Int64(begin[0x28..]));
        var (programBytes, programCount) = (UInt16(begin[0x36..]), UInt16(begin[0x38..]));
        var least = Math.Max(HeaderBytes, sections + ((long)UInt16(begin[0x3A..]) * UInt16(begin[0x3C..])));
        for (var i = 0; i < programCount && programBytes >= ProgramHeaderBytes; i++)
        {
            var at = programs + ((long)i * programBytes);
            least = Math.Max(least, at + programBytes);
            if (at < HeaderBytes || at + ProgramHeaderBytes > begin.Length)
            {
                break;
            }

            var segment = begin[(int)at..];
            if (BinaryPrimitives.ReadUInt32LittleEndian(segment) == Load)
            {
                least = Math.Max(least, Int64(segment[0x08..]) + Int64(segment[0x20..]));
            }
        }

        return least;
    }

    private static long Int64(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadInt64LittleEndian(bytes);

    private static ushort UInt16(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt16LittleEndian(bytes);
}
