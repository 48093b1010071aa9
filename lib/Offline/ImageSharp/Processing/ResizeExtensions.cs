using SixLabors.ImageSharp.Processing.Processors.Transforms;

namespace SixLabors.ImageSharp.Processing;

/// <summary>Resizing a picture; a width or height of zero keeps its shape.</summary>
public static class ResizeExtensions
{
    public static IImageProcessingContext Resize(this IImageProcessingContext source, Size size) =>
        source.Resize(size.Width, size.Height, KnownResamplers.Bicubic, compand: false);

    public static IImageProcessingContext Resize(this IImageProcessingContext source, Size size, bool compand) =>
        source.Resize(size.Width, size.Height, KnownResamplers.Bicubic, compand);

    public static IImageProcessingContext Resize(this IImageProcessingContext source, Size size, IResampler sampler, bool compand) =>
        source.Resize(size.Width, size.Height, sampler, compand);

    public static IImageProcessingContext Resize(this IImageProcessingContext source, int width, int height) =>
        source.Resize(width, height, KnownResamplers.Bicubic, compand: false);

    public static IImageProcessingContext Resize(this IImageProcessingContext source, int width, int height, bool compand) =>
        source.Resize(width, height, KnownResamplers.Bicubic, compand);

    public static IImageProcessingContext Resize(this IImageProcessingContext source, int width, int height, IResampler sampler) =>
        source.Resize(width, height, sampler, compand: false);

    public static IImageProcessingContext Resize(this IImageProcessingContext source, int width, int height, IResampler sampler, bool compand) =>
        source.Resize(new ResizeOptions { Size = new Size(width, height), Mode = ResizeMode.Stretch, Sampler = sampler, Compand = compand });

    public static IImageProcessingContext Resize(this IImageProcessingContext source, ResizeOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(options.Sampler);
        var (size, place) = ResizePlan.Of(source.GetCurrentSize(), options);
        return source.Run(new ResizeOperation(size, place, options));
    }
}
