namespace Plotly.NET.TraceObjects;

/// <summary>Whether a histogram sums up.</summary>
public class Cumulative : DynamicObj.DynamicObj;
