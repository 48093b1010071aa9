using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.Memory;

namespace SixLabors.ImageSharp;

/// <summary>Formats, memory limit and parallelism of the operations that are given it.</summary>
public sealed class Configuration
{
    private int maxDegreeOfParallelism = Environment.ProcessorCount;
    private MemoryAllocator memoryAllocator = MemoryAllocator.Default;

    public static Configuration Default { get; } = new();

    public int MaxDegreeOfParallelism
    {
        get => maxDegreeOfParallelism;
        set => maxDegreeOfParallelism = value is > 0 or -1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "The number of threads is positive, or -1 for no limit.");
    }

    public bool PreferContiguousImageBuffers { get; set; }

    public MemoryAllocator MemoryAllocator
    {
        get => memoryAllocator;
        set => memoryAllocator = value ?? throw new ArgumentNullException(nameof(value));
    }

    public IEnumerable<IImageFormat> ImageFormats => ImageFormatsManager.ImageFormats;

    public ImageFormatManager ImageFormatsManager { get; } = new();

    public Configuration Clone() => new()
    {
        maxDegreeOfParallelism = maxDegreeOfParallelism,
        PreferContiguousImageBuffers = PreferContiguousImageBuffers,
        memoryAllocator = memoryAllocator,
    };
}
