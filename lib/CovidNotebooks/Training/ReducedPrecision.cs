using static TorchSharp.torch;

namespace CovidNotebooks.Training;

/// <summary>A type with fewer digits than float32, which some processors multiply faster.</summary>
public enum ReducedPrecision
{
    /// <summary>
    /// Float32's range with 8 bits of its 24: two to three decimal digits. A processor with AVX512-BF16 or AMX multiplies them about twice
    /// as fast; on others it is slower than float32.
    /// </summary>
    Bfloat16,
}

/// <summary>Images in the type that a network is to compute in.</summary>
internal static class ImagePrecision
{
    /// <summary>The images; rounded where a precision is given.</summary>
    public static Tensor Of(Tensor images, ReducedPrecision? precision) => precision switch
    {
        null => images,
        ReducedPrecision.Bfloat16 => images.to(bfloat16),
        _ => throw new ArgumentOutOfRangeException(nameof(precision), precision, "There is no such precision."),
    };
}
