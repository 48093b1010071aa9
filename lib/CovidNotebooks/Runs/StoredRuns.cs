using CovidNotebooks.Display;

namespace CovidNotebooks.Runs;

/// <summary>The runs that are published with the kit and those that were made on this machine; one that is both is counted once.</summary>
public sealed class StoredRuns : Displayed
{
    private StoredRuns(IReadOnlyList<RunRecord> published, IReadOnlyList<RunRecord> own)
    {
        Published = published;
        Own = own;
    }

    /// <summary>The runs behind the committed notebooks.</summary>
    public IReadOnlyList<RunRecord> Published { get; }

    /// <summary>The other runs of this machine.</summary>
    public IReadOnlyList<RunRecord> Own { get; }

    /// <summary>All of them, published ones first.</summary>
    public IReadOnlyList<RunRecord> All => [.. Published, .. Own];

    /// <summary>Reads both folders; one that is not there holds no run.</summary>
    /// <param name="published">A folder with a store for each notebook: <c>data/published-runs</c>.</param>
    /// <param name="runs">The store of this machine.</param>
    /// <exception cref="InvalidOperationException">Neither holds a run; the message says how to make one.</exception>
    public static StoredRuns Read(string published, string runs)
    {
        var committed = RunStore.Published(published).SelectMany(store => store.List()).ToList();
        var known = committed.Select(run => run.Id).ToHashSet(StringComparer.Ordinal);
        var read = new StoredRuns(committed, [.. new RunStore(runs).List().Where(run => !known.Contains(run.Id))]);
        return read.All.Count > 0
            ? read
            : throw new InvalidOperationException(
                "There are no runs to compare: neither data/published-runs nor runs holds one. Make some with ./kit run "
                    + "notebooks/05-scratch-cnn-pneumonia.ipynb.");
    }

    /// <inheritdoc/>
    public override DisplayDocument Describe()
    {
        var unfinished = All.Count(run => run.Status != RunStatus.Finished);
        var problems = All.SelectMany(run => run.Problems.Select(problem => $"{run.Id}: {problem}")).ToList();
        return new DisplayDocument()
            .Say(
                $"{DisplayedNumber.Counted(Published.Count, "run is", "runs are")} published with the kit, "
                    + $"{DisplayedNumber.Counted(Own.Count, "was", "were")} made here.",
                ParagraphKind.Finding)
            .Say(
                unfinished > 0
                    ? $"{DisplayedNumber.Counted(unfinished, "run has not ended and is", "runs have not ended and are")} left out below."
                    : null)
            .Add(problems.Count > 0 ? new BulletList(problems) : null);
    }
}
