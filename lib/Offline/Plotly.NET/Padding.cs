namespace Plotly.NET;

/// <summary>Space around text, in pixels.</summary>
public class Padding : DynamicObj.DynamicObj;
