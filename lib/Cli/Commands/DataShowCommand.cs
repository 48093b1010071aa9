using System.CommandLine;
using CovidNotebooks.Charts;
using CovidNotebooks.Data;
using CovidNotebooks.Protocols;
using CovidNotebooks.Recording;
using Spectre.Console;

namespace CovidNotebooks.Cli.Commands;

/// <summary><c>kit data show</c>: an image set at a glance: counts in the terminal, pictures in a page that stays on the machine.</summary>
internal static class DataShowCommand
{
    /// <summary>Names of synthetic sets, and their kinds.</summary>
    private static readonly Dictionary<string, PhantomKind> Drawn = new(StringComparer.Ordinal)
    {
        ["phantoms"] = PhantomKind.ChestXray,
        ["phantoms-ct"] = PhantomKind.LungCt,
    };

    public static Command Create(Checkout checkout, Func<string?, DataFolder> folder, IAnsiConsole console)
    {
        var name = new Argument<string>("set")
        {
            Description =
                "The set ('./kit data list' names all), a folder of one's own (class folders, train/val/test, or a table of files "
                + "and labels), 'phantoms' or 'phantoms-ct'.",
        };
        var data = new Option<string?>("--data")
        {
            Description = "The folder of the image sets. Default: COVIDNOTEBOOKS_DATA, else data/.",
        };
        var output = new Option<string?>("--output") { Description = "The folder for the page. Default: runs/data." };
        var perClass = new Option<int>("--per-class") { Description = "Sample pictures of each class.", DefaultValueFactory = _ => 5 };
        var seed = new Option<long>("--seed") { Description = "Another seed shows other pictures.", DefaultValueFactory = _ => 0 };
        var document = new Option<int?>("--document")
        {
            Description = "Preview the augmentation of this document, 1 to 5. Default: the first document that uses the set, else 5.",
        };
        perClass.Validators.Add(result => Range(result, 1, 100));
        document.Validators.Add(result => Range(result, 1, 5));
        var show = new Command(
            "show",
            "Look at a set: counts, sizes, formats, sample pictures of each class, an augmentation preview. "
                + "The pictures go into a page on this machine.")
        {
            name, data, output, perClass, seed, document,
        };
        show.SetAction(result =>
        {
            try
            {
                var (sets, info) = Open(result.GetValue(name)!, folder(result.GetValue(data)), checkout, result.GetValue(seed));
                var options = new DatasetOverviewOptions
                {
                    Info = info,
                    Loader = Loader(
                        result.GetValue(document) ?? info?.Documents[0] ?? 5,
                        result.GetValue(seed),
                        (sets.Find("train") ?? sets.Parts[0].Dataset).Count),
                    PerClass = result.GetValue(perClass),
                    Seed = result.GetValue(seed),
                    OfNobody = Drawn.ContainsKey(result.GetValue(name)!),
                };
                Show(
                    DatasetOverview.Of(sets, options),
                    result.GetValue(output) is { } named ? Path.GetFullPath(named) : Path.Combine(checkout.Runs, "data"),
                    FileName(info?.Name ?? result.GetValue(name)!),
                    console);
                return 0;
            }
            catch (DataException problem)
            {
                console.MarkupLineInterpolated($"[red]{problem.Message}[/]");
                return 2;
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
            {
                console.MarkupLineInterpolated(
                    $"[red]The page cannot be written: {problem.Message}[/] Name another folder with --output DIR.");
                return 1;
            }
        });
        return show;
    }

    private static void Show(DatasetOverview overview, string folder, string name, IAnsiConsole console)
    {
        console.WriteLine(overview.Card.ToPlainText());
        console.WriteLine(overview.Split.ToPlainText());
        var path = Path.Combine(folder, name);
        WholeFile.Write(path, overview.ToHtmlPage());
        console.WriteLine(
            overview.Samples.MayBePublished ? "The pictures are drawn and show nobody:"
            : "The page holds pictures of patients. It stays on this machine: never commit or publish it.");
        console.WriteLine(path);
    }

    /// <summary>Whether a name is of the catalogue or of phantoms.</summary>
    internal static bool IsSet(string name) =>
        Drawn.ContainsKey(name) || Datasets.All.Any(info => string.Equals(info.Name, name, StringComparison.Ordinal));

    internal static (DatasetSplit Sets, DatasetInfo? Info) Open(string name, DataFolder folder, Checkout checkout, long seed)
    {
        if (Drawn.TryGetValue(name, out var kind))
        {
            return (Phantoms.Create(Path.Combine(checkout.Runs, "phantoms"), new PhantomOptions { Kind = kind, Seed = seed }), null);
        }

        if (!Directory.Exists(name))
        {
            var info = Datasets.Get(name);
            return (folder.Open(info).Splits, info);
        }

        // A folder of the catalogue, wherever it lies, is read as the catalogue says.
        var own = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(name)));
        if (Datasets.All.FirstOrDefault(info => info.Folders.Append(info.Name).Contains(own, StringComparer.Ordinal)) is { } known)
        {
            return (OpenedDataset.Open(known, Path.GetFullPath(name)).Splits, known);
        }

        return (ImageDataset.Open(name).Split, null);
    }

    private static LoaderOptions Loader(int document, long seed, int images) => document switch
    {
        1 => new Document1().TrainingLoader(seed, images),
        2 => new Document2().TrainingLoader(seed, images),
        3 => new Document3().TrainingLoader(seed),
        4 => new Document4().TrainingLoader(seed),
        _ => new Document5().TrainingLoader(seed, images),
    };

    private static string FileName(string name) => Path.GetFileName(Path.TrimEndingDirectorySeparator(name)) + ".html";

    private static void Range(System.CommandLine.Parsing.OptionResult result, int low, int high)
    {
        if (result.Tokens is [{ Value: var text }]
            && int.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var value)
            && (value < low || value > high))
        {
            result.AddError($"{result.Option.Name} is {low} to {high}; found {value}.");
        }
    }
}
