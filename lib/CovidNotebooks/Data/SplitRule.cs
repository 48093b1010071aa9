namespace CovidNotebooks.Data;

/// <summary>
/// How a dataset was cut into parts: a <see cref="DatasetSplit"/> carries the rule that made it, and a run's record holds its settings.
/// </summary>
public abstract record SplitRule
{
    /// <summary>Cuts a dataset, or takes the parts that it comes with.</summary>
    /// <param name="shipped">The parts that the dataset comes with.</param>
    public abstract DatasetSplit Cut(DatasetSplit shipped);

    /// <summary>All images of all parts, sorted by class and path as Keras lists the files of a folder.</summary>
    private protected static ImageDataset All(DatasetSplit shipped)
    {
        ArgumentNullException.ThrowIfNull(shipped);
        var first = shipped.Parts[0].Dataset;
        return shipped.Parts.Count == 1
            ? first
            : new ImageDataset(first.Collection ?? shipped.Title, first.Root, first.ClassNames, [.. shipped.Parts
                .SelectMany(part => part.Dataset.Images)
                .OrderBy(image => image.Label)
                .ThenBy(image => image.Path, Comparer<string>.Create(KerasFolders.Compare))])
            {
                Collection = first.Collection,
            };
    }
}

/// <summary>The folders or lists that the dataset comes with.</summary>
public sealed record ShippedSplit : SplitRule
{
    /// <inheritdoc/>
    public override DatasetSplit Cut(DatasetSplit shipped) => shipped;
}

/// <summary>Keras' <c>validation_split</c>: of each class the first files validate; parts <c>train</c> and <c>val</c>.</summary>
/// <param name="ValidationShare">The share of each class, strictly between 0 and 1.</param>
public sealed record KerasValidationSplit(double ValidationShare) : SplitRule
{
    /// <inheritdoc/>
    public override DatasetSplit Cut(DatasetSplit shipped)
    {
        var all = All(shipped);
        var (training, validation) = all.KerasValidationSplit(ValidationShare);
        return new DatasetSplit($"{all.Name}: Keras' validation_split", [("train", training), ("val", validation)]) { Rule = this };
    }
}

/// <summary>
/// scikit-learn's stratified <c>train_test_split</c> (<see cref="ScikitLearnSplit"/>); parts <c>train</c> and <c>test</c>.
/// </summary>
/// <param name="TestShare">The share of test images, strictly between 0 and 1.</param>
/// <param name="Seed">Its <c>random_state</c>.</param>
/// <param name="OneHotRows">Whether the labels are given as one-hot rows, which changes the draw.</param>
public sealed record StratifiedTestSplit(double TestShare, uint Seed, bool OneHotRows = false) : SplitRule
{
    /// <inheritdoc/>
    public override DatasetSplit Cut(DatasetSplit shipped) => ScikitLearnSplit.Stratified(All(shipped), TestShare, Seed, OneHotRows);
}

/// <summary>Random parts with the class shares of the whole (<see cref="Splitter"/>).</summary>
/// <param name="ByGroup">Whether whole groups (patients) are kept together.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Parts">Names of the parts.</param>
/// <param name="Shares">A share a part; they add up to 1.</param>
public sealed record RandomSplit(bool ByGroup, long Seed, IReadOnlyList<string> Parts, IReadOnlyList<double> Shares) : SplitRule
{
    /// <inheritdoc/>
    public override DatasetSplit Cut(DatasetSplit shipped)
    {
        (string, double)[] parts = [.. Parts.Zip(Shares)];
        return ByGroup ? Splitter.Grouped(All(shipped), Seed, parts) : Splitter.Stratified(All(shipped), Seed, parts);
    }
}

/// <summary>Another split, in words.</summary>
/// <param name="Words">What was done.</param>
public sealed record OtherSplit(string Words) : SplitRule
{
    /// <summary>Cannot cut: its parts were put together by hand.</summary>
    /// <exception cref="InvalidOperationException">Always.</exception>
    public override DatasetSplit Cut(DatasetSplit shipped) =>
        throw new InvalidOperationException(
            $"The split \"{Words}\" was put together by hand and cannot be made again from a rule. Give the split itself.");
}
