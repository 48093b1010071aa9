using System.Collections;
using SixLabors.ImageSharp.PixelFormats;

namespace SixLabors.ImageSharp;

/// <summary>The pictures of a file: one, with its pixels.</summary>
public sealed class ImageFrameCollection<TPixel> : ImageFrameCollection, IEnumerable<ImageFrame<TPixel>>
    where TPixel : unmanaged, IPixel<TPixel>
{
    internal ImageFrameCollection(Image<TPixel> image) => RootFrame = new ImageFrame<TPixel>(image);

    public new ImageFrame<TPixel> RootFrame { get; }

    protected override ImageFrame NonGenericRootFrame => RootFrame;

    public new ImageFrame<TPixel> this[int index] => (ImageFrame<TPixel>)base[index];

    public IEnumerator<ImageFrame<TPixel>> GetEnumerator() => Enumerable.Repeat(RootFrame, 1).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
