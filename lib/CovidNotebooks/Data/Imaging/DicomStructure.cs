using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace CovidNotebooks.Data.Imaging;

/// <summary>
/// The data elements of a DICOM file that a picture needs (DICOM PS3.5 and PS3.10: implicit and explicit VR, little endian), and what the
/// kit reads of all that a DICOM file can be; everything else is refused by name.
/// </summary>
internal sealed class DicomStructure
{
    public const string JpegBaseline = "1.2.840.10008.1.2.4.50";
    public const uint PixelData = 0x7FE0_0010;

    private const string Implicit = "1.2.840.10008.1.2";
    private const string Explicit = "1.2.840.10008.1.2.1";
    private const uint Undefined = uint.MaxValue;
    private const uint Item = 0xFFFE_E000;
    private const uint ItemEnd = 0xFFFE_E00D;
    private const uint SequenceEnd = 0xFFFE_E0DD;
    private const uint PresentationShape = 0x2050_0020;
    private const int DeepestNesting = 32;
    private const string Advice =
        "Expected one frame, MONOCHROME1, MONOCHROME2 or RGB, uncompressed in little endian or JPEG baseline.";

    /// <summary>What is not read, and the program of dcmtk or GDCM that makes of it a file that is.</summary>
    private static readonly Dictionary<string, (string Name, string Tool)> RefusedSyntaxes = new(StringComparer.Ordinal)
    {
        ["1.2.840.10008.1.2.1.99"] = ("deflated", "dcmconv +te"),
        ["1.2.840.10008.1.2.2"] = ("in big endian", "dcmconv +te"),
        ["1.2.840.10008.1.2.4.51"] = ("JPEG extended (12 bits)", "dcmdjpeg"),
        ["1.2.840.10008.1.2.4.57"] = ("JPEG lossless", "dcmdjpeg"),
        ["1.2.840.10008.1.2.4.70"] = ("JPEG lossless", "dcmdjpeg"),
        ["1.2.840.10008.1.2.4.80"] = ("JPEG-LS", "dcmdjpls"),
        ["1.2.840.10008.1.2.4.81"] = ("JPEG-LS", "dcmdjpls"),
        ["1.2.840.10008.1.2.4.90"] = ("JPEG 2000", "gdcmconv --raw"),
        ["1.2.840.10008.1.2.4.91"] = ("JPEG 2000", "gdcmconv --raw"),
        ["1.2.840.10008.1.2.5"] = ("RLE", "dcmdrle"),
    };

    private readonly Dictionary<uint, byte[]> values = [];

    /// <summary>Besides those that begin with O, the VRs whose length has four bytes (PS3.5, 7.1.2); the spaces keep them apart.</summary>
    private static ReadOnlySpan<byte> LongRepresentations => "SQ UC UN UR UT SV UV"u8;

    private DicomStructure()
    {
    }

    public string TransferSyntax { get; private set; } = "";

    /// <summary>Where the pixels are: uncompressed, their bytes; in JPEG, everything from the first item on.</summary>
    public Range Pixels { get; private set; }

    public int Rows => Whole(0x0028_0010);

    public int Columns => Whole(0x0028_0011);

    public int Samples => Whole(0x0028_0002, 1);

    public string Photometric => Text(0x0028_0004);

    public bool PlaneByPlane => Whole(0x0028_0006) == 1;

    public int BitsAllocated => Whole(0x0028_0100);

    public int BitsStored => Whole(0x0028_0101, BitsAllocated);

    public int HighBit => Whole(0x0028_0102, BitsStored - 1);

    public bool Signed => Whole(0x0028_0103) == 1;

    public double Slope => Number(0x0028_1053) ?? 1;

    public double Intercept => Number(0x0028_1052) ?? 0;

    /// <summary>The first window of the file, as its black and its white value (PS3.3, C.11.2.1); null where the file has none.</summary>
    public (double Black, double White)? Window => Number(0x0028_1050) is not { } center || Number(0x0028_1051) is not { } width ? null
        : Text(0x0028_1056) == "LINEAR_EXACT" ? (center - (width / 2), center + (width / 2))
        : (center - 0.5 - ((width - 1) / 2), center - 0.5 + ((width - 1) / 2));

    /// <summary>True where the file has a table that makes grey levels of its values (VOI LUT), which is not applied.</summary>
    public bool HasGrayTable => values.ContainsKey(0x0028_3010);

    public string PatientId => Text(0x0010_0020);

    public string SeriesUid => Text(0x0020_000E);

    public static bool IsDicom(ReadOnlySpan<byte> file) => file.Length >= 132 && file[128..].StartsWith("DICM"u8);

