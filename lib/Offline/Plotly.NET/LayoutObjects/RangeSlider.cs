namespace Plotly.NET.LayoutObjects;

/// <summary>A slider below an axis.</summary>
public class RangeSlider : DynamicObj.DynamicObj;
