using CovidNotebooks.Data;

namespace CovidNotebooks.Audit;

/// <summary>How a picture of an external folder stands to the data that a model was made with.</summary>
public enum ExternalStatus
{
    /// <summary>No copy of it was found.</summary>
    New,

    /// <summary>A copy is among the images that the model was trained on or chosen by: what the model says of it is memory.</summary>
    Seen,

    /// <summary>A copy is in another part, the test images: the model has not seen it, and it is no news either.</summary>
    HeldOut,

    /// <summary>The same picture is in the folder before it: it would count twice.</summary>
    Repeated,

    /// <summary>The file cannot be read.</summary>
    Unreadable,
}

/// <summary>A picture of an external folder and what was found about it.</summary>
/// <param name="Image">The picture.</param>
/// <param name="Status">How it stands to the known data.</param>
/// <param name="Copy">The known picture that it is a copy of, or the earlier one of the folder; null when there is none.</param>
/// <param name="Correlation">Of the two pictures laid over each other, up to 1; null for an unreadable file.</param>
/// <param name="Problem">Why it cannot be read, or null.</param>
public sealed record ExternalImage(LabeledImage Image, ExternalStatus Status, AuditedImage? Copy, double? Correlation, string? Problem);
