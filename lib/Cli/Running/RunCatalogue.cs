using CovidNotebooks.Runs;

namespace CovidNotebooks.Cli.Running;

/// <summary>Every run of a checkout: those made here, in <c>runs/</c>, and those behind the committed notebooks, in <c>data/published-runs/</c>.</summary>
internal sealed class RunCatalogue
{
    private const int MostNamed = 5;

    public RunCatalogue(Checkout checkout, TimeProvider clock)
    {
        Stores =
        [
            ("runs/", new RunStore(checkout.Runs, clock)),
            .. RunStore.Published(checkout.PublishedRuns, clock).Select(store => ($"data/published-runs/{Path.GetFileName(store.Root)}/", store)),
        ];
    }

    /// <summary>The folders of runs, by their path in the checkout; those made here come first.</summary>
    public IReadOnlyList<(string Name, RunStore Store)> Stores { get; }

    /// <summary>One run, by the name of its folder or an unambiguous beginning of it. A run that was made here and published is taken from <c>runs/</c>.</summary>
    /// <exception cref="RunRequestException">No run or several have that name.</exception>
    public RunRecord Find(string id)
    {
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(id));
        var runs = Stores.SelectMany(place => place.Store.List()).DistinctBy(run => run.Id, StringComparer.Ordinal).ToList();
        var found = runs.Where(run => string.Equals(run.Id, name, StringComparison.Ordinal)).ToList();
        if (found.Count == 0 && name.Length > 0)
        {
            found = [.. runs.Where(run => run.Id.StartsWith(name, StringComparison.Ordinal))];
        }

        return found switch
        {
            [var only] => only,
            [] => throw new RunRequestException($"There is no run {id}. {Known(runs)}"),
            _ => throw new RunRequestException($"{id} is the beginning of {found.Count} runs: {Named(found)}. Give more of the name."),
        };
    }

    private static string Known(List<RunRecord> runs) => runs.Count == 0
        ? "No run is stored yet: './kit run NOTEBOOK' makes the first."
        : $"The newest are: {Named(runs)}. './kit runs list' names them all.";

    private static string Named(IEnumerable<RunRecord> runs) =>
        string.Join(", ", runs.Select(run => run.Id).OrderDescending(StringComparer.Ordinal).Take(MostNamed));
}
