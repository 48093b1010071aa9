namespace Plotly.NET;

/// <summary>Default looks for layouts and traces.</summary>
public class Template : DynamicObj.DynamicObj;
