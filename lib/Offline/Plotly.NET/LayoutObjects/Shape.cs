using Microsoft.FSharp.Core;

namespace Plotly.NET.LayoutObjects;

/// <summary>A line, rectangle, circle or path drawn on a chart.</summary>
public class Shape : DynamicObj.DynamicObj
{
    public static Shape init<T1, T2, T3, T4>(
        FSharpOption<bool>? Editable = null,
        FSharpOption<Color>? FillColor = null,
        FSharpOption<StyleParam.FillRule>? FillRule = null,
        FSharpOption<ShapeLabel>? Label = null,
        FSharpOption<bool>? ShowLegend = null,
        FSharpOption<StyleParam.SubPlotId>? Legend = null,
        FSharpOption<int>? LegendRank = null,
        FSharpOption<string>? LegendGroup = null,
        FSharpOption<Title>? LegendGroupTitle = null,
        FSharpOption<double>? LegendWidth = null,
        FSharpOption<StyleParam.Layer>? Layer = null,
        FSharpOption<Line>? Line = null,
        FSharpOption<string>? Name = null,
        FSharpOption<double>? Opacity = null,
        FSharpOption<string>? Path = null,
        FSharpOption<string>? TemplateItemName = null,
        FSharpOption<StyleParam.ShapeType>? ShapeType = null,
        FSharpOption<bool>? Visible = null,
        FSharpOption<T1>? X0 = null,
        FSharpOption<T2>? X1 = null,
        FSharpOption<StyleParam.LinearAxisId>? XAnchor = null,
        FSharpOption<string>? Xref = null,
        FSharpOption<StyleParam.ShapeSizeMode>? XSizeMode = null,
        FSharpOption<T3>? Y0 = null,
        FSharpOption<T4>? Y1 = null,
        FSharpOption<StyleParam.LinearAxisId>? YAnchor = null,
        FSharpOption<string>? Yref = null,
        FSharpOption<StyleParam.ShapeSizeMode>? YSizeMode = null)
        where T1 : IConvertible
        where T2 : IConvertible
        where T3 : IConvertible
        where T4 : IConvertible =>
        new Shape()
            .With("editable", Editable)
            .With("fillcolor", FillColor)
            .With("fillrule", FillRule)
            .With("label", Label)
            .With("showlegend", ShowLegend)
            .With("legend", Legend)
            .With("legendrank", LegendRank)
            .With("legendgroup", LegendGroup)
            .With("legendgrouptitle", LegendGroupTitle)
            .With("legendwidth", LegendWidth)
            .With("layer", Layer)
            .With("line", Line)
            .With("name", Name)
            .With("opacity", Opacity)
            .With("path", Path)
            .With("templateitemname", TemplateItemName)
            .With("type", ShapeType)
            .With("visible", Visible)
            .With("x0", X0)
            .With("x1", X1)
            .With("xanchor", XAnchor)
            .With("xref", Xref)
            .With("xsizemode", XSizeMode)
            .With("y0", Y0)
            .With("y1", Y1)
            .With("yanchor", YAnchor)
            .With("yref", Yref)
            .With("ysizemode", YSizeMode);
}
