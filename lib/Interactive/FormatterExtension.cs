using CovidNotebooks.Charts;
using Microsoft.Data.Analysis;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Formatting;
using Plotly.NET;

namespace CovidNotebooks.Interactive;

/// <summary>
/// The .NET Interactive extension of the kit, for people who load it as a package. It registers formatters that
/// need no network: what Plotly.NET.Interactive emits asks a content-delivery network for plotly.js, so its charts
/// are empty offline and when a saved notebook is opened again.
/// </summary>
public sealed class FormatterExtension : IKernelExtension
{
    /// <summary>Registers the formatters of <see cref="GenericChart"/> and <see cref="DataFrame"/>; a later registration wins over an earlier one.</summary>
    /// <param name="kernel">Not used.</param>
    public Task OnLoadAsync(Microsoft.DotNet.Interactive.Kernel kernel)
    {
        Formatter.Register<GenericChart>((chart, writer) => writer.Write(new Figure(chart).ToHtml()), HtmlFormatter.MimeType);
        Formatter.Register<DataFrame>((frame, writer) => writer.Write(DataFrameHtml.Of(frame)), HtmlFormatter.MimeType);
        return Task.CompletedTask;
    }
}
