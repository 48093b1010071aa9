using System.Buffers.Binary;
using System.Numerics;

namespace SixLabors.ImageSharp.Formats.Bmp;

/// <summary>The headers of a BMP, checked.</summary>
internal readonly struct BmpHeader
{
    private const int FileHeaderSize = 14;
    private const int CoreHeaderSize = 12;

    private BmpHeader(ReadOnlySpan<byte> data)
    {
        if (data.Length < FileHeaderSize + CoreHeaderSize)
        {
            throw new InvalidImageContentException("The BMP ends in its header.");
        }

        var info = data[FileHeaderSize..];
        var size = BinaryPrimitives.ReadInt32LittleEndian(info);
        if (size < CoreHeaderSize || size > info.Length || (size > CoreHeaderSize && size < 40))
        {
            throw new InvalidImageContentException($"The BMP says that its header has {size} bytes, which is not possible in a file of {data.Length}.");
        }

        if (size == CoreHeaderSize)
        {
            (Width, Height) = (BinaryPrimitives.ReadUInt16LittleEndian(info[4..]), BinaryPrimitives.ReadUInt16LittleEndian(info[6..]));
            Bits = BinaryPrimitives.ReadUInt16LittleEndian(info[10..]);
            PaletteEntrySize = 3;
        }
        else
        {
            Width = BinaryPrimitives.ReadInt32LittleEndian(info[4..]);
            var height = BinaryPrimitives.ReadInt32LittleEndian(info[8..]);
            TopDown = height < 0;
            Height = height == int.MinValue ? 0 : Math.Abs(height);
            Bits = BinaryPrimitives.ReadUInt16LittleEndian(info[14..]);
            Compression = BinaryPrimitives.ReadInt32LittleEndian(info[16..]);
            (DensityX, DensityY) = (BinaryPrimitives.ReadInt32LittleEndian(info[24..]), BinaryPrimitives.ReadInt32LittleEndian(info[28..]));
            PaletteEntrySize = 4;
        }

        if (Width <= 0 || Height <= 0 || Bits is not (1 or 4 or 8 or 16 or 24 or 32) || Compression is not (0 or 3) || (Compression == 3 && Bits is not (16 or 32)))
        {
            throw new InvalidImageContentException($"A BMP of {Width} x {Height} pixels of {Bits} bits with compression {Compression} is not read.");
        }

        (RedMask, GreenMask, BlueMask) = Bits == 16 ? (0x7C00u, 0x03E0u, 0x001Fu) : (0x00FF0000u, 0x0000FF00u, 0x000000FFu);
        if (Compression == 3)
        {
            if (info.Length < 52)
            {
                throw new InvalidImageContentException("The BMP ends in its channel masks.");
            }

            RedMask = BinaryPrimitives.ReadUInt32LittleEndian(info[40..]);
            GreenMask = BinaryPrimitives.ReadUInt32LittleEndian(info[44..]);
            BlueMask = BinaryPrimitives.ReadUInt32LittleEndian(info[48..]);
        }

        PaletteOffset = FileHeaderSize + size;
        PixelOffset = BinaryPrimitives.ReadUInt32LittleEndian(data[10..]);
    }

    public int Width { get; }

    public int Height { get; }

    public bool TopDown { get; }

    public int Bits { get; }

    public int Compression { get; }

    public int DensityX { get; }

    public int DensityY { get; }

    public int PaletteOffset { get; }

    public int PaletteEntrySize { get; }

    public long PixelOffset { get; }

    public uint RedMask { get; }

    public uint GreenMask { get; }

    public uint BlueMask { get; }

    /// <summary>Bytes of a row in the file: a multiple of four.</summary>
    public long Stride => (((long)Width * Bits) + 31) / 32 * 4;

    public static BmpHeader Read(ReadOnlySpan<byte> data) => new(data);

    /// <summary>The channel under a mask, stretched to 0..255.</summary>
    public static byte Under(uint mask, uint value)
    {
        if (mask == 0)
        {
            return 0;
        }

        var shift = BitOperations.TrailingZeroCount(mask);
        return (byte)(((ulong)((value & mask) >> shift) * 255 + ((mask >> shift) / 2)) / (mask >> shift));
    }
}
