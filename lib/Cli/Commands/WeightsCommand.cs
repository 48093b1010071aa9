using System.CommandLine;
using System.Globalization;
using CovidNotebooks.Data;
using CovidNotebooks.Download;
using CovidNotebooks.Models.Weights;
using Spectre.Console;

namespace CovidNotebooks.Cli.Commands;

/// <summary><c>kit weights</c>: which ImageNet weights there are, getting them, and whether those on disk are the published ones.</summary>
internal static class WeightsCommand
{
    public static Command Create(Checkout checkout, IAnsiConsole console, TimeProvider clock)
    {
        var data = new Option<string?>("--data")
        {
            Description = "The data folder; weights are in its folder weights. Default: COVIDNOTEBOOKS_DATA, else data/.",
        };
        DataFolder Folder(ParseResult result) =>
            DataFolder.Resolve(
                result.GetValue(data) is { } named ? Path.GetFullPath(named) : null, Environment.GetEnvironmentVariable, checkout.Root);
        var list = new Command(
            "list",
            "Name all weights: which notebook uses them, where they come from, their licence, and whether they are there.")
        {
            data,
        };
        list.SetAction(result => List(Folder(result), checkout.Root, console));

        var check = new Command(
            "check",
            "Compare the files that are there with the published digests. Ends with 1 if one is another file, or if none is there.")
        {
            data,
        };
        check.SetAction(result => Check(Folder(result), checkout.Root, console));

        var name = new Argument<string>("name") { Description = "The weights; './kit weights list' names all." };
        var from = new Option<string?>("--from") { Description = "Take this file, which you have, instead of the web." };
        var get = new Command(
            "get",
            "Download weights and compare their digest; an interrupted download goes on where it was. "
                + "Ends with 1 if they are not there afterwards.")
        {
            name, from, data,
        };
        get.SetAction(async (result, cancellation) =>
        {
            using var client = Downloader.NewClient();
            var file = result.GetValue(from) is { } named ? Path.GetFullPath(named) : null;
            return await GetAsync(
                Folder(result),
                result.GetValue(name)!,
                file,
                new WeightsStore(new Downloader(client, clock: clock)),
                PretrainedWeights.Get,
                checkout.Root,
                console,
                cancellation);
        });
        return new Command("weights", "ImageNet weights for documents 1, 3 and 4: list them, get them, check them.") { list, get, check };
    }

    /// <summary>Gets weights and tells about them.</summary>
    /// <returns>0 when they are there, 1 when not, 2 when there are no such weights, 130 when ended.</returns>
    public static async Task<int> GetAsync(
        DataFolder folder,
        string name,
        string? file,
        WeightsStore store,
        Func<string, PretrainedWeights> catalogue,
        string root,
        IAnsiConsole console,
        CancellationToken cancellation)
    {
        PretrainedWeights weights;
        try
        {
            weights = catalogue(name);
        }
        catch (WeightsException unknown)
        {
            console.MarkupLineInterpolated($"[red]{unknown.Message}[/]");
            return 2;
        }

        try
        {
            console.MarkupLineInterpolated($"[bold]{weights.Name}[/]  {weights.Title}");
            console.MarkupLineInterpolated($"  Licence: {weights.Licence}");
            var path = file is not null ? WeightsStore.Take(weights, file, folder, root)
                : await console.Progress().HideCompleted(true).AutoClear(true).StartAsync(context =>
            {
                var bar = context.AddTask(weights.FileName, maxValue: 1);
                return store.GetAsync(weights, folder, new DownloadShare(bar), root, cancellation);
            });
            var bytes = new FileInfo(path).Length.ToString("N0", CultureInfo.InvariantCulture);
            console.MarkupLineInterpolated(
                $"[green]Ready[/]: {path}, {bytes} bytes, {weights.HashAlgorithm} as published ({weights.Digest}).");
            return 0;
        }
        catch (Exception failed) when (failed is WeightsException or DataException or IOException or UnauthorizedAccessException)
        {
            console.MarkupLineInterpolated($"[red]{failed.Message}[/]");
            return 1;
        }
        catch (OperationCanceledException)
        {
            console.MarkupLineInterpolated(
                $"Ended. What has been downloaded is kept, and './kit weights get {weights.Name}' goes on from it.");
            return 130;
        }
    }

    internal static int List(DataFolder folder, string root, IAnsiConsole console)
    {
        console.MarkupLineInterpolated($"Weights are looked for in {string.Join(" and ", PretrainedWeights.Folders(folder, root))}.");
        foreach (var weights in PretrainedWeights.All)
        {
            console.WriteLine();
            console.MarkupLineInterpolated(
                $"[bold]{weights.Name}[/]  {(weights.Find(folder, root).FilePath is { } found ? $"there: {found}" : "not there")}");
            console.MarkupLineInterpolated(
                $"  {weights.Title}; notebook {weights.Notebook}; {weights.FileName}, {weights.HashAlgorithm} {weights.Digest}");
            console.MarkupLineInterpolated(
                $"  Input: {PretrainedWeights.InputSize} x {PretrainedWeights.InputSize}, {weights.Normalization}");
            console.MarkupLineInterpolated($"  From: {weights.Origin}; documented at {weights.SourcePage}");
            console.MarkupLineInterpolated($"  Licence: {weights.Licence}");
        }

        return 0;
    }

    internal static int Check(DataFolder folder, string root, IAnsiConsole console)
    {
        var there = PretrainedWeights.All.Select(weights => weights.Find(folder, root)).Where(search => search.Found).ToList();
        var others = there.Where(search => !search.Weights.IsPublishedFile(search.FilePath!)).ToHashSet();
        foreach (var search in there)
        {
            var (path, hash, digest) = (search.FilePath, search.Weights.HashAlgorithm, search.Weights.Digest);
            var next = $"Move it away and run './kit weights get {search.Weights.Name}'.";
            console.MarkupLineInterpolated(others.Contains(search)
                ? (FormattableString)$"[red]{path} is another file[/]: its {hash} does not begin with {digest}. {next}"
                : (FormattableString)$"{path}: as published ({hash} {digest}).");
        }

        if (there.Count == 0)
        {
            var get = $"'./kit weights get {PretrainedWeights.ImageNetResNet18.Name}' gets those that stand in for the others.";
            console.MarkupLineInterpolated($"No weights are there. './kit weights list' names all, {get}");
        }

        return others.Count == 0 && there.Count > 0 ? 0 : 1;
    }

    /// <summary>Moves a bar at once, on the thread that reports.</summary>
    private sealed class DownloadShare(ProgressTask task) : IProgress<DownloadProgress>
    {
        public void Report(DownloadProgress value) => task.Value(value.Share ?? 0);
    }
}
