using CovidNotebooks.Data.Imaging;

namespace CovidNotebooks.Charts;

/// <summary>Puts a picture into HTML itself.</summary>
internal static class PngDataUri
{
    public static string Of(PixelImage image)
    {
        using var stream = new MemoryStream();
        ImageFileWriter.WritePng(image, stream);
        return "data:image/png;base64," + Convert.ToBase64String(stream.GetBuffer(), 0, (int)stream.Length);
    }
}
