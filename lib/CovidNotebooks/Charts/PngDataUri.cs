using CovidNotebooks.Data.Imaging;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

namespace CovidNotebooks.Charts;

/// <summary>Puts a picture into HTML itself.</summary>
internal static class PngDataUri
{
    public static string Of(PixelImage image)
    {
        using var stream = new MemoryStream();
        using (Image encoded = image.Channels == 1
            ? Image.LoadPixelData<L8>(image.Pixels, image.Width, image.Height)
            : Image.LoadPixelData<Rgb24>(image.Pixels, image.Width, image.Height))
        {
            encoded.SaveAsPng(stream);
        }

        return "data:image/png;base64," + Convert.ToBase64String(stream.GetBuffer(), 0, (int)stream.Length);
    }
}
