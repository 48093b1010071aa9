namespace SixLabors.ImageSharp.Processing;

/// <summary>The size of the resized picture, and where the whole of the old one lies in it (which may be partly outside).</summary>
internal static class ResizePlan
{
    public static (Size Size, Rectangle Place) Of(Size source, ResizeOptions options)
    {
        var (width, height) = (options.Size.Width, options.Size.Height);
        if (width < 0 || height < 0 || (width == 0 && height == 0))
        {
            throw new ArgumentOutOfRangeException(nameof(options), options.Size, "A picture is resized to a positive width and height; one of them may be zero to keep the shape.");
        }

        if (width == 0 || height == 0)
        {
            (width, height) = width == 0
                ? (Math.Max(1, (int)Math.Round((double)source.Width * height / source.Height, MidpointRounding.AwayFromZero)), height)
                : (width, Math.Max(1, (int)Math.Round((double)source.Height * width / source.Width, MidpointRounding.AwayFromZero)));
            return Whole(width, height);
        }

        return options.Mode switch
        {
            ResizeMode.Stretch => Whole(width, height),
            ResizeMode.Max => Scaled(source, Math.Min((double)width / source.Width, (double)height / source.Height)),
            ResizeMode.Min => Scaled(source, Math.Max((double)width / source.Width, (double)height / source.Height)),
            ResizeMode.Crop => Placed(source, width, height, Math.Max((double)width / source.Width, (double)height / source.Height), options.Position),
            ResizeMode.Pad => Placed(source, width, height, Math.Min((double)width / source.Width, (double)height / source.Height), options.Position),
            ResizeMode.BoxPad => source.Width <= width && source.Height <= height
                ? Placed(source, width, height, 1, options.Position)
                : Placed(source, width, height, Math.Min((double)width / source.Width, (double)height / source.Height), options.Position),
            ResizeMode.Manual => (
                new Size(width, height),
                options.TargetRectangle ?? throw new InvalidOperationException($"{nameof(ResizeMode.Manual)} needs a {nameof(ResizeOptions.TargetRectangle)}.")),
            var mode => throw new ArgumentOutOfRangeException(nameof(options), mode, "This is no way to resize."),
        };
    }

    private static (Size Size, Rectangle Place) Whole(int width, int height) => (new Size(width, height), new Rectangle(0, 0, width, height));

    private static (Size Size, Rectangle Place) Scaled(Size source, double scale) => Whole(Side(source.Width, scale), Side(source.Height, scale));

    private static (Size Size, Rectangle Place) Placed(Size source, int width, int height, double scale, AnchorPositionMode position)
    {
        var (placedWidth, placedHeight) = (Side(source.Width, scale), Side(source.Height, scale));
        var x = position switch
        {
            AnchorPositionMode.Left or AnchorPositionMode.TopLeft or AnchorPositionMode.BottomLeft => 0,
            AnchorPositionMode.Right or AnchorPositionMode.TopRight or AnchorPositionMode.BottomRight => width - placedWidth,
            _ => (width - placedWidth) / 2,
        };
        var y = position switch
        {
            AnchorPositionMode.Top or AnchorPositionMode.TopLeft or AnchorPositionMode.TopRight => 0,
            AnchorPositionMode.Bottom or AnchorPositionMode.BottomLeft or AnchorPositionMode.BottomRight => height - placedHeight,
            _ => (height - placedHeight) / 2,
        };
        return (new Size(width, height), new Rectangle(x, y, placedWidth, placedHeight));
    }

    private static int Side(int source, double scale) => Math.Max(1, (int)Math.Round(source * scale, MidpointRounding.AwayFromZero));
}
