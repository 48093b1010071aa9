namespace Plotly.NET.LayoutObjects;

/// <summary>Minor ticks and grid.</summary>
public class Minor : DynamicObj.DynamicObj;
