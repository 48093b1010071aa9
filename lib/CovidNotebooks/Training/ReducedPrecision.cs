using CovidNotebooks.Data;
using CovidNotebooks.Models;
using static TorchSharp.torch;

namespace CovidNotebooks.Training;

/// <summary>A data type with fewer digits than float32, for training in mixed precision.</summary>
public enum ReducedPrecision
{
    /// <summary>
    /// bfloat16: float32's range with eight significant bits instead of 24, two to three decimal digits. It saves time where the processor
    /// multiplies it itself (AVX512-BF16, AMX); <c>kit bench --bfloat16</c> measures whether and how much.
    /// </summary>
    Bfloat16,
}

/// <summary>Images in the data type that a network is to compute in.</summary>
internal static class ImagePrecision
{
    /// <summary>The images; rounded where a precision is given.</summary>
    public static Tensor Of(Tensor images, ReducedPrecision? precision) => precision is null ? images : images.to(bfloat16);

    /// <summary>Checks before anything is computed that a network can do it.</summary>
    /// <exception cref="ArgumentException">The precision is none, or the network's layers do not follow their input.</exception>
    public static void Require(nn.Module model, IBatchSource source, ReducedPrecision? precision)
    {
        if (precision is null)
        {
            return;
        }

        const string Setting = nameof(TrainerOptions.Precision);
        if (!Enum.IsDefined(precision.Value))
        {
            throw new ArgumentException($"{Setting} is {precision}; expected {ReducedPrecision.Bfloat16}, or null for float32.");
        }

        if (source is FeatureSource)
        {
            throw new ArgumentException(
                $"{Setting} is {precision}, and '{source.Dataset.Name}' comes from a feature bank, whose maps are float32. Leave it "
                    + "null, or train the whole network on images.");
        }

        if (model is not IFollowsImageType { Follows: true })
        {
            throw new ArgumentException(
                $"'{model.GetName()}' computes in float32 only, and {Setting} is {precision}. Leave it null, or let the network's layers "
                    + $"follow the data type of their input and its class be an {nameof(IFollowsImageType)}.");
        }
    }

    /// <summary>Checks what a network gave where a precision is set.</summary>
    /// <exception cref="ArgumentException">The logits are not float32.</exception>
    public static void RequireFullLogits(nn.Module model, Tensor logits, ReducedPrecision? precision)
    {
        if (precision is not null && logits.dtype != ScalarType.Float32)
        {
            throw new ArgumentException(
                $"'{model.GetName()}' gives {logits.dtype} logits, on which a loss loses its digits; expected Float32. Let its forward "
                    + "turn the maps to float32 before the dense layers: maps.to(float32).");
        }
    }
}
