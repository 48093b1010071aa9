namespace Plotly.NET;

/// <summary>A trace on a pair of cartesian axes.</summary>
public class Trace2D(string traceTypeName) : Trace(traceTypeName);
