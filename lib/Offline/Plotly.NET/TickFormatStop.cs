namespace Plotly.NET;

/// <summary>A tick format for a zoom level.</summary>
public class TickFormatStop : DynamicObj.DynamicObj;
