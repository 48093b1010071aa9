namespace Plotly.NET.LayoutObjects;

/// <summary>Buttons that select a range.</summary>
public class RangeSelector : DynamicObj.DynamicObj;
