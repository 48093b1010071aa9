using CovidNotebooks.Kernel.Session;
using Microsoft.AspNetCore.Html;

namespace Microsoft.DotNet.Interactive;

/// <summary>What every cell may call without naming a class, as in .NET Interactive.</summary>
public static class Kernel
{
#pragma warning disable IDE1006 // The dialect's own name is in lower case.
    /// <summary>Shows a value in the cell's output.</summary>
    /// <param name="value">What to show.</param>
    /// <param name="mimeTypes">The MIME types to show it in; none = the preferred ones of its type.</param>
    /// <returns>A handle whose <see cref="DisplayedValue.Update"/> replaces the output.</returns>
    public static DisplayedValue display(object? value, params string[] mimeTypes) =>
        KernelInvocationContext.Required("display").Display(value, mimeTypes);

    /// <summary>Takes away what the cell has put out so far, as IPython's function of this name does. Not in .NET Interactive.</summary>
    /// <param name="wait">Only when the next output comes, so that nothing flickers; default false.</param>
    public static void clear_output(bool wait = false) => KernelInvocationContext.Required("clear_output").Session.Emit(
        new OutputCleared(wait));

    /// <summary>
    /// Asks the reader for a line of text, as Python's function of this name does. Not in .NET Interactive: <see cref="GetInputAsync"/> is.
    /// </summary>
    /// <param name="prompt">The question.</param>
    /// <exception cref="NotSupportedException">The run is headless, or the client does not answer questions.</exception>
    public static string input(string prompt = "") => GetInputAsync(prompt).GetAwaiter().GetResult();
#pragma warning restore IDE1006

    /// <summary>Marks text as HTML: as the last expression of a cell, or displayed, it is shown as markup.</summary>
    /// <param name="content">The markup.</param>
    public static IHtmlContent HTML(string content) => new HtmlString(content);

    /// <summary>Shows a script that runs in the reader's browser.</summary>
    /// <param name="scriptContent">JavaScript, without a script element around it.</param>
    public static void Javascript(string scriptContent) =>
        KernelInvocationContext.Required("Javascript").DisplayAs($"<script type=\"text/javascript\">{scriptContent}</script>", "text/html");

    /// <summary>Adds a style sheet to the notebook.</summary>
    /// <param name="content">CSS rules.</param>
    public static void CSS(string content) =>
        KernelInvocationContext.Required("CSS").DisplayAs($"<style>{content}</style>", "text/html");

    /// <summary>Asks the reader for a line of text; no one can be asked in a headless run.</summary>
    /// <param name="prompt">The question.</param>
    /// <param name="isPassword">Whether the answer is hidden.</param>
    /// <param name="typeHint">What kind of answer is wanted.</param>
    /// <exception cref="NotSupportedException">The run is headless, or the client does not answer questions.</exception>
    public static Task<string> GetInputAsync(string prompt = "", bool isPassword = false, string typeHint = "text")
    {
        var cell = KernelInvocationContext.Required("GetInputAsync");
        return Task.FromResult(cell.Session.ReadInput(new InputQuestion(prompt, isPassword), cell.CancellationToken));
    }
}
