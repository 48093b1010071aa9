using CovidNotebooks.Charts;
using CovidNotebooks.Runs;
using Microsoft.Data.Analysis;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Formatting;
using Plotly.NET;
using Plotly.NET.Interactive;
using Figure = CovidNotebooks.Charts.Figure;

namespace CovidNotebooks.Interactive;

/// <summary>
/// The .NET Interactive extension of the kit, for people who load it as a package. It registers formatters that
/// need no network: what Plotly.NET.Interactive emits asks a content-delivery network for plotly.js, so its charts
/// are empty offline and when a saved notebook is opened again.
/// </summary>
public sealed class FormatterExtension : IKernelExtension
{
    private const string Html = "text/html";

    /// <summary>Shows plotly.js once and registers the formatters of <see cref="GenericChart"/> and <see cref="DataFrame"/>.</summary>
    /// <param name="kernel">The kernel that loads the extension.</param>
    public async Task OnLoadAsync(Microsoft.DotNet.Interactive.Kernel kernel)
    {
        // Plotly.NET's own registration comes first: of two formatters for a type the later one wins.
        await ((IKernelExtension)new FormatterKernelExtension()).OnLoadAsync(kernel).ConfigureAwait(false);
        Formatter.Register<GenericChart>((chart, writer) => writer.Write(new Figure("Chart", chart).ToHtml()), Html);
        Formatter.Register<DataFrame>((frame, writer) => writer.Write(FrameTable.Of(frame).ToHtml()), Html);
        KernelInvocationContext.Current?.Display(new PlotlyScript(), Html);
    }
}
