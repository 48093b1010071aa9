using SixLabors.ImageSharp.Processing;
using SixLabors.ImageSharp.Processing.Processors.Transforms;

namespace SixLabors.ImageSharp.Formats;

/// <summary>How pictures are read.</summary>
public sealed class DecoderOptions
{
    private readonly uint maxFrames = int.MaxValue;

    internal static DecoderOptions Default { get; } = new();

    public Configuration Configuration { get; init; } = Configuration.Default;

    public Size? TargetSize { get; init; }

    public IResampler Sampler { get; init; } = KnownResamplers.Box;

    public bool SkipMetadata { get; init; }

    public uint MaxFrames
    {
        get => maxFrames;
        init => maxFrames = Math.Clamp(value, 1, int.MaxValue);
    }
}
