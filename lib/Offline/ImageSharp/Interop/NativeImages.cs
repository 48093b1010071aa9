using System.Runtime.InteropServices;
using SixLabors.ImageSharp.Memory;

namespace SixLabors.ImageSharp.Interop;

/// <summary>The functions of native/images.h.</summary>
internal static unsafe partial class NativeImages
{
    private const string Library = "covidnotebooks_images";
    private const int MessageSize = 256;
    private const int Ok = 0;
    private const int NoMemory = 2;

    /// <summary>The formats that the native part reads and writes.</summary>
    public enum Codec
    {
        Jpeg,
        Png,
    }

    public static NativeHeader ReadHeader(Codec codec, ReadOnlySpan<byte> data)
    {
        NativeHeader header = default;
        var message = stackalloc byte[MessageSize];
        fixed (byte* bytes = data)
        {
            Check(codec, codec is Codec.Jpeg ? JpegHeader(bytes, (nuint)data.Length, &header, message) : PngHeader(bytes, (nuint)data.Length, &header, message), message);
        }

        return header;
    }

    /// <summary>Decodes into rows of <paramref name="stride"/> bytes.</summary>
    public static void Decode(Codec codec, ReadOnlySpan<byte> data, ref NativeHeader header, Span<byte> pixels, int stride, long memoryLimit)
    {
        if (pixels.Length < (long)stride * header.Height)
        {
            throw new ArgumentException("The buffer is smaller than the picture.", nameof(pixels));
        }

        var message = stackalloc byte[MessageSize];
        fixed (byte* bytes = data)
        fixed (byte* target = pixels)
        fixed (NativeHeader* expected = &header)
        {
            Check(
                codec,
                codec is Codec.Jpeg
                    ? JpegDecode(bytes, (nuint)data.Length, (nuint)memoryLimit, target, (nuint)stride, expected, message)
                    : PngDecode(bytes, (nuint)data.Length, (nuint)memoryLimit, target, (nuint)stride, expected, message),
                message);
        }
    }

    public static void EncodeJpeg(
        ReadOnlySpan<byte> pixels, int width, int height, int channels, int quality, (int Horizontal, int Vertical) sampling, (int Unit, int X, int Y) density, Stream stream)
    {
        NativeBytes result = default;
        var message = stackalloc byte[MessageSize];
        fixed (byte* source = pixels)
        {
            Check(
                Codec.Jpeg,
                JpegEncode(source, width, height, channels, quality, sampling.Horizontal, sampling.Vertical, density.Unit, density.X, density.Y, &result, message),
                message);
        }

        Write(result, stream);
    }

    public static void EncodePng(
        ReadOnlySpan<byte> pixels, int width, int height, int channels, int bits, int level, bool interlaced, (int X, int Y) density, Stream stream)
    {
        NativeBytes result = default;
        var message = stackalloc byte[MessageSize];
        fixed (byte* source = pixels)
        {
            Check(Codec.Png, PngEncode(source, width, height, channels, bits, level, interlaced ? 1 : 0, density.X, density.Y, &result, message), message);
        }

        Write(result, stream);
    }

    private static void Write(NativeBytes result, Stream stream)
    {
        try
        {
            stream.Write(new ReadOnlySpan<byte>(result.Data, checked((int)result.Size)));
        }
        finally
        {
            Free(result.Data);
        }
    }

    private static void Check(Codec codec, int code, byte* message)
    {
        if (code == Ok)
        {
            return;
        }

        var text = $"The {(codec is Codec.Jpeg ? "JPEG" : "PNG")} cannot be processed: {Marshal.PtrToStringUTF8((nint)message)}.";
        throw code == NoMemory ? new InvalidImageContentException(text, new InvalidMemoryOperationException(text)) : new InvalidImageContentException(text);
    }

    [LibraryImport(Library, EntryPoint = "images_jpeg_header")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    private static partial int JpegHeader(byte* data, nuint size, NativeHeader* header, byte* message);

    [LibraryImport(Library, EntryPoint = "images_jpeg_decode")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    private static partial int JpegDecode(byte* data, nuint size, nuint memoryLimit, byte* pixels, nuint stride, NativeHeader* header, byte* message);

    [LibraryImport(Library, EntryPoint = "images_jpeg_encode")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    private static partial int JpegEncode(
        byte* pixels, int width, int height, int channels, int quality, int horizontal, int vertical, int densityUnit, int densityX, int densityY, NativeBytes* result, byte* message);

    [LibraryImport(Library, EntryPoint = "images_png_header")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    private static partial int PngHeader(byte* data, nuint size, NativeHeader* header, byte* message);

    [LibraryImport(Library, EntryPoint = "images_png_decode")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    private static partial int PngDecode(byte* data, nuint size, nuint memoryLimit, byte* pixels, nuint stride, NativeHeader* header, byte* message);

    [LibraryImport(Library, EntryPoint = "images_png_encode")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    private static partial int PngEncode(
        byte* pixels, int width, int height, int channels, int bits, int level, int interlaced, int densityX, int densityY, NativeBytes* result, byte* message);

    [LibraryImport(Library, EntryPoint = "images_free")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    private static partial void Free(byte* data);

    [StructLayout(LayoutKind.Sequential)]
    private struct NativeBytes
    {
        public byte* Data;
        public nuint Size;
    }
}
