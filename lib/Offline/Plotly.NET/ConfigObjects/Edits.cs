namespace Plotly.NET.ConfigObjects;

/// <summary>Which parts of a chart can be edited.</summary>
public class Edits : DynamicObj.DynamicObj;
