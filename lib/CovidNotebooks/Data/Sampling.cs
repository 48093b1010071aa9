namespace CovidNotebooks.Data;

/// <summary>Which images make up an epoch.</summary>
public enum Sampling
{
    /// <summary>Every image once, as in Keras and in PyTorch without a sampler.</summary>
    EachOnce,

    /// <summary>
    /// As many draws as there are images, but every class as often as every other (the counts differ by one at most, in any run of batches
    /// from the start of an epoch). Each class deals its images in random order, without repeating one before all have come, and is
    /// shuffled anew when it runs out: small classes come several times, of large ones a part is left out, another one in each epoch. An
    /// image that comes again in an epoch is augmented differently. (PyTorch's <c>WeightedRandomSampler</c> draws with replacement instead,
    /// so its counts scatter.)
    /// </summary>
    Balanced,
}