    public static (ImageHeader? Header, string Found, string Advice) ReadHeader(ReadOnlySpan<byte> file)
    {
        DicomStructure structure;
        try
        {
            structure = Read(file);
        }
        catch (EndOfStreamException)
        {
            return (null, ImageStructure.Truncated("DICOM file", file.Length), ImageStructure.TruncatedAdvice);
        }
        catch (InvalidDataException exception)
        {
            return (null, exception.Message, Advice);
        }

        if (structure.Problem() is { } problem)
        {
            return (null, $"the DICOM file {problem}, which is not read.", Advice);
        }

        var (offset, length) = structure.Pixels.GetOffsetAndLength(file.Length);
        var needed = (long)structure.Rows * structure.Columns * structure.Samples * (structure.BitsAllocated / 8);
        if (structure.TransferSyntax != JpegBaseline && length < needed)
        {
            return (null, ImageStructure.Truncated("DICOM file", file.Length), ImageStructure.TruncatedAdvice);
        }

        if (structure.TransferSyntax == JpegBaseline)
        {
            // The picture has its own header, and it must not promise more than the file's.
            var (jpeg, found, advice) = JpegStructure.Read(DicomDecoder.Fragments(file[offset..]));
            if (jpeg is null || jpeg.Width != structure.Columns || jpeg.Height != structure.Rows)
            {
                return jpeg is null ? (null, $"in the DICOM file {found}", advice)
                    : (null, "the JPEG in the DICOM file has another size than the file says.", ImageStructure.DamagedAdvice);
            }
        }

        var mode = structure.Samples == 3 ? "RGB" : structure.BitsStored > 8 ? "I;16" : "L";
        return (new ImageHeader(ImageFileFormat.Dicom, structure.Columns, structure.Rows, mode, structure.BitsStored,
            IsProgressive: false), "", "");
    }

    /// <summary>Reads up to the pixels.</summary>
    /// <exception cref="EndOfStreamException">The file ends inside an element.</exception>
    /// <exception cref="InvalidDataException">The file is not built as DICOM says.</exception>
    public static DicomStructure Read(ReadOnlySpan<byte> file)
    {
        var structure = new DicomStructure();
        var at = 132;
        while (at < file.Length && Tag(file, at) >> 16 == 2)
        {
            structure.Take(file, ref at, isExplicit: true);
        }

        structure.TransferSyntax = structure.Text(0x0002_0010);
        if (structure.TransferSyntax is not (Implicit or Explicit or JpegBaseline))
        {
            var (kind, tool) = RefusedSyntaxes.GetValueOrDefault(
                structure.TransferSyntax, ($"of the transfer syntax {Shown(structure.TransferSyntax)}", "gdcmconv --raw"));
            throw new InvalidDataException($"the DICOM file is {kind}, which is not read; `{tool} IN OUT` makes one that is.");
        }

        while (at < file.Length)
        {
            if (structure.Take(file, ref at, structure.TransferSyntax != Implicit) == PixelData)
            {
                return structure;
            }
        }

        throw new InvalidDataException("the DICOM file holds no picture (no element 7FE0,0010).");
    }

    private string? Problem() =>
        Whole(0x0028_0008, 1) > 1 ? $"holds {Whole(0x0028_0008)} frames (`dcmj2pnm +Fa IN OUT` writes each as a picture)"
        : BitsAllocated is not (8 or 16) || BitsStored < 1 || BitsStored > BitsAllocated || HighBit >= BitsAllocated
            || HighBit + 1 < BitsStored ? $"has {BitsStored} of {BitsAllocated} bits, the highest {HighBit}"
        : Samples == 1 && Photometric is "MONOCHROME1" or "MONOCHROME2" ? GrayProblem()
        : Samples == 3 && BitsStored == 8 && Photometric == "RGB" && TransferSyntax != JpegBaseline ? null
        : Samples == 3 && BitsStored == 8 && Photometric is "YBR_FULL_422" or "YBR_FULL" && TransferSyntax == JpegBaseline ? null
        : $"has the photometric interpretation {Shown(Photometric)} with {Samples} samples a pixel";

    private string? GrayProblem() =>
        values.ContainsKey(0x0028_3000) ? "has a table of values (modality LUT)"
        : Text(PresentationShape) is { Length: > 0 } shape && shape != (Photometric == "MONOCHROME1" ? "INVERSE" : "IDENTITY")
            ? $"contradicts itself: {Photometric} with the presentation LUT shape {Shown(shape)}"
        : !(Slope > 0 && double.IsFinite(Slope) && double.IsFinite(Intercept))
            ? string.Create(CultureInfo.InvariantCulture, $"has the rescale slope {Slope}")
        : Text(0x0028_1056) is not ("" or "LINEAR" or "LINEAR_EXACT") ? $"has the window function {Shown(Text(0x0028_1056))}"
        : Window is { } window && !(window.White >= window.Black && double.IsFinite(window.Black) && double.IsFinite(window.White))
            ? "has a window of no width"
        : TransferSyntax == JpegBaseline && (BitsAllocated != 8 || Signed) ? "is JPEG baseline of more than 8 bits"
        : null;

