namespace CovidNotebooks.Display;

/// <summary>
/// A value that a <see cref="Table"/> sets among numbers, on the right: a share with its counts, an estimate with its interval.
/// </summary>
public interface INumberedCell
{
    /// <summary>What the cell says.</summary>
    string CellText => ToString() ?? DisplayedNumber.None;
}
