using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SixLabors.ImageSharp.Memory;

/// <summary>The pixels of one picture, row after row without gaps, in a rented array.</summary>
internal sealed class PixelBuffer<TPixel> : MemoryManager<TPixel>
    where TPixel : unmanaged
{
    private readonly int length;
    private readonly Memory<TPixel> shared;
    private byte[]? bytes;

    public PixelBuffer(MemoryAllocator allocator, int width, int height, bool clear)
    {
        var size = allocator.BytesFor(width, height, Unsafe.SizeOf<TPixel>());
        length = width * height;
        bytes = ArrayPool<byte>.Shared.Rent(size);
        if (clear)
        {
            bytes.AsSpan(0, size).Clear();
        }
    }

    public PixelBuffer(Memory<TPixel> shared, int length) => (this.shared, this.length) = (shared[..length], length);

    public override Span<TPixel> GetSpan() =>
        bytes is null ? shared.Span : MemoryMarshal.Cast<byte, TPixel>(bytes.AsSpan())[..length];

    public override unsafe MemoryHandle Pin(int elementIndex = 0)
    {
        if (bytes is null)
        {
            return shared[elementIndex..].Pin();
        }

        var handle = GCHandle.Alloc(bytes, GCHandleType.Pinned);
        return new MemoryHandle((byte*)handle.AddrOfPinnedObject() + (elementIndex * Unsafe.SizeOf<TPixel>()), handle);
    }

    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && Interlocked.Exchange(ref bytes, null) is { } rented)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }
}
