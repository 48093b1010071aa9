using System.Globalization;
using CovidNotebooks.Data.Augmentation;
using CovidNotebooks.Data.Imaging;
using CovidNotebooks.Recording;

namespace CovidNotebooks.Data;

/// <summary>How images become batches.</summary>
/// <remarks>
/// The order of operations is that of the framework whose options are used. Keras: decode, colour mode, resize, <see cref="Augmentation"/>,
/// then <see cref="Normalization"/> (its <c>preprocessing_function</c>) or <see cref="Rescale"/>. torchvision: decode, RGB,
/// <see cref="ShorterSide"/>, <see cref="RandomCrop"/> with its resize and flip, then <see cref="Normalization"/> (<c>ToTensor</c> and
/// <c>Normalize</c>).
/// </remarks>
public sealed record LoaderOptions
{
    /// <summary>The largest side that images are resized to, in pixels: 4,096. Networks of this kit take 32 to some hundreds.</summary>
    public const int LargestSide = 4096;

    /// <summary>Columns that every image is resized to; at most <see cref="LargestSide"/>.</summary>
    [Unit("pixels")]
    public required int Width { get; init; }

    /// <summary>
    /// Rows that every image is resized to; at most <see cref="LargestSide"/>. The aspect ratio is not kept. A batch takes at most 2 GB.
    /// </summary>
    [Unit("pixels")]
    public required int Height { get; init; }

    /// <summary>Images a batch; the last batch of an epoch may hold fewer. Default 32, as in Keras.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>Three channels or one. Default RGB.</summary>
    public ColorMode ColorMode { get; init; } = ColorMode.Rgb;

    /// <summary>How images are resized. Default nearest as Pillow, the default of Keras' <c>flow_from_directory</c>.</summary>
    public Interpolation Interpolation { get; init; } = Interpolation.PilNearest;

    /// <summary>Grey levels 0 to 255 are multiplied by this, as the last step. Default 1/255.</summary>
    public double Rescale { get; init; } = 1 / 255.0;

    /// <summary>
    /// What a pretrained network expects of its input; null, the default, for none. It takes the place of <see cref="Rescale"/>, comes
    /// after the augmentation, and needs RGB.
    /// </summary>
    public PixelNormalization? Normalization { get; init; }

    /// <summary>
    /// Resize so that the shorter side has this length, keeping the aspect ratio (torchvision's <c>Resize(side)</c>), before
    /// <see cref="RandomCrop"/> cuts a part out. Default null: images are resized to <see cref="Width"/> × <see cref="Height"/> at once.
    /// </summary>
    [Unit("pixels")]
    public int? ShorterSide { get; init; }

    /// <summary>
    /// torchvision's random part of each image in each epoch, resized to <see cref="Width"/> × <see cref="Height"/>; null, the default, for
    /// none.
    /// </summary>
    public RandomResizedCrop? RandomCrop { get; init; }

    /// <summary>Random changes of each image in each epoch; null for none, which is the default.</summary>
    public KerasAugmentation? Augmentation { get; init; }

    /// <summary>A new order in every epoch. Default false. (Keras' own default is true, for validation and test images too.)</summary>
    public bool Shuffle { get; init; }

    /// <summary>
    /// Which images an epoch holds. Default: every image once. <see cref="Sampling.Balanced"/> is for training images only, so it needs
    /// <see cref="Shuffle"/>.
    /// </summary>
    public Sampling Sampling { get; init; } = Sampling.EachOnce;

    /// <summary>The one seed of order and augmentation. Every draw comes from (seed, epoch, index of the image). Default 0.</summary>
    public long Seed { get; init; }

    /// <summary>
    /// Batches an epoch, Keras' <c>steps_per_epoch</c>; null, the default, for as many as the images fill. A larger number than that is cut
    /// to it.
    /// </summary>
    public int? StepsPerEpoch { get; init; }

    /// <summary>Leave out a last batch that is not full. Default false, as in Keras.</summary>
    public bool DropLast { get; init; }

    /// <summary>
    /// Threads that decode and augment ahead of the model; 0 does it on the caller's thread. Default 2. The batches are the same for any
    /// number.
    /// </summary>
    [NotRecorded]
    public int Workers { get; init; } = 2;

    /// <summary>
    /// Batches that may wait, finished, for the model; as many as there are <see cref="Workers"/> always may. Default 2.
    /// </summary>
    [NotRecorded]
    public int PrefetchBatches { get; init; } = 2;

