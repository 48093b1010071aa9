using SixLabors.ImageSharp.PixelFormats;

namespace SixLabors.ImageSharp;

/// <summary>A change to a picture that is written once for every pixel type.</summary>
internal interface IImageOperation
{
    /// <summary>Changes the picture in place.</summary>
    void Run<TPixel>(Image<TPixel> image)
        where TPixel : unmanaged, IPixel<TPixel>;
}