    /// <summary>Keeps the element at a place where it is of use, goes on behind it, and tells its tag.</summary>
    private uint Take(ReadOnlySpan<byte> file, ref int at, bool isExplicit, bool keep = true, int nesting = 0)
    {
        var tag = Tag(file, at);
        var (length, isSequence) = Length(file, ref at, isExplicit, tag);
        if (tag == PixelData && nesting == 0)
        {
            var end = length == Undefined ? file.Length : (long)at + length;
            Pixels = end <= file.Length ? at..(int)end : throw new EndOfStreamException();
        }
        else if (length == Undefined)
        {
            Skip(file, ref at, isExplicit && isSequence, nesting + 1);
            _ = keep && values.TryAdd(tag, []);
        }
        else if ((long)at + length > file.Length)
        {
            throw new EndOfStreamException();
        }
        else
        {
            if (keep)
            {
                values.TryAdd(tag, IsKept(tag) ? file.Slice(at, (int)Math.Min(length, 1024)).ToArray() : []);
            }

            at += (int)length;
        }

        return tag;
    }

    /// <summary>Over a sequence of undefined length: items until its end; an item of undefined length is elements until its end.</summary>
    private void Skip(ReadOnlySpan<byte> file, ref int at, bool isExplicit, int nesting)
    {
        if (nesting > DeepestNesting)
        {
            throw new InvalidDataException($"the DICOM file nests sequences deeper than {DeepestNesting}.");
        }

        while (true)
        {
            var tag = Tag(file, at);
            at += 4;
            var length = UInt32(file, at);
            at += 4;
            if (tag == SequenceEnd)
            {
                return;
            }

            if (tag != Item)
            {
                throw new InvalidDataException($"the DICOM file has {tag:X8} where an item of a sequence was expected.");
            }

            if (length != Undefined)
            {
                at = (long)at + length <= file.Length ? at + (int)length : throw new EndOfStreamException();
                continue;
            }

            while (Tag(file, at) != ItemEnd)
            {
                Take(file, ref at, isExplicit, keep: false, nesting);
            }

            at += 8;
        }
    }

    /// <summary>The length of the value, the place set behind it, and whether one of undefined length is in the file's own VR.</summary>
    private static (uint Length, bool IsSequence) Length(ReadOnlySpan<byte> file, ref int at, bool isExplicit, uint tag)
    {
        at += 4;
        if (!isExplicit)
        {
            at += 4;
            return (UInt32(file, at - 4), false);
        }

        if (at + 4 > file.Length)
        {
            throw new EndOfStreamException();
        }

        var vr = file.Slice(at, 2);
        if (vr.IndexOfAnyExceptInRange((byte)'A', (byte)'Z') >= 0)
        {
            throw new InvalidDataException($"the DICOM file has no value representation at the element {tag:X8}.");
        }

        var isLong = vr[0] == (byte)'O' || LongRepresentations.IndexOf(vr) >= 0;
        var isSequence = !vr.SequenceEqual("UN"u8); // What is unknown is written in implicit VR (PS3.5, 6.2.2).
        at += isLong ? 8 : 4;
        return (isLong ? UInt32(file, at - 4) : BinaryPrimitives.ReadUInt16LittleEndian(file[(at - 2)..]), isSequence);
    }

    private static bool IsKept(uint tag) => tag is 0x0002_0010 or 0x0010_0020 or 0x0020_000E or PresentationShape || tag >> 16 == 0x0028;

    private static uint Tag(ReadOnlySpan<byte> file, int at) => at + 8 <= file.Length
        ? (uint)((BinaryPrimitives.ReadUInt16LittleEndian(file[at..]) << 16) | BinaryPrimitives.ReadUInt16LittleEndian(file[(at + 2)..]))
        : throw new EndOfStreamException();

    private static uint UInt32(ReadOnlySpan<byte> file, int at) =>
        at + 4 <= file.Length ? BinaryPrimitives.ReadUInt32LittleEndian(file[at..]) : throw new EndOfStreamException();

    private static string Shown(string text) => text.Length == 0 ? "(none)"
        : new string([.. text.Where(letter => letter is >= ' ' and < '\u007f').Take(70)]);

    private string Text(uint tag) => values.TryGetValue(tag, out var value)
        ? Encoding.Latin1.GetString(value).TrimEnd('\0', ' ').TrimStart(' ') : "";

    private double? Number(uint tag) =>
        double.TryParse(Text(tag).Split('\\')[0], NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>A US value; IS, which is text, where two bytes do not do (the number of frames).</summary>
    private int Whole(uint tag, int otherwise = 0)
    {
        if (!values.TryGetValue(tag, out var value) || value.Length == 0)
        {
            return otherwise;
        }

        return tag == 0x0028_0008
            ? (int.TryParse(Text(tag), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : int.MaxValue)
            : value.Length >= 2 ? BinaryPrimitives.ReadUInt16LittleEndian(value) : otherwise;
    }
}
