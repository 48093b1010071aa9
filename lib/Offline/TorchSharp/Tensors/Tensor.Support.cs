using System.Diagnostics.CodeAnalysis;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        private static string? Text(RoundingMode mode) => mode == RoundingMode.None ? null : mode.ToString();

        private static Tensor Required([NotNull] Tensor? tensor)
        {
            ArgumentNullException.ThrowIfNull(tensor);
            return tensor;
        }

        private static Tensor Typed(Tensor result, ScalarType? type) => type is { } wanted ? result.to(wanted, disposeAfter: true) : result;

        private static (Tensor, Tensor) Typed((Tensor First, Tensor Second) result, ScalarType? type) => (Typed(result.First, type), Typed(result.Second, type));

        /// <summary>The operators give empty tensors for what was not asked for: null says so better.</summary>
        private static (Tensor Output, Tensor? Inverse, Tensor? Counts) Unique((Tensor First, Tensor Second, Tensor Third) result, bool inverse, bool counts)
        {
            if (!inverse)
            {
                result.Second.Dispose();
            }

            if (!counts)
            {
                result.Third.Dispose();
            }

            return (result.First, inverse ? result.Second : null, counts ? result.Third : null);
        }
    }
}
