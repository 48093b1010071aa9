using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace CovidNotebooks.Kernel.Language;

/// <summary>
/// The documentation of a symbol as plain text: from the XML file beside its assembly, from the SDK's for the base library, or from its
/// comment in a cell.
/// </summary>
internal static partial class XmlDocumentation
{
    private static readonly ConcurrentDictionary<string, IReadOnlyDictionary<string, string>> Files = new(StringComparer.Ordinal);
    private static readonly Lazy<IReadOnlyList<string>> SdkFiles = new(FindSdkFiles);

    public static string? Of(ISymbol symbol, Compilation compilation)
    {
        var definition = symbol is IMethodSymbol { ReducedFrom: { } reduced } ? reduced : symbol.OriginalDefinition;
        if (definition.DeclaringSyntaxReferences is [var declared, ..])
        {
            var comment = string.Join(
                '\n',
                declared.GetSyntax().GetLeadingTrivia().ToString().Split('\n').Select(line => line.Trim())
                    .Where(line => line.StartsWith("///", StringComparison.Ordinal)).Select(line => line[3..]));
            return comment.Length == 0 ? null : Text($"<member>{comment}</member>");
        }

        if (definition.GetDocumentationCommentId() is not { } id
            || compilation.GetMetadataReference(definition.ContainingAssembly)
                is not PortableExecutableReference { FilePath: { } assembly })
        {
            return null;
        }

        var beside = Path.ChangeExtension(assembly, ".xml");
        var ofSdk = Path.GetDirectoryName(assembly) == Path.GetDirectoryName(typeof(object).Assembly.Location);
        IReadOnlyList<string> files = File.Exists(beside) ? [beside] : ofSdk ? SdkFiles.Value : [];
        var found = files.Select(file => Files.GetOrAdd(file, Read).GetValueOrDefault(id)).FirstOrDefault(xml => xml is not null);
        return found is null ? null : Text(found);
    }

    /// <summary>The member elements of a documentation file by id; none when it cannot be read.</summary>
    private static Dictionary<string, string> Read(string file)
    {
        var members = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            using var reader = XmlReader.Create(file, new XmlReaderSettings { IgnoreWhitespace = false });
            while (reader.Read())
            {
                while (reader.NodeType == XmlNodeType.Element && reader.Name == "member" && reader.GetAttribute("name") is { } name)
                {
                    members[name] = reader.ReadOuterXml();
                }
            }
        }
        catch (Exception problem) when (problem is XmlException or IOException or UnauthorizedAccessException)
        {
            // Documentation is a comfort: what could be read is shown.
        }

        return members;
    }

    /// <summary>The documentation that the SDK brings with its reference assemblies; most of it is in System.Runtime.xml.</summary>
    private static IReadOnlyList<string> FindSdkFiles()
    {
        var root = Path.GetFullPath(
            Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", "..", "packs", "Microsoft.NETCore.App.Ref"));
        var newest = Directory.Exists(root)
            ? Directory.EnumerateDirectories(root).OrderDescending(StringComparer.Ordinal).FirstOrDefault()
            : null;
        var folder = newest is null ? null : Path.Combine(newest, "ref", $"net{Environment.Version.Major}.0");
        return folder is null || !Directory.Exists(folder)
            ? []
            : [
                .. Directory.EnumerateFiles(folder, "*.xml").OrderByDescending(file => Path.GetFileName(file) is "System.Runtime.xml")
                .ThenBy(file => file, StringComparer.Ordinal),
            ];
    }

    private static string? Text(string xml)
    {
        try
        {
            var member = XElement.Parse(xml, LoadOptions.PreserveWhitespace);
            var lines = member.Elements().Select(element => (element.Name.LocalName, Inner(element)) switch
            {
                (_, "") => null,
                ("summary" or "remarks", var text) => text,
                ("param" or "typeparam", var text) => $"  {element.Attribute("name")?.Value}: {text}",
                ("returns", var text) => $"Returns: {text}",
                ("exception", var text) => $"Throws {Short(element.Attribute("cref")?.Value ?? "")}: {text}",
                var (_, text) => text,
            });
            return string.Join('\n', lines.OfType<string>());
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static string Inner(XElement element) => Spaces().Replace(string.Concat(element.Nodes().Select(node => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "see" or "seealso" or "paramref" or "typeparamref" } reference =>
            reference.Value.Length > 0
                ? reference.Value
                : Short(
                    reference.Attribute("cref")?.Value
                        ?? reference.Attribute("name")?.Value
                        ?? reference.Attribute("langword")?.Value
                        ?? reference.Attribute("href")?.Value
                        ?? ""),
        XElement inner => Inner(inner),
        _ => "",
    })), " ").Trim();

    /// <summary>The last name of a documentation id: <c>Fit</c> of <c>M:CovidNotebooks.Training.Trainer.Fit(…)</c>.</summary>
    private static string Short(string id) =>
        id.Contains("://", StringComparison.Ordinal) ? id : id.Split('(')[0].Split(':')[^1].Split('.')[^1].Split('`')[0];

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Spaces();
}
