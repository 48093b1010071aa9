namespace Plotly.NET.LayoutObjects;

/// <summary>A part left out of a date axis.</summary>
public class Rangebreak : DynamicObj.DynamicObj;
