namespace CovidNotebooks.Display;

/// <summary>A cell of an <see cref="Table"/>: its text, and how much it stands out.</summary>
/// <param name="Text">What the cell says; encoded when it is written as HTML.</param>
/// <param name="Strong">Bold in HTML; without effect in plain text.</param>
/// <param name="Shade">From 0 (none) to 1: how strongly the cell is shaded in HTML, for tables that read as heat maps.</param>
public readonly record struct TableCell(string Text, bool Strong = false, double Shade = 0)
{
    /// <summary>Plain text as a cell.</summary>
    public static implicit operator TableCell(string? text) => new(text ?? string.Empty);
}
