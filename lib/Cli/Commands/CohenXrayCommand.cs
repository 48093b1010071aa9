using CovidNotebooks.Audit;
using CovidNotebooks.Data;
using Spectre.Console;

namespace CovidNotebooks.Cli.Commands;

/// <summary>
/// <c>kit data get xray-25 --metadata … --images … --normals …</c>: makes document 1's set by its rule, from Cohen's collection and a
/// folder of normal X-rays.
/// </summary>
internal static class CohenXrayCommand
{
    /// <returns>0 when the set is there and whole, 1 when not, 2 when the command makes no sense.</returns>
    public static int Run(
        DataFolder folder,
        string name,
        (string? Metadata, string? Images, string? Normals) sources,
        (int Count, long Seed, bool LongFindings) choice,
        IAnsiConsole console)
    {
        var info = Datasets.Xray25;
        if (!string.Equals(name, info.Name, StringComparison.OrdinalIgnoreCase)
            || sources is not { Metadata: { } metadata, Images: { } images, Normals: { } normals }
            || choice.Count < 1)
        {
            var problem = $"--metadata, --images and --normals go together, with --count 1 or more, and make {info.Name} only.";
            var example = $"./kit data get {info.Name} --metadata metadata.csv --images images --normals chest_xray/train/NORMAL";
            console.MarkupLineInterpolated($"[red]{problem}[/] For example: {example}");
            return 2;
        }

        try
        {
            var selection = CohenMetadata.Read(metadata).Select(images, new CohenRule { AcceptsLongFindings = choice.LongFindings });
            console.WriteLine(selection.ToPlainText());
            var target = Path.Combine(folder.Root, info.Folders[0]);
            var made = CohenXrayFolder.Make(target, selection, normals, choice.Count, choice.Seed);
            var published = made.Images.Count(image => info.Patients.ContainsKey(image.Path));
            console.WriteLine(
                $"{published} of the {choice.Count} covid images are among the {info.Patients.Count} of the document's own set.");
            var check = DatasetCheck.Run(folder, info);
            console.WriteLine(check.ToPlainText());
            return check.Problem is null && check.Broken.Count == 0 ? 0 : 1;
        }
        catch (DataException problem)
        {
            console.MarkupLineInterpolated($"[red]{problem.Message}[/]");
            return 1;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            console.MarkupLineInterpolated($"[red]The set cannot be made: {problem.Message}[/]");
            return 1;
        }
    }
}
