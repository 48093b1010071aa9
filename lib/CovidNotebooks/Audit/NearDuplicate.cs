using System.Globalization;

namespace CovidNotebooks.Audit;

/// <summary>Two images that look nearly alike.</summary>
/// <param name="First">The one.</param>
/// <param name="Second">The other.</param>
/// <param name="Correlation">
/// Normalised cross-correlation of their grey levels on a grid of 64 × 64, up to 1: of the whole pictures, or of where they overlap.
/// Negative where one is the negative of the other.
/// </param>
public sealed record NearDuplicate(AuditedImage First, AuditedImage Second, double Correlation)
{
    /// <summary>How the second lies to the first.</summary>
    public PictureTurn Turn { get; init; }

    /// <summary>Whether one is the other's negative, mirrored or turned.</summary>
    public bool IsAltered => Turn != PictureTurn.Upright || Correlation < 0;

    /// <summary>Whether both are in one part.</summary>
    public bool IsWithin => string.Equals(First.Split, Second.Split, StringComparison.Ordinal);

    /// <summary>Whether their labels differ: at least one is wrong.</summary>
    public bool Conflicts => !string.Equals(First.ClassName, Second.ClassName, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{First} and {Second} ({(IsAltered ? How + ", " : "")}r = {Correlation:F3})");

    /// <summary>For example <c>, negative, mirrored</c>; empty for an upright copy.</summary>
    internal string AlteredText => IsAltered ? $", {How}" : "";

    private string How => string.Join(", ", new[] { Correlation < 0 ? "negative" : null, Turn switch
    {
        PictureTurn.Upright => null,
        PictureTurn.Mirrored => "mirrored",
        PictureTurn.UpsideDown => "upside down",
        PictureTurn.HalfTurn => "turned by 180°",
        PictureTurn.Clockwise or PictureTurn.Anticlockwise => "turned by 90°",
        _ => "turned and mirrored",
    } }.OfType<string>());
}
