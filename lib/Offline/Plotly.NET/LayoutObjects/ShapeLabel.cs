namespace Plotly.NET.LayoutObjects;

/// <summary>The text on a shape.</summary>
public class ShapeLabel : DynamicObj.DynamicObj;
