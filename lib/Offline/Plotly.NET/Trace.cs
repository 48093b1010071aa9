namespace Plotly.NET;

/// <summary>One plotly trace: a data set on a chart and how it is drawn.</summary>
public class Trace(string traceTypeName) : DynamicObj.DynamicObj
{
    public string? type { get; set; } = traceTypeName;
}
