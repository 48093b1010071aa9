namespace CovidNotebooks.Training;

/// <summary>When accumulated gradients become an update.</summary>
public enum AccumulationRule
{
    /// <summary>
    /// After every full group of batches and after the short last one; the update's gradient is the mean over the group's images.
    /// </summary>
    FullGroups,

    /// <summary>
    /// As document 3 publishes it: each batch's mean loss divided by the number of batches, an update whenever the batch's index in the
    /// epoch is a multiple of it. So the first update of an epoch comes after its first batch, and what is left at the end waits for the
    /// next epoch.
    /// </summary>
    AsDocument3,
}

/// <summary>Gradients of several batches for one update.</summary>
/// <param name="Batches">Batches of a group; at least 1. Default 1: an update after every batch.</param>
/// <param name="Rule">When a group ends.</param>
public sealed record GradientAccumulation(int Batches = 1, AccumulationRule Rule = AccumulationRule.FullGroups)
{
    /// <summary>Whether an update follows a batch.</summary>
    /// <param name="batch">Index of the batch in its epoch, from 0.</param>
    public bool UpdatesAfter(int batch) => Rule == AccumulationRule.AsDocument3 ? batch % Batches == 0 : (batch + 1) % Batches == 0;

    /// <summary>
    /// How many images stand behind each update, and how many are never learnt from because training ends before their update.
    /// </summary>
    /// <param name="batches">Images of each batch of an epoch, in order.</param>
    /// <param name="epochs">How many epochs.</param>
    public (IReadOnlyList<int> Updates, int Left) UpdateSizes(IReadOnlyList<int> batches, int epochs)
    {
        ArgumentNullException.ThrowIfNull(batches);
        var (updates, waiting) = (new List<int>(), 0);
        for (var epoch = 0; epoch < epochs; epoch++)
        {
            for (var batch = 0; batch < batches.Count; batch++)
            {
                waiting += batches[batch];
                if (UpdatesAfter(batch) || (Rule == AccumulationRule.FullGroups && batch == batches.Count - 1))
                {
                    updates.Add(waiting);
                    waiting = 0;
                }
            }
        }

        return (updates, waiting);
    }

    /// <summary>Checks the settings.</summary>
    /// <exception cref="ArgumentException">There is no batch in a group.</exception>
    public void Validate()
    {
        if (Batches < 1)
        {
            throw new ArgumentException($"A group of gradients has {Batches} batches; expected at least 1.");
        }
    }
}
