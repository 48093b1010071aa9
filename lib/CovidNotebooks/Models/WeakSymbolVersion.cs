using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace CovidNotebooks.Models;

/// <summary>
/// TorchSharp's library for Linux asks the C++ runtime for a version that carries one marker symbol, which nothing in it refers to; systems
/// before GCC 13 lack it. The kit's own build marks the entry as weak (<c>build/WeakenSymbolVersion.cs</c>); who takes the library as a
/// package has the file as its makers wrote it, and the same is done here, in a copy.
/// </summary>
internal static class WeakSymbolVersion
{
    /// <summary>The version, of GCC 13.</summary>
    public const string Marker = "GLIBCXX_3.4.32";

    private const uint NeededVersions = 0x6ffffffe;
    private const byte Weak = 2;

    /// <summary>Loads a copy that does without <see cref="Marker"/>; the copy is gone when this returns.</summary>
    /// <param name="file">The library.</param>
    /// <param name="libtorch">The folder that libtorch is loaded from before: the copy has no neighbours.</param>
    /// <returns>Its handle; 0 where the library asks for no such version.</returns>
    /// <exception cref="DllNotFoundException">The copy, or libtorch, does not load either.</exception>
    public static nint Load(string file, string libtorch)
    {
        var bytes = File.ReadAllBytes(file);
        if (!Weaken(bytes, Marker))
        {
            return 0;
        }

        // The loader meets it again by its name when the copy asks for it.
        NativeLibrary.Load(Path.Combine(libtorch, "libtorch.so"));
        var folder = Directory.CreateTempSubdirectory("covidnotebooks-");
        try
        {
            var copy = Path.Combine(folder.FullName, Path.GetFileName(file));
            File.WriteAllBytes(copy, bytes);
            return NativeLibrary.Load(copy);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>
    /// Sets the flag VER_FLG_WEAK on the entries of a version in <c>.gnu.version_r</c> (Linux Standard Base, "Symbol Versioning").
    /// </summary>
    /// <param name="file">A 64-bit little-endian library; changed in place.</param>
    /// <param name="version">For example <c>GLIBCXX_3.4.32</c>.</param>
    /// <returns>Whether there was such an entry.</returns>
    public static bool Weaken(Span<byte> file, string version)
    {
        var (sections, size, count) = (Number(file, 0x28), UInt16(file, 0x3A), UInt16(file, 0x3C));
        var found = false;
        for (var header = sections; header < sections + (size * count); header += size)
        {
            if (UInt32(file, header + 4) != NeededVersions)
            {
                continue;
            }

            var names = Number(file, sections + ((int)UInt32(file, header + 0x28) * size) + 0x18);
            var need = Number(file, header + 0x18);
            for (var next = -1; next != 0; need += next)
            {
                var entry = need + (int)UInt32(file, need + 8);
                for (var step = -1; step != 0; entry += step)
                {
                    var name = file[(names + (int)UInt32(file, entry + 8))..];
                    if (Encoding.ASCII.GetString(name[..name.IndexOf((byte)0)]) == version)
                    {
                        file[entry + 4] |= Weak;
                        found = true;
                    }

                    step = (int)UInt32(file, entry + 12);
                }

                next = (int)UInt32(file, need + 12);
            }
        }

        return found;
    }

    private static int Number(ReadOnlySpan<byte> file, int at) => (int)BinaryPrimitives.ReadInt64LittleEndian(file[at..]);

    private static uint UInt32(ReadOnlySpan<byte> file, int at) => BinaryPrimitives.ReadUInt32LittleEndian(file[at..]);

    private static int UInt16(ReadOnlySpan<byte> file, int at) => BinaryPrimitives.ReadUInt16LittleEndian(file[at..]);
}
