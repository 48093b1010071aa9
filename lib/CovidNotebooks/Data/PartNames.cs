namespace CovidNotebooks.Data;

/// <summary>The usual names of a split's parts.</summary>
internal static class PartNames
{
    /// <summary>The parts, in the order in which they are shown.</summary>
    public static readonly string[] All = ["train", "val", "test"];

    /// <summary>The spellings that are known, for messages.</summary>
    public const string Spellings = "train, training, val, valid, validation, dev, test or testing";

    /// <summary><c>train</c>, <c>val</c> or <c>test</c> for one of the usual spellings in any case; null for another name.</summary>
    public static string? Of(string name) => name.Trim().ToLowerInvariant() switch
    {
        "train" or "training" => "train",
        "val" or "valid" or "validation" or "dev" => "val",
        "test" or "testing" => "test",
        _ => null,
    };
}
