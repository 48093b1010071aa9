using CovidNotebooks.Display;

namespace CovidNotebooks.Reporting;

/// <summary>A part of a report, with a heading.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Blocks">What it holds, from top to bottom.</param>
internal sealed record ReportSection(string Title, IReadOnlyList<ReportBlock> Blocks);

/// <summary>A paragraph, a list, a table or a picture of a report.</summary>
internal abstract record ReportBlock;

/// <summary>A paragraph of plain text.</summary>
/// <param name="Text">Encoded when it is written.</param>
/// <param name="IsWarning">Whether a reader must not miss it.</param>
internal sealed record ReportText(string Text, bool IsWarning = false) : ReportBlock;

/// <summary>Sentences, one a line.</summary>
/// <param name="Items">Encoded when they are written.</param>
internal sealed record ReportList(IReadOnlyList<string> Items) : ReportBlock;

/// <summary>A table.</summary>
/// <param name="Table">Its rows.</param>
/// <param name="SideBySide">In HTML its rows stand in so many columns beside each other.</param>
internal sealed record ReportTable(HtmlTable Table, int SideBySide = 1) : ReportBlock;

/// <summary>The learning curves; HTML only, other forms leave them out.</summary>
/// <param name="Curves">What is drawn.</param>
internal sealed record ReportCurves(LearningCurves Curves) : ReportBlock;
