using CovidNotebooks.Data.Imaging;

namespace CovidNotebooks.Charts;

/// <summary>One picture of a <see cref="PictureGrid"/>.</summary>
/// <param name="Name">The file, or whatever the picture is called.</param>
/// <param name="Image">Its pixels; null where the file cannot be read, <see cref="Detail"/> then says why.</param>
/// <param name="Detail">Label, score, loss: what is written below; null for nothing.</param>
public sealed record Picture(string Name, PixelImage? Image, string? Detail = null);
