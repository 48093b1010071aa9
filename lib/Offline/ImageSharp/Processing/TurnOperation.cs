using SixLabors.ImageSharp.PixelFormats;

namespace SixLabors.ImageSharp.Processing;

/// <summary>One of the eight ways to lay a rectangle on its sides: transposed or not, then mirrored along each axis or not.</summary>
internal sealed class TurnOperation(bool transpose, bool mirrorX, bool mirrorY) : IImageOperation
{
    /// <summary>The turn clockwise.</summary>
    public static TurnOperation Clockwise(RotateMode mode) => mode switch
    {
        RotateMode.None => new TurnOperation(transpose: false, mirrorX: false, mirrorY: false),
        RotateMode.Rotate90 => new TurnOperation(transpose: true, mirrorX: true, mirrorY: false),
        RotateMode.Rotate180 => new TurnOperation(transpose: false, mirrorX: true, mirrorY: true),
        RotateMode.Rotate270 => new TurnOperation(transpose: true, mirrorX: false, mirrorY: true),
        _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "A turn is 0, 90, 180 or 270 degrees."),
    };

    public void Run<TPixel>(Image<TPixel> image)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        var (width, height) = transpose ? (image.Height, image.Width) : (image.Width, image.Height);
        using var target = new Image<TPixel>(image.Configuration, width, height, image.Metadata, clear: false);
        var source = image.Pixels;
        for (var y = 0; y < height; y++)
        {
            var row = target.Row(y);
            var sourceY = mirrorY ? height - 1 - y : y;
            for (var x = 0; x < width; x++)
            {
                var sourceX = mirrorX ? width - 1 - x : x;
                row[x] = transpose ? source[(sourceX * image.Width) + sourceY] : source[(sourceY * image.Width) + sourceX];
            }
        }

        image.TakeOver(target);
    }
}
