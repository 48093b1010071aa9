namespace CovidNotebooks.Audit;

/// <summary>An image as the audit names it.</summary>
/// <param name="Split">The part it is in.</param>
/// <param name="Path">Its id.</param>
/// <param name="ClassName">Its class.</param>
public sealed record AuditedImage(string Split, string Path, string ClassName)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Path} [{Split}, {ClassName}]";
}
