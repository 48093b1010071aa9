namespace CovidNotebooks.Protocols;

/// <summary>What kind of fault it is.</summary>
public enum DefectKind
{
    /// <summary>Printed numbers contradict each other.</summary>
    Contradiction,

    /// <summary>The code or the method is wrong.</summary>
    Method,

    /// <summary>The text claims what its numbers do not support.</summary>
    Claim,

    /// <summary>The text is damaged or cut.</summary>
    Damage,

    /// <summary>Seen only outside the text: in the author's notebook, or in an undamaged copy.</summary>
    OutsideTheText,
}

/// <summary>A known fault of a document.</summary>
/// <param name="Kind">What kind of fault it is.</param>
/// <param name="Text">The fault, in a sentence or two.</param>
public sealed record Defect(DefectKind Kind, string Text);
