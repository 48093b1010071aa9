using System.Globalization;
using CovidNotebooks.Runs;

namespace CovidNotebooks.Cli.Running;

/// <summary>
/// Every run of a checkout: those made here, in <c>runs/</c>, and those behind the committed notebooks, in <c>data/published-runs/</c>.
/// </summary>
internal sealed class RunCatalogue
{
    private const int MostNamed = 5;
    private const string DateFormat = "yyyyMMdd-HHmmss-";

    public RunCatalogue(Checkout checkout, TimeProvider clock)
    {
        Stores =
        [
            ("runs/", new RunStore(checkout.Runs, clock)),
            .. RunStore.Published(checkout.PublishedRuns, clock)
            .Select(store => ($"data/published-runs/{Path.GetFileName(store.Root)}/", store)),
        ];
    }

    /// <summary>The folders of runs, by their path in the checkout; those made here come first.</summary>
    public IReadOnlyList<(string Name, RunStore Store)> Stores { get; }

    /// <summary>
    /// One run, by the name of its folder, an unambiguous beginning of it, or its name without the date. A run that was made here and
    /// published is taken from <c>runs/</c>.
    /// </summary>
    /// <exception cref="RunRequestException">No run or several have that name; the message names the candidates.</exception>
    public RunRecord Find(string id)
    {
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(id));
        var runs = Stores.SelectMany(place => place.Store.List()).DistinctBy(run => run.Id, StringComparer.Ordinal).ToList();
        Func<RunRecord, bool>[] ways =
        [
            run => string.Equals(run.Id, name, StringComparison.Ordinal),
            run => string.Equals(WithoutDate(run.Id), name, StringComparison.Ordinal),
            run => run.Id.StartsWith(name, StringComparison.Ordinal),
            run => WithoutDate(run.Id).StartsWith(name, StringComparison.Ordinal),
        ];
        var found = name.Length == 0 ? [] : ways.Select(way => runs.Where(way).ToList()).FirstOrDefault(some => some.Count > 0) ?? [];
        return found switch
        {
            [var only] => only,
            [] => throw new RunRequestException($"There is no run {id}. {Known(runs)}"),
            _ =>
                throw new RunRequestException(
                    $"{id} is the name, or the beginning of the name, of {found.Count} runs. Give more of one of these:\n{Lines(found)}"),
        };
    }

    /// <summary>A run's name without the time at which it began: <c>05-corrected</c>.</summary>
    private static string WithoutDate(string id) =>
        id.Length > DateFormat.Length
            && DateTime.TryParseExact(id[..DateFormat.Length], DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
            ? id[DateFormat.Length..]
            : id;

    private static string Known(List<RunRecord> runs) => runs.Count == 0
        ? "No run is stored yet: './kit run NOTEBOOK' makes the first."
        :
            "'./kit runs list' names them all. The newest "
            + $"are:\n{Lines(runs.OrderByDescending(run => run.Id, StringComparer.Ordinal).Take(MostNamed))}";

    /// <summary>A line a run, so that no name is broken.</summary>
    private static string Lines(IEnumerable<RunRecord> runs) =>
        string.Join('\n', runs.Select(run => run.Id).OrderDescending(StringComparer.Ordinal));
}
