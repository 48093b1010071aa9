namespace Plotly.NET.LayoutObjects;

/// <summary>A part of the plot area, in fractions.</summary>
public class Domain : DynamicObj.DynamicObj;
