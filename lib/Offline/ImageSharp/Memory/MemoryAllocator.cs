using System.Globalization;

namespace SixLabors.ImageSharp.Memory;

/// <summary>Says how much memory one picture may take; the buffers themselves come from the shared array pool.</summary>
public abstract class MemoryAllocator
{
    private protected MemoryAllocator()
    {
    }

    public static MemoryAllocator Default { get; } = Create();

    /// <summary>The most bytes that one picture's pixels may take.</summary>
    internal abstract long Limit { get; }

    public static MemoryAllocator Create() => Create(default);

    public static MemoryAllocator Create(MemoryAllocatorOptions options) =>
        new PooledAllocator(Math.Min(options.AllocationLimitMegabytes is { } megabytes ? megabytes * 1024L * 1024L : long.MaxValue, Array.MaxLength));

    public virtual void ReleaseRetainedResources()
    {
    }

    /// <summary>The number of bytes of a picture, when the limit allows it.</summary>
    internal int BytesFor(int width, int height, int bytesPerPixel)
    {
        var bytes = (long)width * height * bytesPerPixel;
        return bytes <= Limit && (bytes / bytesPerPixel / width) == height
            ? (int)bytes
            : throw new InvalidMemoryOperationException(string.Create(
                CultureInfo.InvariantCulture,
                $"A picture of {width} x {height} pixels takes {bytes} bytes, and the allocator's limit is {Limit}."));
    }

    private sealed class PooledAllocator(long limit) : MemoryAllocator
    {
        internal override long Limit => limit;
    }
}
