using System.Text.Json.Serialization;
using CovidNotebooks.Data;
using CovidNotebooks.Data.Augmentation;
using CovidNotebooks.Data.Imaging;

namespace CovidNotebooks.Runs;

/// <summary>The pictures that a model takes: what of <see cref="LoaderOptions"/> decides its numbers when nothing is trained.</summary>
public sealed record InputContract
{
    /// <summary>Columns.</summary>
    [JsonRequired]
    public int Width { get; init; }

    /// <summary>Rows.</summary>
    [JsonRequired]
    public int Height { get; init; }

    /// <summary>Three channels or one.</summary>
    public ColorMode ColorMode { get; init; }

    /// <summary>How pictures are resized.</summary>
    public Interpolation Interpolation { get; init; }

    /// <summary>Grey levels are multiplied by this where there is no <see cref="Normalization"/>.</summary>
    public double Rescale { get; init; } = 1 / 255.0;

    /// <summary>What the weights expect of the channels; null for <see cref="Rescale"/>.</summary>
    public PixelNormalization? Normalization { get; init; }

    /// <summary>Whether pictures are turned as their EXIF orientation says.</summary>
    public bool ApplyExifOrientation { get; init; }

    /// <summary>How more than 8 bits become grey levels.</summary>
    public DepthRule DepthRule { get; init; }

    /// <summary>The lower number of that rule.</summary>
    public double? DepthLow { get; init; }

    /// <summary>The upper number of that rule.</summary>
    public double? DepthHigh { get; init; }

    /// <summary>In words: <c>224 × 224, RGB, (RGB / 255 - …) / …</c>.</summary>
    [JsonIgnore]
    public string Words =>
        $"{Width} x {Height}, {(ColorMode == ColorMode.Rgb ? "three channels" : "grey")}, "
            + (Normalization?.ToString() ?? $"grey levels times {Display.DisplayedNumber.Short(Rescale)}")
            + $"; more than 8 bits by {Depth}";

    /// <summary>How more than 8 bits become grey levels.</summary>
    [JsonIgnore]
    internal Depth Depth => Data.Imaging.Depth.From(DepthRule, DepthLow, DepthHigh);

    /// <summary>What decides the numbers of a loader that changes nothing at random.</summary>
    /// <param name="loader">Its options.</param>
    public static InputContract Of(LoaderOptions loader) => new()
    {
        Width = loader.Width,
        Height = loader.Height,
        ColorMode = loader.ColorMode,
        Interpolation = loader.Interpolation,
        Rescale = loader.Rescale,
        Normalization = loader.Normalization,
        ApplyExifOrientation = loader.ApplyExifOrientation,
        DepthRule = loader.Depth.Rule,
        DepthLow = loader.Depth.Low,
        DepthHigh = loader.Depth.High,
    };

    /// <summary>A loader that reads pictures so; a file that is no picture is skipped and told.</summary>
    /// <param name="batchSize">Pictures at once.</param>
    /// <param name="workers">Threads that read.</param>
    public LoaderOptions ToLoader(int batchSize = 16, int workers = 2) => new()
    {
        Width = Width,
        Height = Height,
        BatchSize = batchSize,
        ColorMode = ColorMode,
        Interpolation = Interpolation,
        Rescale = Rescale,
        Normalization = Normalization,
        ApplyExifOrientation = ApplyExifOrientation,
        Depth = Depth,
        Workers = workers,
        BadImages = BadImagePolicy.Skip,
    };
}
