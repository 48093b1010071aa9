using System.Numerics;
using SixLabors.ImageSharp.PixelFormats;

namespace SixLabors.ImageSharp.Processing;

/// <summary>Mixes each pixel with its luminance.</summary>
internal sealed class GrayscaleOperation(GrayscaleMode mode, float amount) : IImageOperation
{
    private static readonly Vector4 Bt709 = new(.2126F, .7152F, .0722F, 0);
    private static readonly Vector4 Bt601 = new(.299F, .587F, .114F, 0);

    public void Run<TPixel>(Image<TPixel> image)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        var weights = mode == GrayscaleMode.Bt601 ? Bt601 : Bt709;
        foreach (ref var pixel in image.Pixels)
        {
            var color = pixel.ToScaledVector4();
            var luminance = Vector4.Dot(color, weights);
            pixel.FromScaledVector4(Vector4.Lerp(color, new Vector4(luminance, luminance, luminance, color.W), amount));
        }
    }
}
