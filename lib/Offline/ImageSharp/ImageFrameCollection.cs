using System.Collections;

namespace SixLabors.ImageSharp;

/// <summary>The pictures of a file: one.</summary>
public abstract class ImageFrameCollection : IEnumerable<ImageFrame>
{
    private protected ImageFrameCollection()
    {
    }

    public int Count => 1;

    public ImageFrame RootFrame => NonGenericRootFrame;

    protected abstract ImageFrame NonGenericRootFrame { get; }

    public ImageFrame this[int index] => index == 0
        ? NonGenericRootFrame
        : throw new ArgumentOutOfRangeException(nameof(index), index, "The picture has one frame.");

    IEnumerator<ImageFrame> IEnumerable<ImageFrame>.GetEnumerator() => Enumerable.Repeat(NonGenericRootFrame, 1).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => ((IEnumerable<ImageFrame>)this).GetEnumerator();
}
