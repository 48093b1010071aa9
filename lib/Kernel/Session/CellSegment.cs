namespace CovidNotebooks.Kernel.Session;

/// <summary>What a part of a cell is for.</summary>
internal enum SegmentKind
{
    CSharp,
    Markdown,
    Html,
    Javascript,
    Import,
    Who,
    Whos,
    ListMagic,
    About,
    Time,
    Unknown,
    NuGet,
}

/// <summary>A part of a cell that one handler runs.</summary>
/// <param name="Kind">What it is for.</param>
/// <param name="Text">
/// C# code with an empty line for each line of the cell before it, so that line numbers are the cell's; other text as it is.
/// </param>
/// <param name="Line">The line of the cell that it starts on, from 1.</param>
internal sealed record CellSegment(SegmentKind Kind, string Text, int Line);
