using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CovidNotebooks.Kernel.Session;

/// <summary>Splits a cell at its magic commands: lines that start with <c>#!</c> outside of strings and comments.</summary>
internal static partial class CellSplitter
{
    /// <summary>Every magic command, with what it does.</summary>
    public static IReadOnlyDictionary<string, (
        SegmentKind Kind, string Help)> Magics
    { get; } = new Dictionary<string, (SegmentKind, string)>(StringComparer.Ordinal)
    {
        ["#!csharp"] = (SegmentKind.CSharp, "C# follows"),
        ["#!c#"] = (SegmentKind.CSharp, "C# follows"),
        ["#!markdown"] = (SegmentKind.Markdown, "Markdown follows, to be shown"),
        ["#!md"] = (SegmentKind.Markdown, "Markdown follows, to be shown"),
        ["#!html"] = (SegmentKind.Html, "HTML follows, to be shown"),
        ["#!javascript"] = (SegmentKind.Javascript, "JavaScript follows, for the reader's browser"),
        ["#!js"] = (SegmentKind.Javascript, "JavaScript follows, for the reader's browser"),
        ["#!import"] = (SegmentKind.Import, "runs a .ipynb, .dib, .cs or .csx file"),
        ["#!time"] = (SegmentKind.Time, "shows how long the cell took"),
        ["#!who"] = (SegmentKind.Who, "shows the names of the variables"),
        ["#!whos"] = (SegmentKind.Whos, "shows the variables with type and value"),
        ["#!lsmagic"] = (SegmentKind.ListMagic, "shows this list"),
        ["#!about"] = (SegmentKind.About, "shows what runs the notebook"),
    };

    /// <summary>The handler of a cell that names a kernel; null when no handler here knows it.</summary>
    public static SegmentKind? KindOf(string kernelName) => kernelName.ToLowerInvariant() switch
    {
        "csharp" or "c#" or ".net-csharp" => SegmentKind.CSharp,
        "markdown" or "md" => SegmentKind.Markdown,
        "html" => SegmentKind.Html,
        "javascript" or "js" => SegmentKind.Javascript,
        _ => null,
    };

    /// <summary>The parts of a cell in order.</summary>
    /// <param name="cell">The cell's text.</param>
    /// <param name="first">What the text before the first magic command is.</param>
    public static IReadOnlyList<CellSegment> Split(string cell, SegmentKind first)
    {
        var lines = cell.ReplaceLineEndings("\n").Split('\n');
        var segments = new List<CellSegment>();
        var (kind, start) = (first, 0);
        var end = NextMagic(lines, start, kind);
        AddText(segments, lines, kind, start, end);
        while (end < lines.Length)
        {
            var (command, argument) = Parse(lines[end]);
            if (!Magics.TryGetValue(command, out var magic))
            {
                segments.Add(new CellSegment(command == "#i" ? SegmentKind.NuGet : SegmentKind.Unknown, lines[end].Trim(), end + 1));
            }
            else if (magic.Kind is SegmentKind.CSharp or SegmentKind.Markdown or SegmentKind.Html or SegmentKind.Javascript)
            {
                kind = magic.Kind;
            }
            else
            {
                segments.Add(new CellSegment(magic.Kind, argument, end + 1));
            }

            start = end + 1;
            end = NextMagic(lines, start, kind);
            AddText(segments, lines, kind, start, end);
        }

        return segments;
    }

    private static (string Command, string Argument) Parse(string line)
    {
        var parts = line.Trim().Split([' ', '\t'], 2);
        return (parts[0], parts.Length > 1 ? parts[1].Trim() : "");
    }

    private static void AddText(List<CellSegment> segments, string[] lines, SegmentKind kind, int start, int end)
    {
        var text = string.Join('\n', lines[start..end]);
        if (!string.IsNullOrWhiteSpace(text))
        {
            segments.Add(new CellSegment(kind, kind == SegmentKind.CSharp ? new string('\n', start) + text : text, start + 1));
        }
    }

    /// <summary>The first line from <paramref name="start"/> on that is a magic command; the number of lines when there is none.</summary>
    private static int NextMagic(string[] lines, int start, SegmentKind kind)
    {
        var candidates = Enumerable.Range(start, lines.Length - start).Where(i => MagicLine().IsMatch(lines[i])).ToList();
        if (candidates.Count == 0)
        {
            return lines.Length;
        }

        if (kind != SegmentKind.CSharp)
        {
            return candidates.Where(i => Magics.ContainsKey(Parse(lines[i]).Command)).DefaultIfEmpty(lines.Length).First();
        }

        // Only a line that the compiler, too, would read as a directive: not one inside a raw string, a comment or an inactive #if.
        var text = string.Join('\n', lines[start..]);
        var root = CSharpSyntaxTree.ParseText(text, SubmissionCompiler.ParseOptions).GetRoot();
        var tree = root.SyntaxTree.GetText();
        foreach (var line in candidates)
        {
            var position = tree.Lines[line - start].Start + lines[line].IndexOf('#', StringComparison.Ordinal);
            if (root.FindTrivia(position).GetStructure() is DirectiveTriviaSyntax { IsActive: true })
            {
                return line;
            }
        }

        return lines.Length;
    }

    [GeneratedRegex("""^\s*(#!|#i\s+"nuget)""", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex MagicLine();
}
