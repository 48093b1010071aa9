namespace CovidNotebooks.Audit;

/// <summary>How large a part of a split was when it was audited.</summary>
/// <param name="Name">For example train, val or test.</param>
/// <param name="Images">Its images.</param>
/// <param name="Groups">Its groups; null where none is known.</param>
public sealed record AuditedPart(string Name, int Images, int? Groups);
