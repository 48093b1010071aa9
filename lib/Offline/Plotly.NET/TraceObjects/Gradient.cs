namespace Plotly.NET.TraceObjects;

/// <summary>A marker's gradient.</summary>
public class Gradient : DynamicObj.DynamicObj;
