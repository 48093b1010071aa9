using CovidNotebooks.Data;
using CovidNotebooks.Data.Imaging;

namespace CovidNotebooks.Charts;

/// <summary>Reads the pictures of a grid; one that cannot be read does not cost the others.</summary>
internal static class PictureReading
{
    public static Func<LabeledImage, PixelImage> From(ImageDataset dataset)
    {
        var reader = new ImageFileReader();
        return image => reader.Read(dataset.FullPath(image));
    }

    public static Picture Of(LabeledImage image, Func<LabeledImage, PixelImage> read, string? detail)
    {
        try
        {
            return new Picture(image.Path, read(image), detail);
        }
        catch (BadImageException exception)
        {
            return new Picture(image.Path, null, exception.Found);
        }
    }
}
