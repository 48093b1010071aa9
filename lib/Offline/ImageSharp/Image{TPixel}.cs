using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.Memory;
using SixLabors.ImageSharp.Metadata;
using SixLabors.ImageSharp.PixelFormats;

namespace SixLabors.ImageSharp;

/// <summary>A picture in memory: rows of pixels of one type, from the top, without gaps.</summary>
public sealed class Image<TPixel> : Image
    where TPixel : unmanaged, IPixel<TPixel>
{
    private static readonly PixelTypeInfo TypeInfo = new(
        Unsafe.SizeOf<TPixel>() * 8,
        typeof(TPixel) == typeof(Rgba32) || typeof(TPixel) == typeof(Rgba64) || typeof(TPixel) == typeof(La16) || typeof(TPixel) == typeof(La32)
            ? PixelAlphaRepresentation.Unassociated
            : PixelAlphaRepresentation.None);

    private PixelBuffer<TPixel>? buffer;

    public Image(Configuration configuration, int width, int height)
        : this(configuration, width, height, new ImageMetadata(), clear: true)
    {
    }

    public Image(Configuration configuration, int width, int height, TPixel backgroundColor)
        : this(configuration, width, height, new ImageMetadata(), clear: false) => Pixels.Fill(backgroundColor);

    public Image(int width, int height, TPixel backgroundColor)
        : this(Configuration.Default, width, height, backgroundColor)
    {
    }

    public Image(int width, int height)
        : this(Configuration.Default, width, height)
    {
    }

    internal Image(Configuration configuration, int width, int height, ImageMetadata metadata, bool clear)
        : base(configuration ?? throw new ArgumentNullException(nameof(configuration)), TypeInfo, metadata, Positive(width, height)) =>
        buffer = new PixelBuffer<TPixel>(configuration.MemoryAllocator, width, height, clear);

    internal Image(Configuration configuration, int width, int height, Memory<TPixel> shared)
        : base(configuration, TypeInfo, new ImageMetadata(), Positive(width, height)) => buffer = new PixelBuffer<TPixel>(shared, width * height);

    /// <summary>All pixels, row after row.</summary>
    internal Span<TPixel> Pixels => Buffer.GetSpan();

    public new ImageFrameCollection<TPixel> Frames => new(this);

    protected override ImageFrameCollection NonGenericFrameCollection => Frames;

    private PixelBuffer<TPixel> Buffer => buffer ?? throw new ObjectDisposedException(nameof(Image), "The picture has been disposed.");

    public TPixel this[int x, int y]
    {
        get => Pixels[Index(x, y)];
        set => Pixels[Index(x, y)] = value;
    }

    public void ProcessPixelRows(PixelAccessorAction<TPixel> processPixels)
    {
        ArgumentNullException.ThrowIfNull(processPixels);
        processPixels(new PixelAccessor<TPixel>(Pixels, Width, Height));
    }

    public void ProcessPixelRows<TPixel2>(Image<TPixel2> image2, PixelAccessorAction<TPixel, TPixel2> processPixels)
        where TPixel2 : unmanaged, IPixel<TPixel2>
    {
        ArgumentNullException.ThrowIfNull(image2);
        ArgumentNullException.ThrowIfNull(processPixels);
        processPixels(new PixelAccessor<TPixel>(Pixels, Width, Height), new PixelAccessor<TPixel2>(image2.Pixels, image2.Width, image2.Height));
    }

    public void ProcessPixelRows<TPixel2, TPixel3>(Image<TPixel2> image2, Image<TPixel3> image3, PixelAccessorAction<TPixel, TPixel2, TPixel3> processPixels)
        where TPixel2 : unmanaged, IPixel<TPixel2>
        where TPixel3 : unmanaged, IPixel<TPixel3>
    {
        ArgumentNullException.ThrowIfNull(image2);
        ArgumentNullException.ThrowIfNull(image3);
        ArgumentNullException.ThrowIfNull(processPixels);
        processPixels(
            new PixelAccessor<TPixel>(Pixels, Width, Height),
            new PixelAccessor<TPixel2>(image2.Pixels, image2.Width, image2.Height),
            new PixelAccessor<TPixel3>(image3.Pixels, image3.Width, image3.Height));
    }

    public void CopyPixelDataTo(Span<TPixel> destination)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(destination.Length, Pixels.Length, nameof(destination));
        Pixels.CopyTo(destination);
    }

    public void CopyPixelDataTo(Span<byte> destination)
    {
        var bytes = MemoryMarshal.AsBytes(Pixels);
        ArgumentOutOfRangeException.ThrowIfLessThan(destination.Length, bytes.Length, nameof(destination));
        bytes.CopyTo(destination);
    }

    public bool DangerousTryGetSinglePixelMemory(out Memory<TPixel> memory)
    {
        memory = Buffer.Memory;
        return true;
    }

    public Image<TPixel> Clone() => Clone(Configuration);

    public Image<TPixel> Clone(Configuration configuration)
    {
        var pixels = Pixels;
        var clone = new Image<TPixel>(configuration, Width, Height, Metadata.DeepClone(), clear: false);
        pixels.CopyTo(clone.Pixels);
        return clone;
    }

    public override Image<TPixel2> CloneAs<TPixel2>(Configuration configuration)
    {
        var pixels = Pixels;
        var clone = new Image<TPixel2>(configuration, Width, Height, Metadata.DeepClone(), clear: false);
        PixelRows.Convert<TPixel, TPixel2>(pixels, clone.Pixels);
        return clone;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"Image<{typeof(TPixel).Name}>: {Width}x{Height}");

    /// <summary>The pixels of a row.</summary>
    internal Span<TPixel> Row(int y) => Pixels.Slice(y * Width, Width);

    /// <summary>Takes the pixels of another picture, which is empty afterwards.</summary>
    internal void TakeOver(Image<TPixel> other)
    {
        ((IDisposable)Buffer).Dispose();
        buffer = other.Buffer;
        other.buffer = null;
        UpdateSize(other.Size);
    }

    internal override void ThrowIfDisposed() => _ = Buffer;

    internal override Image CloneUntyped(Configuration configuration) => Clone(configuration);

    internal override void Apply(IImageOperation operation) => operation.Run(this);

    private protected override void EncodeWith(IImageEncoder encoder, Stream stream) => encoder.Encode(this, stream);

    private protected override Task EncodeWithAsync(IImageEncoder encoder, Stream stream, CancellationToken cancellationToken) =>
        encoder.EncodeAsync(this, stream, cancellationToken);

    protected override void Dispose(bool disposing)
    {
        if (disposing && Interlocked.Exchange(ref buffer, null) is IDisposable held)
        {
            held.Dispose();
        }
    }

    private static Size Positive(int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        return new Size(width, height);
    }

    private int Index(int x, int y)
    {
        if ((uint)x >= (uint)Width)
        {
            throw new ArgumentOutOfRangeException(nameof(x), x, $"The picture is {Width} pixels wide.");
        }

        return (uint)y < (uint)Height ? (y * Width) + x : throw new ArgumentOutOfRangeException(nameof(y), y, $"The picture is {Height} pixels high.");
    }
}
