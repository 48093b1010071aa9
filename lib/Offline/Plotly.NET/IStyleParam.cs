namespace Plotly.NET;

/// <summary>A value that plotly.js knows by another spelling: <c>Lines_Markers</c> is <c>lines+markers</c>.</summary>
internal interface IStyleParam
{
    object Convert();
}
