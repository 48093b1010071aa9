namespace CovidNotebooks.Protocols;

/// <summary>Where a document says a setting. The setting's value is not here: it is asked of what runs.</summary>
/// <param name="Name">The setting's name in run records, for example <c>trainer.epochs</c>.</param>
/// <param name="Source">Where the document says it.</param>
/// <param name="Remark">What is special about it, or null.</param>
public sealed record Citation(string Name, Quotation Source, string? Remark = null);
