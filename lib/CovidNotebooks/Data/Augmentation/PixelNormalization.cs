using CovidNotebooks.Display;

namespace CovidNotebooks.Data.Augmentation;

/// <summary>
/// What pretrained networks expect of their input: (level × Scale − Mean) / Deviation for each channel, in single precision.
/// </summary>
/// <param name="Bgr">True when the channels are wanted in the order blue, green, red.</param>
/// <param name="Scale">What grey levels 0 to 255 are multiplied by first.</param>
/// <param name="Mean">One number a channel, in the order of the result.</param>
/// <param name="Deviation">One number a channel, in the order of the result.</param>
public sealed record PixelNormalization(bool Bgr, double Scale, IReadOnlyList<double> Mean, IReadOnlyList<double> Deviation)
{
    /// <summary>
    /// Keras' <c>preprocess_input</c> in mode caffe, for VGG and ResNet50: blue, green, red, minus the mean of ImageNet, on the scale 0 to
    /// 255.
    /// </summary>
    public static PixelNormalization KerasCaffe { get; } = new(Bgr: true, 1, [103.939, 116.779, 123.68], [1, 1, 1]);

    /// <summary>
    /// torchvision's <c>ToTensor</c>: division by 255. <c>Normalize</c> with mean 0 and deviation 1, as in document 3, adds nothing to it.
    /// </summary>
    public static PixelNormalization ToTensor { get; } = new(Bgr: false, 1 / 255.0, [0, 0, 0], [1, 1, 1]);

    /// <summary>torchvision's ImageNet normalisation, on the scale 0 to 1.</summary>
    public static PixelNormalization ImageNet { get; } = new(Bgr: false, 1 / 255.0, [0.485, 0.456, 0.406], [0.229, 0.224, 0.225]);

    /// <summary>Changes the numbers of an image in place.</summary>
    /// <param name="pixels">Grey levels 0 to 255, red, green and blue together.</param>
    /// <exception cref="ArgumentException">There are not three channels.</exception>
    public void Apply(Span<float> pixels)
    {
        Validate();
        if (pixels.Length % 3 != 0)
        {
            throw new ArgumentException(
                $"A normalisation by channel needs three channels; {pixels.Length} values are not a multiple of 3.", nameof(pixels));
        }

        var (mean0, mean1, mean2) = ((float)Mean[0], (float)Mean[1], (float)Mean[2]);
        var (deviation0, deviation1, deviation2) = ((float)Deviation[0], (float)Deviation[1], (float)Deviation[2]);
        var (from0, from2) = Bgr ? (2, 0) : (0, 2);

        // Dividing by 255 and multiplying by 1/255 differ in the last bit; torchvision divides.
        var divisor = (float)(1 / Scale);
        for (var i = 0; i < pixels.Length; i += 3)
        {
            var (first, second, third) = (pixels[i + from0], pixels[i + 1], pixels[i + from2]);
            pixels[i] = ((first / divisor) - mean0) / deviation0;
            pixels[i + 1] = ((second / divisor) - mean1) / deviation1;
            pixels[i + 2] = ((third / divisor) - mean2) / deviation2;
        }
    }

    /// <summary>The rule as a formula, for run records: for example <c>(BGR - [103.939, 116.779, 123.68]) / [1, 1, 1]</c>.</summary>
    public override string ToString()
    {
        var scaled = (Bgr ? "BGR" : "RGB") + (Scale == 1 ? string.Empty : $" / {DisplayedNumber.ValueText(1 / Scale)}");
        return $"({scaled} - {DisplayedNumber.ValueText(Mean)}) / {DisplayedNumber.ValueText(Deviation)}";
    }

    internal void Validate()
    {
        if (Mean.Count != 3 || Deviation.Count != 3 || Deviation.Any(deviation => !(deviation > 0)) || !(Scale > 0))
        {
            throw new ArgumentException("A normalisation has three means, three deviations above 0 and a scale above 0.");
        }
    }
}
