namespace Plotly.NET.ConfigObjects;

/// <summary>What the tool bar's image button makes.</summary>
public class ToImageButtonOptions : DynamicObj.DynamicObj;
