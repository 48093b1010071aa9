using System.Text.RegularExpressions;
using CovidNotebooks.Charts;

namespace Tests.CovidNotebooks.Charts;

public class PlotlyScriptTests
{
    [SkippableFact]
    public void The_script_goes_into_the_page_once_and_past_a_module_loader()
    {
        var script = new PlotlyScript();
        Skip.IfNot(script.IsAvailable, "This build carries no plotly.js: run ./kit setup and build again.");

        var html = script.ToHtml();
        Assert.StartsWith("<script data-covidnotebooks-plotlyjs>if (!window.Plotly)", html, StringComparison.Ordinal);
        Assert.Contains("var define, exports, module;", html[..200], StringComparison.Ordinal);
        Assert.Equal(1, Regex.Count(html, "</script", RegexOptions.IgnoreCase));
        Assert.True(html.Length > 1_000_000);
        Assert.Contains("plotly.js v", script.ReadSource()[..200], StringComparison.Ordinal);
    }

    [Fact]
    public void An_assembly_without_the_script_says_what_to_do()
    {
        var script = new PlotlyScript(typeof(PlotlyScriptTests).Assembly);

        Assert.False(script.IsAvailable);
        Assert.Contains("./kit setup", script.ToHtml(), StringComparison.Ordinal);
        Assert.DoesNotContain("<script", script.ToHtml(), StringComparison.Ordinal);
        Assert.Contains("./kit setup", script.ToPlainText(), StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => script.ReadSource());
    }
}