    /// <summary>
    /// Megabytes (2^20 bytes) of decoded and resized pixels kept in memory; what does not fit is decoded again in every epoch. Default
    /// 2048.
    /// </summary>
    [NotRecorded]
    public long CacheMegabytes { get; init; } = 2048;

    /// <summary>What to do with files that are no images. Default: fail and name the file.</summary>
    public BadImagePolicy BadImages { get; init; } = BadImagePolicy.Fail;

    /// <summary>Turn images as their EXIF orientation says. Default false: neither Keras nor torchvision does.</summary>
    public bool ApplyExifOrientation { get; init; }

    /// <summary>
    /// How pictures of more than 8 bits become grey levels. Default: by the bits that a file's values use, which <see cref="LoadReport"/>
    /// tells once for each scale.
    /// </summary>
    public Depth Depth { get; init; } = Depth.BitsUsed;

    /// <summary>What an image file may cost at most.</summary>
    public ImageLimits Limits { get; init; } = ImageLimits.Default;

    /// <summary>Throws when an option is outside its range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range; the message names it.</exception>
    public void Validate()
    {
        RequireAtLeast(Width, 1, nameof(Width));
        RequireAtLeast(Height, 1, nameof(Height));
        RequireAtLeast(BatchSize, 1, nameof(BatchSize));
        RequireAtLeast(StepsPerEpoch ?? 1, 1, nameof(StepsPerEpoch));
        RequireAtLeast(Workers, 0, nameof(Workers));
        RequireAtLeast(PrefetchBatches, 1, nameof(PrefetchBatches));
        RequireAtLeast(CacheMegabytes, 0, nameof(CacheMegabytes));
        if (!double.IsFinite(Rescale))
        {
            throw new ArgumentOutOfRangeException(
                nameof(Rescale), Rescale, "The factor that grey levels are multiplied by is a finite number, for example 1/255.");
        }

        RequireAtLeast(ShorterSide ?? 1, 1, nameof(ShorterSide));
        RequireSize(Width, nameof(Width));
        RequireSize(Height, nameof(Height));
        RequireSize(ShorterSide ?? 1, nameof(ShorterSide));
        var bytes = (long)BatchSize * Width * Height * (ColorMode == ColorMode.Rgb ? 3 : 1) * sizeof(float);
        if (bytes > int.MaxValue)
        {
            throw new ArgumentOutOfRangeException(
                nameof(BatchSize),
                BatchSize,
                string.Create(CultureInfo.InvariantCulture,
                    $"A batch of {BatchSize:N0} pictures of {Width:N0} x {Height:N0} pixels takes {bytes / 1e9:N1} GB, and 2.1 GB are "
                        + $"the most. Make the pictures smaller (224 x 224 is usual) or the batch."));
        }

        Augmentation?.Validate();
        RandomCrop?.Validate();
        Normalization?.Validate();
        if (RandomCrop is not null && Augmentation is not null)
        {
            throw new ArgumentException("RandomCrop is torchvision's augmentation, Augmentation is that of Keras: use one of them.");
        }

        if (ShorterSide is not null && RandomCrop is null)
        {
            throw new ArgumentException("ShorterSide gives images of different sizes, which cannot be one batch: use it with RandomCrop.");
        }

        if (Normalization is not null && ColorMode != ColorMode.Rgb)
        {
            throw new ArgumentException("A normalisation by channel needs ColorMode.Rgb.");
        }

        if (Sampling == Sampling.Balanced && !Shuffle)
        {
            throw new ArgumentException(
                "Sampling.Balanced repeats images and leaves others out, in random order: it is for training. Set Shuffle = true, or "
                    + "load every image once (Sampling.EachOnce) to evaluate.");
        }

        Limits.Validate();
    }

    private static void RequireSize(int value, string name)
    {
        if (value > LargestSide)
        {
            throw new ArgumentOutOfRangeException(
                name,
                value,
                string.Create(CultureInfo.InvariantCulture,
                    $"{name} of a loader is at most {LargestSide:N0} pixels; {value:N0} was asked for. Networks take 32 to some "
                        + $"hundreds, 224 is usual; cut larger pictures into tiles."));
        }
    }

    private static void RequireAtLeast(long value, long least, string name)
    {
        if (value < least)
        {
            throw new ArgumentOutOfRangeException(name, value, $"{name} of a loader is at least {least}.");
        }
    }
}
