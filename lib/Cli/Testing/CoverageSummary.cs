using System.Globalization;
using System.Xml.Linq;

namespace CovidNotebooks.Cli.Testing;

/// <summary>Line coverage of one assembly, merged over the Cobertura files of a test run.</summary>
/// <param name="Covered">Lines that at least one test project executed.</param>
/// <param name="Lines">Lines that can be executed.</param>
internal sealed record CoverageSummary(int Covered, int Lines)
{
    /// <summary>Share of covered lines, 0 to 100.</summary>
    public double Percent => Lines == 0 ? 0 : 100.0 * Covered / Lines;

    /// <summary>What the tests of this kit are held to, in percent.</summary>
    public const double Expected = 95;

    /// <summary>The coverage as a sentence, and a second one where it is below <see cref="Expected"/>.</summary>
    /// <param name="library">How the sentence calls the assembly.</param>
    public string ToText(string library) => string.Create(
        CultureInfo.InvariantCulture,
        $"Line coverage of {library}: {Percent:F1} % ({Covered} of {Lines} lines).{TooFew}");

    private string TooFew => Percent >= Expected ? "" : string.Create(
        CultureInfo.InvariantCulture,
        $" This is below the {Expected:F0} % that the tests are held to: add tests for what they do not reach.");

    /// <summary>Reads every <c>coverage.cobertura.xml</c> below a folder; null where none covers the assembly.</summary>
    public static CoverageSummary? Read(string folder, string assembly)
    {
        var lines = new Dictionary<(string File, int Line), bool>();
        foreach (var file in Directory.EnumerateFiles(folder, "coverage.cobertura.xml", SearchOption.AllDirectories))
        {
            var package = XDocument.Load(file).Descendants("package")
                .FirstOrDefault(element => (string?)element.Attribute("name") == assembly);
            foreach (var type in package?.Descendants("class") ?? [])
            {
                var name = (string?)type.Attribute("filename") ?? "";
                foreach (var line in type.Descendants("line"))
                {
                    var key = (name, (int?)line.Attribute("number") ?? 0);
                    lines[key] = lines.GetValueOrDefault(key) || ((int?)line.Attribute("hits") ?? 0) > 0;
                }
            }
        }

        return lines.Count == 0 ? null : new CoverageSummary(lines.Values.Count(hit => hit), lines.Count);
    }
}
