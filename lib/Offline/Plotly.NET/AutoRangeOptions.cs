namespace Plotly.NET;

/// <summary>Limits of an automatic range.</summary>
public class AutoRangeOptions : DynamicObj.DynamicObj;
