using System.CommandLine;
using CovidNotebooks.Audit;
using CovidNotebooks.Data;
using Spectre.Console;

namespace CovidNotebooks.Cli.Commands;

/// <summary>
/// <c>kit data</c>: which image sets there are, where to get them, getting them, whether those on disk are whole, and what they look like.
/// </summary>
internal static class DataCommand
{
    public static Command Create(Checkout checkout, IAnsiConsole console, TimeProvider clock)
    {
        var data = new Option<string?>("--data")
        {
            Description = "The folder of the image sets. Default: COVIDNOTEBOOKS_DATA, else data/.",
        };
        var list = new Command(
            "list",
            "Name every image set: which document uses it, how many images, where to get it, its licence, and whether it is there.")
        {
            data,
        };
        list.SetAction(result => List(Folder(result.GetValue(data), checkout), console));

        var directory = new Argument<string?>("folder")
        {
            Description = "The folder of the image sets, the same as --data; or a folder of pictures of one's own.",
            HelpName = "DIR",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var only = new Option<string?>("--set") { Description = "Check this set only. Default: every set that is there." };
        var quick = new Option<bool>("--quick")
        {
            Description = "Look at headers and at the ends of files only, without decoding the pictures.",
        };
        var own = new Option<bool>("--own")
        {
            Description = "Take the folder for pictures of your own, though it is laid out like a set of the catalogue.",
        };
        var check = new Command("check", "Look for missing, broken and duplicated images. Ends with 1 if something is missing or broken.")
        {
            directory, data, only, quick, own,
        };
        check.SetAction((result, cancellation) =>
        {
            var named = result.GetValue(directory) ?? result.GetValue(data);
            var (decode, folder) = (!result.GetValue(quick), Folder(named, checkout));
            var isKnown = named is null || result.GetValue(only) is not null || Datasets.All.Any(set => folder.Find(set) is not null);
            return Task.FromResult(isKnown && !result.GetValue(own)
                ? Check(folder, result.GetValue(only), decode, console, cancellation)
                : CheckOwn(folder.Root, decode, console, cancellation));
        });
        var get = DataGetCommand.Create(named => Folder(named, checkout), console, clock);
        var show = DataShowCommand.Create(checkout, named => Folder(named, checkout), console);
        return new Command("data", "The image sets: list them, get them, check them, look at one.") { list, get, check, show };
    }

    internal static DataFolder Folder(string? named, Checkout checkout) =>
        DataFolder.Resolve(named is null ? null : Path.GetFullPath(named), Environment.GetEnvironmentVariable, checkout.Root);

    private static int List(DataFolder folder, IAnsiConsole console)
    {
        console.MarkupLineInterpolated(
            $"Data folder: {folder.Root} ({folder.ChosenBy}{(Directory.Exists(folder.Root) ? "" : "; it does not exist")})");
        foreach (var set in Datasets.All)
        {
            console.WriteLine();
            var where = folder.Find(set) is { } found ? $"found in {Path.GetRelativePath(folder.Root, found)}" : "not there";
            console.MarkupLineInterpolated($"[bold]{set.Name}[/]  {where}");
            console.MarkupLineInterpolated($"  {set.Title}: {set.ExpectedCount} images; document {string.Join(" and ", set.Documents)}");
            console.MarkupLineInterpolated($"  From: {set.Origin} ({set.Url})");
            console.MarkupLineInterpolated($"  Licence: {set.Licence}");
            if (folder.Find(set) is null)
            {
                console.MarkupLineInterpolated($"  To get it: {(set.Archives.Count > 0 ? $"./kit data get {set.Name}" : set.HowToGet)}");
            }
        }

        return 0;
    }

    private static int Check(DataFolder folder, string? only, bool decode, IAnsiConsole console, CancellationToken cancellation)
    {
        IReadOnlyList<DatasetInfo> sets;
        try
        {
            // A folder that is laid out as two sets is checked as the first of them; --set names the other.
            sets = only is null ? [.. Datasets.All.Where(set => folder.Find(set) is not null).DistinctBy(folder.Find)]
                : [Datasets.Get(only)];
        }
        catch (DataException unknown)
        {
            console.MarkupLineInterpolated($"[red]{unknown.Message}[/]");
            return 2;
        }

        if (sets.Count == 0)
        {
            const string Next = "'./kit data list' says what there is and where to get it; --data DIR names another folder.";
            console.MarkupLineInterpolated($"[red]None of the image sets is in {folder.Root}[/] ({folder.ChosenBy}). {Next}");
            return 1;
        }

        var whole = true;
        foreach (var set in sets)
        {
            var check = Watched(console, set.Name, progress => DatasetCheck.Run(folder, set, decode, progress, cancellation));
            console.Profile.Out.Writer.WriteLine(check.ToPlainText());
            whole &= check.Ok;
        }

        return whole ? 0 : 1;
    }

    private static int CheckOwn(string folder, bool decode, IAnsiConsole console, CancellationToken cancellation)
    {
        try
        {
            var check = Watched(console, Path.GetFileName(folder), progress => FolderCheck.Run(folder, decode, progress, cancellation));
            console.Profile.Out.Writer.WriteLine(check.ToPlainText());
            return check.Ok ? 0 : 1;
        }
        catch (DataException problem)
        {
            console.MarkupLineInterpolated($"[red]{problem.Message}[/] './kit data list' names the sets of the catalogue.");
            return 2;
        }
    }

    private static T Watched<T>(IAnsiConsole console, string name, Func<IProgress<double>, T> check) =>
        console.Progress().HideCompleted(true).AutoClear(true).Start(context =>
            check(new TaskProgress(context.AddTask(name.Length > 0 ? Markup.Escape(name) : "/", maxValue: 1))));

    /// <summary>Moves a bar at once, on the thread that reports.</summary>
    private sealed class TaskProgress(ProgressTask task) : IProgress<double>
    {
        public void Report(double value) => task.Value(value);
    }
}
