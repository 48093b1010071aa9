namespace Plotly.NET;

/// <summary>The choices that plotly.js names by strings.</summary>
public static partial class StyleParam;
