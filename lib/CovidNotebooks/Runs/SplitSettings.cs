using CovidNotebooks.Data;
using CovidNotebooks.Recording;

namespace CovidNotebooks.Runs;

/// <summary>A split in a run's record, and which of its parts a source of batches is made of.</summary>
internal static class SplitSettings
{
    /// <summary>Group <c>split</c>: the rule with its settings, and names, images and groups of the parts.</summary>
    public static IEnumerable<KeyValuePair<string, object?>> Of(DatasetSplit split) =>
    [
        KeyValuePair.Create<string, object?>("split", FlatSettings.Word(split.Rule.GetType().Name)),
        .. FlatSettings.Prefixed("split.rule", FlatSettings.Of(split.Rule)),
        KeyValuePair.Create<string, object?>("split.parts", split.Parts.Select(part => part.Name).ToArray()),
        KeyValuePair.Create<string, object?>("split.images", split.Parts.Select(part => part.Dataset.Count).ToArray()),
        KeyValuePair.Create<string, object?>("split.groups", split.Parts.Select(part => part.Dataset.GroupCount).ToArray()),
    ];

    /// <summary>
    /// The parts whose images a dataset is made of, joined by <c>+</c>; <c>some of</c> one where it holds a few of its images only,
    /// <c>other images</c> where it holds any that no part has.
    /// </summary>
    public static string PartOf(DatasetSplit split, ImageDataset dataset)
    {
        var own = Paths(dataset);
        var parts = split.Parts.Select(part => (part.Name, Paths: Paths(part.Dataset))).ToArray();
        var whole = parts.Where(part => part.Paths.Count > 0 && part.Paths.IsSubsetOf(own)).ToArray();
        if (whole.Length > 0 && whole.SelectMany(part => part.Paths).ToHashSet(StringComparer.Ordinal).SetEquals(own))
        {
            return string.Join(" + ", whole.Select(part => part.Name));
        }

        return parts.FirstOrDefault(part => own.IsSubsetOf(part.Paths)) is { Name: { } name } ? $"some of {name}" : "other images";
    }

    private static HashSet<string> Paths(ImageDataset dataset) => dataset.Images.Select(dataset.FullPath).ToHashSet(StringComparer.Ordinal);
}
