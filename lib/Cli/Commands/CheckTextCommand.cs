using System.CommandLine;
using System.Text;
using CovidNotebooks.Cli.Benchmarking;
using CovidNotebooks.Cli.TextChecks;
using CovidNotebooks.Kernel.Files;
using Spectre.Console;

namespace CovidNotebooks.Cli.Commands;

/// <summary><c>kit check-text</c>: where each number in the prose of notebooks and Markdown files comes from.</summary>
internal static class CheckTextCommand
{
    private const int LengthOfSource = 120;

    public static Command Create(Checkout checkout, IAnsiConsole console, TimeProvider clock)
    {
        var files = new Argument<string[]>("files")
        {
            HelpName = "NOTEBOOK|FILE ...",
            Description = "Notebooks (.ipynb, .dib) and Markdown files; without any: the notebooks, README.md, data/*.md and "
                + "data/published-runs/README.md.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var missing = new Option<bool>("--missing") { Description = "Print only the numbers that have no source." };
        var command = new Command(
            "check-text",
            "Print the source of each number in a text: an output or setting of the notebook, the document, a published run, an "
                + $"image set, a measured speed, a constant named in data/{KitSources.ConstantsFile}. The digits that are printed must "
                + "be the source's; where several sources differ in the last digit only, the one counts whose words are nearest; a count "
                + $"below {NumberSearch.SmallCount} comes from an output of its own section. Left out: code, addresses, numbers of "
                + "headings and lists, names such as VGG16 and document 2, numbers in words. "
                + "Exit code 0 when every number has a source, 1 when one has none, 2 for a file that cannot be read.")
        {
            files,
            missing,
        };
        command.SetAction(result =>
        {
            try
            {
                var named = result.GetValue(files) is { Length: > 0 } some ? some : TextCheck.Texts(checkout);
                foreach (var file in named)
                {
                    Refuse(file);
                }

                var check = new TextCheck(checkout, clock);
                var (all, found) = (0, 0);
                var output = console.Profile.Out.Writer;
                foreach (var number in named.SelectMany(check.Check))
                {
                    all++;
                    found += number.Finding.IsFound ? 1 : 0;
                    if (!number.Finding.IsFound || !result.GetValue(missing))
                    {
                        // Not through the console, which would break the lines.
                        output.WriteLine(Line(number));
                    }
                }

                output.WriteLine($"{found} of {all} numbers have a source.");
                return found == all ? 0 : 1;
            }
            catch (Exception problem) when (
                problem is ArgumentException or NotebookException or BenchmarkException or InvalidDataException or IOException
                    or UnauthorizedAccessException)
            {
                console.MarkupLineInterpolated($"[red]{problem.Message}[/]");
                return 2;
            }
        });
        return command;
    }

    /// <summary>A number in a line: where it is, the number in its words, its source.</summary>
    internal static string Line(CheckedNumber number) =>
        $"{number.File}, {number.Sentence.Place}: {number.Number.Text}{(number.Number.IsPercent ? " %" : "")} in “{Around(number)}” "
        + number.Finding switch
        {
            { IsFound: true, Source: { } source } => $"← {source.Place}: {Short(source.Text)}",
            { Contradiction: { } other } => $"NO SOURCE; nearest is {other.Place}: {Short(other.Text)}",
            _ => "NO SOURCE",
        };

    private static void Refuse(string file)
    {
        if (!File.Exists(file))
        {
            throw new ArgumentException($"There is no file {file}. Name notebooks (.ipynb) or Markdown files (.md) that exist.");
        }

        if (Path.GetExtension(file).ToLowerInvariant() is not (".ipynb" or ".dib" or ".md"))
        {
            throw new ArgumentException(
                $"{file} is no text that can be checked: expected a notebook (.ipynb, .dib) or a Markdown file (.md).");
        }
    }

    private static string Around(CheckedNumber number)
    {
        const int Before = 50, Behind = 30;
        var (text, own) = (number.Sentence.Text, number.Number);
        var (start, end) = (Math.Max(0, own.Start - Before), Math.Min(text.Length, own.End + Behind));
        return (start > 0 ? "…" : "") + text[start..end] + (end < text.Length ? "…" : "");
    }

    private static string Short(string text)
    {
        var words = new StringBuilder();
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            words.Append(words.Length > 0 ? " " : "").Append(word);
        }

        return words.Length <= LengthOfSource ? words.ToString() : words.ToString(0, LengthOfSource) + "…";
    }
}
