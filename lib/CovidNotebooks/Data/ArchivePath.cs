using System.Diagnostics.CodeAnalysis;

namespace CovidNotebooks.Data;

/// <summary>Names inside archives: which of them stay inside the folder that an archive is unpacked to, on every system.</summary>
public static class ArchivePath
{
    private const int LongestPart = 255;
    private const int MostParts = 32;

    /// <summary>Splits a name at <c>/</c> and <c>\</c>; parts that are <c>.</c> are left out.</summary>
    /// <param name="name">The name in the archive.</param>
    /// <param name="parts">Its parts. None for the archive's own top folder (<c>./</c>).</param>
    /// <param name="problem">What is wrong with the name, to be read after "which"; null when it is safe.</param>
    /// <returns>
    /// False for absolute names, names with a drive, <c>..</c>, control characters, or parts that Windows shortens to <c>..</c>.
    /// </returns>
    public static bool TryParse(string name, out IReadOnlyList<string> parts, [NotNullWhen(false)] out string? problem)
    {
        ArgumentNullException.ThrowIfNull(name);
        parts = [.. name.Split('/', '\\').Where(part => part.Length > 0 && part != ".")];
        problem = Problem(name, parts);
        return problem is null;
    }

    private static string? Problem(string name, IReadOnlyList<string> parts)
    {
        if (name.Length == 0)
        {
            return "is empty";
        }

        if (name[0] is '/' or '\\')
        {
            return "is absolute";
        }

        if (name.Any(char.IsControl))
        {
            return "holds control characters";
        }

        if (parts.Any(part => part.All(character => character is '.' or ' ')))
        {
            return "leads out of the folder";
        }

        return parts.Any(part => part.Contains(':', StringComparison.Ordinal))
            ? "holds a colon, the sign of a drive or of a hidden stream"
            : parts.Count > MostParts || parts.Any(part => part.Length > LongestPart)
            ? $"is deeper than {MostParts} folders or has a part longer than {LongestPart} characters"
            : null;
    }
}
