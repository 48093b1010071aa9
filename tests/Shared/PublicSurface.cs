using System.Reflection;

namespace Tests.Shared;

/// <summary>
/// Holds a stand-in's public surface to the list of the real package's signatures: a stand-in may leave out what the real package has, and never shows what it lacks.
/// The lists under tests/signatures are cut from the whole ones by <c>tests/signatures/extract.sh</c>.
/// </summary>
internal static class PublicSurface
{
    /// <summary>
    /// The members of <paramref name="assembly"/> that do not stand in the list, each with the listed line that is nearest to it; empty when all is well.
    /// </summary>
    /// <param name="assembly">The stand-in.</param>
    /// <param name="listFile">A path, or the name of a file in tests/signatures.</param>
    /// <remarks>
    /// A stand-in may have less: no setter where the real property has one, a method that is not virtual where the real one is, a class that is sealed where the real one is not,
    /// an ancestor left out between a class and its base. An override is not a member of its own: what a user can name is declared where it is first virtual.
    /// Whether a member is marked obsolete is not compared.
    /// </remarks>
    public static IReadOnlyList<string> Check(Assembly assembly, string listFile)
    {
        var list = SignatureList.Read(Path.IsPathRooted(listFile) ? listFile : Path.Combine(Repository.Root, "tests", "signatures", listFile));
        var types = SignaturePrinter.VisibleTypes(assembly).ToList();
        if (types.Count == 0)
        {
            return [$"{assembly.GetName().Name} has no public type at all."];
        }

        return [.. types.SelectMany(type => Check(type, list))];
    }

    private static IEnumerable<string> Check(Type type, SignatureList list)
    {
        var name = SignaturePrinter.TypeName(type);
        var line = SignaturePrinter.TypeLine(type);
        if (!list.HasType(name))
        {
            return [$"{line}\n    the list has no type of this name (is the extract up to date? see tests/signatures/extract.sh)"];
        }

        var violations = new List<string>();
        if (!list.AllowsType(name, line))
        {
            violations.Add($"{line}\n    listed: {list.TypeLine(name)}");
        }

        violations.AddRange(SignaturePrinter.MemberLines(type, withOverrides: false)
            .Where(member => !list.AllowsMember(member))
            .Select(member => $"{member}\n    nearest: {list.Nearest(name, member) ?? "(the type has no listed member)"}"));
        return violations;
    }
}
