using System.Globalization;
using CovidNotebooks.Data;
using CovidNotebooks.Kernel.Files;
using CovidNotebooks.Kernel.Headless;

namespace CovidNotebooks.Cli.Running;

/// <summary>
/// Which notebooks run and where each result goes: everything that can be refused is refused here, before the first cell runs.
/// </summary>
/// <param name="Notebooks">One entry a notebook, paths made absolute.</param>
/// <param name="DataFolder">The data folder, absolute; null when none was named; one that holds no images for a run on phantoms.</param>
/// <param name="KeepRuns">Whether the runs that a notebook stores are copied to <c>data/published-runs</c>.</param>
internal sealed record RunPlan(IReadOnlyList<HeadlessOptions> Notebooks, string? DataFolder, bool KeepRuns)
{
    private const double LongestTimeLimit = 4_000_000; // What a timer of .NET can wait for.

    public static RunPlan Of(RunRequest request, Checkout checkout)
    {
        if (request is { Out: not null, InPlace: true })
        {
            throw new RunRequestException(
                "--out and --in-place exclude each other: --in-place writes into the notebook itself. Give one of them.");
        }

        if (request is { Phantoms: true, Data: not null })
        {
            throw new RunRequestException(
                "--phantoms and --data exclude each other: phantoms are drawn in place of the images of a data folder. Give one of them.");
        }

        if (request is { Phantoms: true, Publish: true })
        {
            throw new RunRequestException(
                "--phantoms and --publish exclude each other: a published notebook shows numbers of real images. Give one of them.");
        }

        if (request.TimeLimit is { } seconds && !(seconds > 0 && seconds <= LongestTimeLimit))
        {
            throw new RunRequestException(string.Create(
                CultureInfo.InvariantCulture,
                $"--time-limit {seconds}: expected seconds, more than 0 and at most {LongestTimeLimit:F0} (46 days). "
                    + $"Leave it out for no limit."));
        }

        var data = request.Data is null ? null : Path.GetFullPath(request.Data);
        if (data is not null && !Directory.Exists(data))
        {
            throw new RunRequestException(
                $"--data: there is no folder {request.Data}. Name the folder that holds the image sets ('./kit data list' names "
                    + "them), or leave --data out to run on phantoms.");
        }

        var external = request.External is null ? null : Path.GetFullPath(request.External);
        if (external is not null && !Directory.Exists(external))
        {
            throw new RunRequestException(
                $"--external: there is no folder {request.External}. "
                    + "Name a folder of X-rays that a notebook is to be tried on, or leave --external out.");
        }

        var parameters = Parameters([.. request.Parameters, .. External(external, request.ExternalGroups)]);
        ParameterRules.Check(parameters);
        var options = request.Notebooks.Select(notebook => Options(request, notebook, checkout, parameters, [data, external])).ToList();
        var twice = options.Select(option => option.Publish?.Path ?? option.OutputPath).GroupBy(path => path, StringComparer.Ordinal)
            .FirstOrDefault(group => group.Count() > 1);
        return twice is null
            ? new RunPlan(options, request.Phantoms ? checkout.NoData : data, request is { Publish: true, InPlace: true })
            : throw new RunRequestException(
                $"Two notebooks would be written to {twice.Key}. Give a folder with --out, or run them one by one.");
    }

    /// <summary>
    /// The notebook's parameters of an outside folder; a relative table starts where the person is, not where the notebook is.
    /// </summary>
    private static IEnumerable<string> External(string? folder, string? groups)
    {
        if (folder is null)
        {
            if (groups is not null)
            {
                throw new RunRequestException(
                    "--external-groups names the patients of an outside folder. Name the folder too: --external DIR.");
            }

            return [];
        }

        try
        {
            var table = groups is null ? null : ExternalGroups.Parse(groups);
            return table is null ? [$"external={folder}"]
                : [$"external={folder}", $"externalGroups={Path.GetFullPath(table.File)}:{table.PathColumn}:{table.GroupColumn}"];
        }
        catch (DataException wrong)
        {
            throw new RunRequestException($"--external-groups: {wrong.Message}");
        }
    }

