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
        var bad = BadImageException.Try(() => read(image), out var picture);
        return new Picture(image.Path, picture, bad?.Found ?? detail);
    }
}
