using System.Globalization;

namespace CovidNotebooks.Audit;

/// <summary>A group (a patient, or the publication that pictures were cut out of) or a source that is in more than one part.</summary>
/// <param name="Name">The group or source, as the dataset's table has it.</param>
/// <param name="Parts">The parts that it is in, each with its number of images there.</param>
public sealed record GroupAcross(string Name, IReadOnlyList<(string Part, int Images)> Parts)
{
    /// <summary>The parts with their numbers of images: <c>train 4, test 1</c>.</summary>
    internal string PartsText =>
        string.Join(", ", Parts.Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Part} {part.Images}")));

    /// <inheritdoc/>
    public override string ToString() => $"{Name} ({PartsText})";
}