    private static HeadlessOptions Options(
        RunRequest request, string notebook, Checkout checkout, IReadOnlyDictionary<string, string> parameters, string?[] named)
    {
        var path = Path.GetFullPath(notebook);
        if (!File.Exists(path))
        {
            var folder = Path.Combine(checkout.Root, "notebooks");
            string[] known = Directory.Exists(folder)
                ? [.. Directory.EnumerateFiles(folder, "*.ipynb").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)]
                : [];
            throw new RunRequestException(
                $"There is no notebook {notebook}. The repository has: {string.Join(", ", known)} (in notebooks/).");
        }

        var name = Path.GetFileNameWithoutExtension(path);
        var kept = Path.Combine(checkout.Runs, "notebooks", name + ".ipynb");
        var target = request.InPlace ? path : request.Out is null ? kept : Target(request.Out, name, request.Notebooks.Count);

        // What is published is a copy: the full notebook, with its pictures and its interactive charts, stays in runs/.
        var executed = !request.Publish ? target
            : target == kept ? Path.Combine(checkout.Runs, "notebooks", name + ".executed.ipynb")
            : kept;
        return new HeadlessOptions
        {
            NotebookPath = path,
            OutputPath = executed,
            Parameters = request.Phantoms ? Overlay(PhantomProfile.Of(path), parameters)
                : request.Publish ? Overlay(TrainedAnew(path), parameters)
                : parameters,
            TimeLimit = request.TimeLimit is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            MissingReferenceHint = "Build the library first: run ./kit setup in the repository's folder.",
            Publish = request.Publish
                ? new PublishOptions { Path = target, ForbiddenStrings = [.. PlacesOfThisMachine(checkout, named)] }
                : null,
        };
    }

    /// <summary>
    /// A publication is made by a run that trains: where a notebook can go on from a checkpoint, it does not, unless that is asked for.
    /// </summary>
    private static IReadOnlyDictionary<string, string> TrainedAnew(string path) =>
        ParameterInjection.Of(NotebookFile.Read(path)).Any(parameter => parameter.Name == "resume")
            ? new Dictionary<string, string>(StringComparer.Ordinal) { ["resume"] = "false" }
            : new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Folders of this machine that a published notebook must not name.</summary>
    public static IEnumerable<string> PlacesOfThisMachine(Checkout checkout, IEnumerable<string?> named) =>
        named.Concat(
            [
                checkout.Root,
                Environment.GetFolderPath(Environment.SpecialFolder.UserProfile),
                Environment.GetEnvironmentVariable("COVIDNOTEBOOKS_DATA"),
            ])
            .OfType<string>()
            .Where(folder => folder.Length > 1)
            .Distinct(StringComparer.Ordinal);

    private static string Target(string @out, string name, int notebooks)
    {
        var isFolder = notebooks > 1
            || Directory.Exists(@out)
            || Path.EndsInDirectorySeparator(@out)
            || Path.GetExtension(@out).Length == 0;
        return Path.GetFullPath(isFolder ? Path.Combine(@out, name + ".ipynb") : @out);
    }

    private static Dictionary<string, string> Overlay(
        IReadOnlyDictionary<string, string> profile, IReadOnlyDictionary<string, string> asked)
    {
        var parameters = new Dictionary<string, string>(profile, StringComparer.Ordinal);
        foreach (var (name, value) in asked)
        {
            parameters[name] = value;
        }

        return parameters;
    }

    private static Dictionary<string, string> Parameters(IReadOnlyList<string> settings)
    {
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var setting in settings)
        {
            var at = setting.IndexOf('=', StringComparison.Ordinal);
            if (at < 1)
            {
                throw new RunRequestException($"--set {setting}: expected name=value, for example --set epochs=1.");
            }

            var name = setting[..at].Trim();
            if (!parameters.TryAdd(name, Placed(name, setting[(at + 1)..].Trim())))
            {
                throw new RunRequestException($"--set {setting}: {setting[..at]} is set twice. Give it once.");
            }
        }

        return parameters;
    }

    /// <summary>A folder or table of one's own, named from where the person is: the notebook runs in another folder.</summary>
    private static string Placed(string name, string value) => name switch
    {
        "folder" or "newPictures" when Path.Exists(value) => Path.GetFullPath(value),
        "groups" when value.Split(':') is { Length: >= 3 } parts && File.Exists(string.Join(':', parts[..^2])) =>
            $"{Path.GetFullPath(string.Join(':', parts[..^2]))}:{parts[^2]}:{parts[^1]}",
        _ => value,
    };
}
