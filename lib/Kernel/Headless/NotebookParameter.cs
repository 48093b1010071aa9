namespace CovidNotebooks.Kernel.Headless;

/// <summary>A parameter that a notebook declares in its cell tagged <c>parameters</c>.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its C# type as written; for <c>var</c>, the type of its default.</param>
/// <param name="Default">Its default as written.</param>
public sealed record NotebookParameter(string Name, string Type, string Default);
