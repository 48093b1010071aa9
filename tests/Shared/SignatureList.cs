namespace Tests.Shared;

/// <summary>A list of public signatures, as <see cref="SignaturePrinter"/> prints them, to look members up in.</summary>
internal sealed class SignatureList
{
    private readonly HashSet<string> members = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> membersByType = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> typeLines = new(StringComparer.Ordinal);

    private SignatureList()
    {
    }

    /// <summary>Reads a list; a line that begins with a quotation mark continues the default value of the line before.</summary>
    public static SignatureList Read(string path) => Parse(File.ReadAllLines(path));

    /// <summary>Reads a list from its lines.</summary>
    public static SignatureList Parse(IEnumerable<string> source)
    {
        var lines = new List<string>();
        foreach (var line in source)
        {
            if (line.StartsWith('"') && lines.Count > 0)
            {
                lines[^1] += "\\n" + line;
            }
            else
            {
                lines.Add(line);
            }
        }

        var list = new SignatureList();
        foreach (var line in lines.Select(WithoutObsolete))
        {
            if (line.StartsWith("type ", StringComparison.Ordinal))
            {
                list.typeLines[line.Split(' ')[1]] = line;
            }
            else if (line.IndexOf("::", StringComparison.Ordinal) is > 0 and var at)
            {
                list.members.Add(line);
                if (!list.membersByType.TryGetValue(line[..at], out var ofType))
                {
                    list.membersByType[line[..at]] = ofType = [];
                }

                ofType.Add(line);
            }
        }

        return list;
    }

    /// <summary>Whether the list has the type.</summary>
    public bool HasType(string name) => typeLines.ContainsKey(name);

    /// <summary>The line of a type that the list has.</summary>
    public string TypeLine(string name) => typeLines[name];

    /// <summary>Whether a stand-in may declare the type so: the same kind and the same base, or sealed instead of open, or a base further up.</summary>
    public bool AllowsType(string name, string line)
    {
        var (@base, kind) = Split(line);
        var (listedBase, listedKind) = Split(typeLines[name]);
        return (string.Equals(kind, listedKind, StringComparison.Ordinal) || (kind is "sealed" && listedKind.Length == 0)) &&
            (string.Equals(@base, listedBase, StringComparison.Ordinal) || Ancestors(listedBase).Contains(WithoutArguments(@base), StringComparer.Ordinal));
    }

    /// <summary>Whether a stand-in may show the member: it is listed, or listed with more (a setter, virtual).</summary>
    public bool AllowsMember(string member)
    {
        var line = WithoutObsolete(member);
        var virtualLine = line.Contains("::static ", StringComparison.Ordinal) ? line : line.Replace("::", "::virtual ", StringComparison.Ordinal);
        return members.Contains(line) || members.Contains(virtualLine) ||
            members.Contains(line.Replace("{ get; }", "{ get; set; }", StringComparison.Ordinal)) ||
            members.Contains(line.Replace("{ set; }", "{ get; set; }", StringComparison.Ordinal));
    }

    /// <summary>The listed member of the type that is nearest to the given one: the same name first, then the fewest differing words.</summary>
    public string? Nearest(string type, string member)
    {
        var words = Words(member);
        return membersByType.TryGetValue(type, out var candidates)
            ? candidates.MinBy(candidate =>
                (string.Equals(Name(candidate), Name(member), StringComparison.Ordinal) ? 0 : 10_000) +
                Words(candidate).Except(words, StringComparer.Ordinal).Count() + words.Except(Words(candidate), StringComparer.Ordinal).Count())
            : null;
    }

    private IEnumerable<string> Ancestors(string @base)
    {
        for (var (current, steps) = (@base, 0); steps < 20; steps++)
        {
            yield return WithoutArguments(current);
            var found = typeLines.Values.FirstOrDefault(line =>
                string.Equals(string.Join('.', line.Split(' ')[1].Split('.').Select(part => part.Split('`')[0])), WithoutArguments(current), StringComparison.Ordinal));
            if (found is null)
            {
                yield return "System.Object";
                yield break;
            }

            current = Split(found).Base;
        }
    }

    private static (string Base, string Kind) Split(string typeLine)
    {
        var words = typeLine.Split(' ');
        return (words[3], words.Length > 4 ? words[4] : "");
    }

    private static string WithoutArguments(string reference) => reference.Split('<')[0];

    private static string WithoutObsolete(string line) => line.Replace(" [obsolete]", "", StringComparison.Ordinal);

    private static string Name(string member)
    {
        var rest = member[(member.IndexOf("::", StringComparison.Ordinal) + 2)..];
        return rest.Replace("static ", "", StringComparison.Ordinal).Replace("virtual ", "", StringComparison.Ordinal).Split('(', '[', '<', ' ')[0];
    }

    private static string[] Words(string line) => line.Split(' ', ',', '(', ')', '<', '>');
}
