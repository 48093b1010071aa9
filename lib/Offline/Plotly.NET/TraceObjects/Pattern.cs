namespace Plotly.NET.TraceObjects;

/// <summary>A hatch pattern.</summary>
public class Pattern : DynamicObj.DynamicObj;
