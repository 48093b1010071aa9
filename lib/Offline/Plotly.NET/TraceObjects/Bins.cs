namespace Plotly.NET.TraceObjects;

/// <summary>Where a histogram's bins start and end, and their size.</summary>
public class Bins : DynamicObj.DynamicObj;
