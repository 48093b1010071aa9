using System.Text.RegularExpressions;
using Tests.Shared;

namespace Tests.Plotly.NET;

public partial class PublicSurfaceTests
{
    private static readonly SignatureList Listed = SignatureList.Parse(
        File.ReadAllLines(Path.Combine(Repository.Root, "tests", "signatures", "Plotly.NET-5.1.0.txt")).Select(Comparable));

    [Fact]
    public void What_the_stand_in_shows_is_what_the_package_shows()
    {
        var types = SignaturePrinter.VisibleTypes(typeof(global::Plotly.NET.GenericChart).Assembly).ToArray();
        var unknown = types.Select(SignaturePrinter.TypeName).Where(name => !Listed.HasType(name));
        var different = types.SelectMany(type => SignaturePrinter.MemberLines(type, withOverrides: false)).Select(Comparable)
            .Where(line => !Listed.AllowsMember(line))
            .Select(line => $"{line}\n  listed: {Listed.Nearest(line[..line.IndexOf("::", StringComparison.Ordinal)], line)}");
        Assert.NotEmpty(types);
        Assert.True(!unknown.Any() && !different.Any(), string.Join('\n', unknown.Concat(different)));
    }

    /// <summary>
    /// F# numbers its type parameters, marks static members as extensions that C# does not see as such, and can give an option a default of true: none of it shows in a call from C#.
    /// </summary>
    private static string Comparable(string line)
    {
        if (Generics().Match(line) is { Success: true } generics)
        {
            var names = generics.Groups[1].Value.Split(',');
            for (var i = 0; i < names.Length; i++)
            {
                line = Regex.Replace(line, $@"(?<=[<,]|-> |[(]|, ){names[i]}(?=[>,\[ )]|$)(?! =|\))", $"!{i}");
            }
        }

        line = line.Replace(" = True", " = default", StringComparison.Ordinal).Replace(" = False", " = default", StringComparison.Ordinal);
        return line.StartsWith("Plotly.NET.Chart2D.Chart::", StringComparison.Ordinal) ? line.Replace(" [extension]", "", StringComparison.Ordinal) : line;
    }

    [GeneratedRegex(@"::static \w+<([^(]*)>\(")]
    private static partial Regex Generics();
}
