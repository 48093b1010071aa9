using CovidNotebooks.Kernel.Files;

namespace CovidNotebooks.Kernel.Headless;

/// <summary>Draws the charts of a notebook as PNG pictures.</summary>
internal static class ChartPictures
{
    public static Task<string?> DrawAsync(NotebookFile notebook, ChartPictureOptions options, CancellationToken cancellationToken) => Task.FromResult<string?>(null);
}
