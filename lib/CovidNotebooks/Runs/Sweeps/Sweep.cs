using CovidNotebooks.Recording;

namespace CovidNotebooks.Runs.Sweeps;

/// <summary>The same experiment with several settings and several seeds, each result kept as soon as it is there.</summary>
public static class Sweep
{
    /// <summary>
    /// Runs an experiment once for each options record and seed. What a folder holds already is not run again: a sweep that was killed goes
    /// on where it was, and one that is called with more options or seeds runs those that are new. Several processes may call it with one
    /// folder at once; each item is run by one of them.
    /// </summary>
    /// <remarks>
    /// An experiment that throws is a failed item, with the exception's message as its reason; the others still run, and the next call
    /// tries it again.
    /// </remarks>
    /// <typeparam name="TOptions">A record of options, for example <see cref="Training.TrainerOptions"/>.</typeparam>
    /// <param name="folder">
    /// Where results are kept, for example <c>runs/sweeps/rates</c>: a folder for this experiment alone, for its code is not a part of an
    /// item's key.
    /// </param>
    /// <param name="options">The options to try, each different.</param>
    /// <param name="seeds">The seeds to try each with, each different, at least one.</param>
    /// <param name="experiment">Trains and evaluates with options and a seed and gives results by name.</param>
    /// <param name="progress">Told of each item when it has ended; null for nobody.</param>
    /// <param name="clock">Where time comes from; the system's clock by default.</param>
    /// <param name="cancellation">Ends the sweep before its next item.</param>
    /// <returns>All items as they stand: those that another process is at are running.</returns>
    /// <exception cref="ArgumentException">There are no options or no seeds, or one is there twice.</exception>
    /// <exception cref="OperationCanceledException">The sweep was ended; what has finished is kept.</exception>
    /// <example><code>
    /// Sweep.Over("../runs/sweeps/rates", [.. rates.Select(rate => new KerasAdam { LearningRate = rate })], seeds: [1, 2, 3],
    ///     (optimizer, seed) => EvaluationReport.Of(Train(optimizer, seed)).ToResults());
    /// </code></example>
    public static SweepTable Over<TOptions>(
        string folder,
        IReadOnlyList<TOptions> options,
        IReadOnlyList<long> seeds,
        Func<TOptions, long, IReadOnlyDictionary<string, double>> experiment,
        IProgress<SweepOutcome>? progress = null,
        TimeProvider? clock = null,
        CancellationToken cancellation = default)
        where TOptions : notnull
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(seeds);
        ArgumentNullException.ThrowIfNull(experiment);
        if (options.Count == 0 || seeds.Count == 0)
        {
            throw new ArgumentException(
                $"A sweep needs options and seeds; found {options.Count} and {seeds.Count}. Give one of each at least.", nameof(options));
        }

        var store = new SweepFolder(folder, clock);
        (TOptions Options, SweepItem Item)[] all =
            [.. options.SelectMany(own => seeds.Select(seed => (own, new SweepItem(FlatSettings.Of(own), seed))))];
        var items = SweepItem.Distinct([.. all.Select(pair => pair.Item)]);
        foreach (var (own, item) in all)
        {
            cancellation.ThrowIfCancellationRequested();
            using var claim = store.TryClaim(item);
            if (claim is not null)
            {
                var outcome = Run(claim, () => experiment(own, item.Seed!.Value));
                progress?.Report(outcome);
            }
        }

        return SweepTable.Of(store, items);
    }

    private static SweepOutcome Run(SweepClaim claim, Func<IReadOnlyDictionary<string, double>> experiment)
    {
        try
        {
            return claim.Finish(experiment());
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            return claim.Fail(error.Message.Split('\n')[0]);
        }
    }
}
