using CovidNotebooks.Data.Augmentation;
using CovidNotebooks.Data.Imaging;

namespace CovidNotebooks.Data;

/// <summary>Turns an image's pixels into the numbers that the model sees: augmentation, then rescaling or normalisation.</summary>
internal static class SampleWriter
{
    private const long Purpose = 0x41554721; // "AUG!": keeps these draws apart from the order of the images.

    /// <summary>Writes one sample of height × width × channels values.</summary>
    /// <param name="image">Pixels in the loader's size; one channel is repeated for <see cref="ColorMode.Rgb"/>.</param>
    /// <param name="index">The image's index in the dataset: with seed and epoch it decides the draws.</param>
    /// <param name="epoch">The epoch.</param>
    /// <param name="repetition">How often the image has come before in the epoch; 0 unless images are drawn several times.</param>
    /// <param name="options">The loader's options.</param>
    /// <param name="target">Where to write.</param>
    public static void Write(PixelImage image, int index, int epoch, int repetition, LoaderOptions options, Span<float> target)
    {
        var channels = options.ColorMode == ColorMode.Rgb ? 3 : 1;
        var rescale = options.Normalization is null ? (float)options.Rescale : 1f;
        var parameters = new AffineParameters();
        if (options.RandomCrop is { } randomCrop)
        {
            var random = Draws(options.Seed, epoch, index, repetition);
            var box = randomCrop.Draw(ref random, image.Width, image.Height);
            image = ImageResizer.Resize(
                image.Crop(box.Top, box.Left, box.Height, box.Width), options.Width, options.Height, options.Interpolation);
            image = random.NextDouble() < randomCrop.HorizontalFlipProbability ? image.FlipHorizontally() : image;
        }
        else if (options.Augmentation is { } augmentation)
        {
            var random = Draws(options.Seed, epoch, index, repetition);
            parameters = augmentation.Draw(ref random, image.Height, image.Width);
        }

        if (parameters.IsNeutral && !parameters.FlipHorizontal && !parameters.FlipVertical)
        {
            Copy(image.Pixels, image.Channels, channels, rescale, target);
        }
        else if (options.Augmentation!.FillMode == FillMode.Nearest)
        {
            NearestAffine.Apply(image.Pixels, image.Height, image.Width, image.Channels, parameters, rescale, target, channels);
        }
        else
        {
            var source = image.Channels == channels ? image : image.ToRgb();
            KerasAffine.Apply<byte>(
                source.Pixels,
                image.Height,
                image.Width,
                channels,
                parameters,
                options.Augmentation.FillMode,
                options.Augmentation.ConstantValue,
                target);
            for (var i = 0; i < target.Length; i++)
            {
                target[i] *= rescale;
            }
        }

        options.Normalization?.Apply(target);
    }

    private static RandomStream Draws(long seed, int epoch, int index, int repetition) =>
        repetition == 0 ? new RandomStream(seed, Purpose, epoch, index) : new RandomStream(seed, Purpose, epoch, index, repetition);

    private static void Copy(byte[] source, int sourceChannels, int channels, float rescale, Span<float> target)
    {
        if (sourceChannels == channels)
        {
            for (var i = 0; i < source.Length; i++)
            {
                target[i] = source[i] * rescale;
            }
        }
        else
        {
            for (int i = 0, j = 0; i < source.Length; i++, j += 3)
            {
                target[j] = target[j + 1] = target[j + 2] = source[i] * rescale;
            }
        }
    }
}
