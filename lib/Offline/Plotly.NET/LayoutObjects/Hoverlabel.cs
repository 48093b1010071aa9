namespace Plotly.NET.LayoutObjects;

/// <summary>The label shown while hovering.</summary>
public class Hoverlabel : DynamicObj.DynamicObj;
