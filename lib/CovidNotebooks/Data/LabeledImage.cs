namespace CovidNotebooks.Data;

/// <summary>One row of a dataset: an image file and what is known about it.</summary>
/// <param name="Path">The file, relative to the dataset's root, with <c>/</c> between folders. It is the image's id.</param>
/// <param name="Label">The class: an index into <see cref="ImageDataset.ClassNames"/>.</param>
/// <param name="Group">The patient, or whatever must not be torn apart by a split; null when unknown.</param>
/// <param name="Source">Where the image came from (a collection, a scanner); null when unknown.</param>
public sealed record LabeledImage(string Path, int Label, string? Group = null, string? Source = null)
{
    /// <summary>
    /// The patient, or whatever must not be torn apart by a split; null when unknown. A blank name is unknown: it is no group that images
    /// share.
    /// </summary>
    public string? Group { get; init => field = Known(value); } = Known(Group);

    /// <summary>Where the image came from (a collection, a scanner); null when unknown or blank.</summary>
    public string? Source { get; init => field = Known(value); } = Known(Source);

    private static string? Known(string? name) => string.IsNullOrWhiteSpace(name) ? null : name;
}
