using System.Text;

namespace Tests.Notebooks;

/// <summary>
/// A version that an ELF library needs of another: an entry of its section .gnu.version_r (ELF gABI, Linux Standard Base, "Symbol
/// Versioning").
/// </summary>
/// <param name="Version">For example <c>GLIBCXX_3.4.32</c>.</param>
/// <param name="IsWeak">Whether the flag VER_FLG_WEAK is set: the loader does without it.</param>
/// <param name="FlagsAt">Where the flags are in the file.</param>
/// <param name="NameAt">Where the name is in the file.</param>
internal sealed record ElfVersionNeed(string Version, bool IsWeak, int FlagsAt, int NameAt)
{
    private const uint VersionNeeds = 0x6ffffffe;

    /// <summary>The entries of a 64-bit little-endian library.</summary>
    public static List<ElfVersionNeed> Of(byte[] file)
    {
        var (table, size, count) = (
            (int)BitConverter.ToInt64(file, 0x28), BitConverter.ToUInt16(file, 0x3A), BitConverter.ToUInt16(file, 0x3C));
        var needs = new List<ElfVersionNeed>();
        foreach (
            var header in Enumerable.Range(0, count).Select(i => table + (i * size))
                .Where(header => BitConverter.ToUInt32(file, header + 4) == VersionNeeds))
        {
            var names = (int)BitConverter.ToInt64(file, table + ((int)BitConverter.ToUInt32(file, header + 0x28) * size) + 0x18);
            var need = (int)BitConverter.ToInt64(file, header + 0x18);
            for (var more = true; more; need += BitConverter.ToInt32(file, need + 12))
            {
                var entry = need + BitConverter.ToInt32(file, need + 8);
                for (var left = BitConverter.ToUInt16(file, need + 2); left > 0; left--, entry += BitConverter.ToInt32(file, entry + 12))
                {
                    var nameAt = names + BitConverter.ToInt32(file, entry + 8);
                    var name = Encoding.ASCII.GetString(file, nameAt, Array.IndexOf(file, (byte)0, nameAt) - nameAt);
                    needs.Add(new ElfVersionNeed(name, (file[entry + 4] & 2) != 0, entry + 4, nameAt));
                }

                more = BitConverter.ToInt32(file, need + 12) != 0;
            }
        }

        return needs;
    }
}
