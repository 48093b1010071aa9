namespace CovidNotebooks.Display;

/// <summary>How the cells of a column stand.</summary>
public enum CellAlignment
{
    /// <summary>Text.</summary>
    Left,

    /// <summary>Numbers.</summary>
    Right,
}

/// <summary>A column of an <see cref="Table"/>.</summary>
/// <param name="Header">The text of its heading.</param>
/// <param name="Alignment">Left for text (the default), right for numbers.</param>
public sealed record TableColumn(string Header, CellAlignment Alignment = CellAlignment.Left)
{
    /// <summary>A left-aligned column of text.</summary>
    public static TableColumn Text(string header) => new(header);

    /// <summary>A right-aligned column of numbers.</summary>
    public static TableColumn Number(string header) => new(header, CellAlignment.Right);
}
