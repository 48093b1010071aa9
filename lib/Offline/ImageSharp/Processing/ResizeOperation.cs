using System.Numerics;
using SixLabors.ImageSharp.PixelFormats;
using SixLabors.ImageSharp.Processing.Processors.Transforms;

namespace SixLabors.ImageSharp.Processing;

/// <summary>Resizes along the rows, then along the columns.</summary>
internal sealed class ResizeOperation(Size size, Rectangle place, ResizeOptions options) : IImageOperation
{
    public void Run<TPixel>(Image<TPixel> image)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        if (image.Size == size && place == image.Bounds)
        {
            return;
        }

        using var target = new Image<TPixel>(image.Configuration, size.Width, size.Height, options.PadColor.ToPixel<TPixel>());
        var part = Rectangle.Intersect(place, target.Bounds);
        if (part.Width > 0 && part.Height > 0)
        {
            if (options.Sampler is NearestNeighborResampler)
            {
                TakeNearest(image, target, part);
            }
            else
            {
                Resample(image, target, part);
            }
        }

        image.TakeOver(target);
    }

    private void TakeNearest<TPixel>(Image<TPixel> image, Image<TPixel> target, Rectangle part)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        var (scaleX, scaleY) = (image.Width / (float)place.Width, image.Height / (float)place.Height);
        for (var y = part.Top; y < part.Bottom; y++)
        {
            var source = image.Row(Math.Min(image.Height - 1, (int)((y - place.Y) * scaleY)));
            var row = target.Row(y);
            for (var x = part.Left; x < part.Right; x++)
            {
                row[x] = source[Math.Min(image.Width - 1, (int)((x - place.X) * scaleX))];
            }
        }
    }

    private void Resample<TPixel>(Image<TPixel> image, Image<TPixel> target, Rectangle part)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        var horizontal = new ResizeKernels(options.Sampler, image.Width, place.Width);
        var vertical = new ResizeKernels(options.Sampler, image.Height, place.Height);
        var premultiply = options.PremultiplyAlpha && image.PixelType.AlphaRepresentation == PixelAlphaRepresentation.Unassociated;
        var narrow = new Vector4[image.Height][];
        var source = new Vector4[image.Width];
        var (first, last) = (vertical[part.Top - place.Y].Start, vertical[part.Bottom - 1 - place.Y]);
        for (var y = first; y < last.Start + last.Weights.Length; y++)
        {
            PixelRows.ToVectors<TPixel>(image.Row(y), source);
            Prepare(source, premultiply);
            narrow[y] = new Vector4[part.Width];
            for (var x = 0; x < part.Width; x++)
            {
                var (start, weights) = horizontal[part.Left + x - place.X];
                var sum = Vector4.Zero;
                for (var k = 0; k < weights.Length; k++)
                {
                    sum += source[start + k] * weights[k];
                }

                narrow[y][x] = sum;
            }
        }

        var result = new Vector4[part.Width];
        for (var y = part.Top; y < part.Bottom; y++)
        {
            var (start, weights) = vertical[y - place.Y];
            Array.Clear(result);
            for (var k = 0; k < weights.Length; k++)
            {
                var row = narrow[start + k];
                for (var x = 0; x < result.Length; x++)
                {
                    result[x] += row[x] * weights[k];
                }
            }

            Finish(result, premultiply);
            PixelRows.FromVectors<TPixel>(result, target.Row(y).Slice(part.Left, part.Width));
        }
    }

    private void Prepare(Span<Vector4> row, bool premultiply)
    {
        foreach (ref var color in row)
        {
            if (options.Compand)
            {
                color = new Vector4(ToLinear(color.X), ToLinear(color.Y), ToLinear(color.Z), color.W);
            }

            if (premultiply)
            {
                color = new Vector4(color.X * color.W, color.Y * color.W, color.Z * color.W, color.W);
            }
        }
    }

    private void Finish(Span<Vector4> row, bool premultiply)
    {
        foreach (ref var color in row)
        {
            if (premultiply && color.W > 0)
            {
                color = new Vector4(color.X / color.W, color.Y / color.W, color.Z / color.W, color.W);
            }

            if (options.Compand)
            {
                color = new Vector4(FromLinear(color.X), FromLinear(color.Y), FromLinear(color.Z), color.W);
            }
        }
    }

    private static float ToLinear(float value) => value <= .04045F ? value / 12.92F : MathF.Pow((value + .055F) / 1.055F, 2.4F);

    private static float FromLinear(float value) =>
        value <= .0031308F ? value * 12.92F : (1.055F * MathF.Pow(value, 1 / 2.4F)) - .055F;
}
