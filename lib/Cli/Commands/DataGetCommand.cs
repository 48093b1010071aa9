using System.CommandLine;
using System.Globalization;
using CovidNotebooks.Data;
using CovidNotebooks.Download;
using Spectre.Console;

namespace CovidNotebooks.Cli.Commands;

/// <summary><c>kit data get</c>: downloads an image set, or says what to do where a login is needed.</summary>
internal static class DataGetCommand
{
    public static Command Create(Func<string?, DataFolder> folder, IAnsiConsole console, TimeProvider clock)
    {
        var name = new Argument<string>("name") { Description = "The set; './kit data list' names all." };
        var data = new Option<string?>("--data")
        {
            Description = "The folder of the image sets. Default: COVIDNOTEBOOKS_DATA, else data/.",
        };
        var from = new Option<string?>("--from")
        {
            Description = "Take this .zip or .tar.gz, which you have downloaded yourself, instead of the web.",
        };
        var metadata = new Option<string?>("--metadata")
        {
            Description = "xray-25 only: metadata.csv of Cohen's collection; with --images and --normals.",
        };
        var images = new Option<string?>("--images") { Description = "xray-25 only: the folder images of Cohen's collection." };
        var normals = new Option<string?>("--normals")
        {
            Description = "xray-25 only: a folder of X-rays without COVID-19, from which --count are drawn.",
        };
        var count = new Option<int>("--count") { Description = "xray-25 only: images of each class.", DefaultValueFactory = _ => 25 };
        var seed = new Option<long>("--seed") { Description = "xray-25 only: seed of that draw.", DefaultValueFactory = _ => 0 };
        var longFindings = new Option<bool>("--long-findings")
        {
            Description = "xray-25 only: also take images whose finding is spelt Pneumonia/Viral/COVID-19.",
        };
        var get = new Command(
            "get",
            "Download a set, unpack it and check it; an interrupted download goes on where it was. "
                + "Ends with 1 if the set is not there afterwards.")
        {
            name, data, from, metadata, images, normals, count, seed, longFindings,
        };
        get.SetAction(async (result, cancellation) =>
        {
            if (result.GetValue(metadata) is not null || result.GetValue(images) is not null || result.GetValue(normals) is not null)
            {
                return CohenXrayCommand.Run(
                    folder(result.GetValue(data)),
                    result.GetValue(name)!,
                    (result.GetValue(metadata), result.GetValue(images), result.GetValue(normals)),
                    (result.GetValue(count), result.GetValue(seed), result.GetValue(longFindings)),
                    console);
            }

            using var client = Downloader.NewClient();
            var archive = result.GetValue(from) is { } named ? Path.GetFullPath(named) : null;
            return await RunAsync(
                folder(result.GetValue(data)),
                result.GetValue(name)!,
                archive,
                new DatasetDownloader(new Downloader(client, clock: clock), clock: clock),
                Datasets.Get,
                console,
                cancellation);
        });
        return get;
    }

    /// <summary>Gets one set and tells about it.</summary>
    /// <returns>0 when the set is there and whole, 1 when not, 2 when there is no such set, 130 when ended.</returns>
    public static async Task<int> RunAsync(
        DataFolder folder,
        string name,
        string? archive,
        DatasetDownloader downloader,
        Func<string, DatasetInfo> catalogue,
        IAnsiConsole console,
        CancellationToken cancellation)
    {
        DatasetInfo info;
        try
        {
            info = catalogue(name);
        }
        catch (DataException unknown)
        {
            console.MarkupLineInterpolated($"[red]{unknown.Message}[/]");
            return 2;
        }

        try
        {
            console.MarkupLineInterpolated($"[bold]{info.Name}[/]  {info.Title}");
            console.MarkupLineInterpolated($"  Licence: {info.Licence}");
            var got = await console.Progress().HideCompleted(true).AutoClear(true)
                .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
                .StartAsync(context =>
                {
                    var bar = new DownloadBar(context, console);
                    return archive is null ? downloader.GetAsync(folder, info, bar, cancellation)
                        : downloader.FromArchiveAsync(folder, info, archive, bar, cancellation);
                });
            Tell(got, info, folder, archive, console);
            return 0;
        }
        catch (DownloadException exception) when (exception.Failure == DownloadFailure.NeedsLogin)
        {
            console.MarkupLineInterpolated($"[yellow]{exception.Message}[/]");
            var unpack = $"'./kit data get {info.Name} --from FILE.zip' unpacks the downloaded archive for you and checks it.";
            console.MarkupLineInterpolated($"When it is there, './kit data check --set {info.Name}' checks it. {unpack}");
            return 1;
        }
        catch (DataException exception)
        {
            console.MarkupLineInterpolated($"[red]{exception.Message}[/]");
            return 1;
        }
        catch (OperationCanceledException)
        {
            var kept = archive is null ? $"; what has been downloaded is kept, and './kit data get {info.Name}' goes on from it" : "";
            console.MarkupLineInterpolated($"Ended. Nothing is half there{kept}.");
            return 130;
        }
    }

    private static void Tell(DownloadedDataset got, DatasetInfo info, DataFolder folder, string? archive, IAnsiConsole console)
    {
        foreach (var file in got.Files)
        {
            var held = info.Archives.FirstOrDefault(item => item.Url == file.Url.OriginalString)?.Sha256 is null
                ? $"recorded in {DownloadRecord.FileName}"
                : "as in the catalogue";
            console.MarkupLineInterpolated(
                $"  {file.Url}: {file.Bytes.ToString("N0", CultureInfo.InvariantCulture)} bytes, sha256 {file.Sha256} ({held})");
        }

        var where = Path.GetRelativePath(folder.Root, got.Root);
        var ready = got.Files.Count == 0 && archive is null ? "Was there already" : "Ready";
        var images = got.Check.Counts.Sum(count => count.Found);
        console.MarkupLineInterpolated($"[green]{ready}[/]: {where} in {folder.Root}, {images} images, every one read.");
        console.MarkupLineInterpolated($"  Cite: {info.Citation}");
        foreach (var note in info.Notes)
        {
            console.MarkupLineInterpolated($"  Note: {note}");
        }
    }

    /// <summary>One bar a file and stage; tries that failed are told as lines.</summary>
    private sealed class DownloadBar(ProgressContext context, IAnsiConsole console) : IProgress<DownloadProgress>
    {
        private readonly Lock gate = new();
        private ProgressTask? task;
        private (DownloadStage Stage, string File) current;

        public void Report(DownloadProgress value)
        {
            lock (gate)
            {
                if (task is null || current != (value.Stage, value.File))
                {
                    task?.Value(task.MaxValue).StopTask();
                    current = (value.Stage, value.File);
                    task = context.AddTask(Markup.Escape($"{value.Stage.ToString().ToLowerInvariant()} {value.File}"), maxValue: 1);
                }

                task.IsIndeterminate(value.Share is null);
                if (value.Share is { } share)
                {
                    task.Value(share);
                }

                if (value.Stage != DownloadStage.Checking)
                {
                    task.Description = Markup.Escape(
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"{value.Stage.ToString().ToLowerInvariant()} {value.File} ({value.Done / 1e6:N1} MB)"));
                }

                if (value.Note is not null)
                {
                    console.MarkupLineInterpolated($"[yellow]{value.Note}[/]");
                }
            }
        }
    }
}
