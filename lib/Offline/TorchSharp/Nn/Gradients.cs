using TorchSharp.Modules;
using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Helpers for parameters and their gradients.</summary>
        public static partial class utils
        {
            private static readonly Operator VectorNorm = new("linalg_vector_norm");
            private static readonly Operator Concatenate = new("cat");
            private static readonly Operator Stack = new("stack");

            /// <summary>Scales all gradients together so that their common norm is at most <paramref name="max_norm"/>; returns the norm before.</summary>
            public static double clip_grad_norm_(IEnumerable<Parameter> tensors, double max_norm, double norm_type = 2.0)
            {
                using var scope = NewDisposeScope();
                using var _ = no_grad();
                var gradients = tensors.Select(GradientOf.Read).Where(gradient => gradient is not null).ToArray();
                if (gradients.Length == 0)
                {
                    return 0;
                }

                var norms = Stack.Call(gradients.Select(gradient => VectorNorm.Call(gradient, norm_type).to(gradients[0]!.device)).ToArray());
                var total = VectorNorm.Call(norms, norm_type).ToDouble();
                var factor = Math.Min(1, max_norm / (total + 1e-6));
                foreach (var gradient in gradients)
                {
                    gradient!.mul_(factor);
                }

                return total;
            }

            public static void clip_grad_value_(IEnumerable<Parameter> tensors, double clip_value)
            {
                using var scope = NewDisposeScope();
                using var _ = no_grad();
                foreach (var tensor in tensors)
                {
                    GradientOf.Read(tensor)?.clamp_(-clip_value, clip_value);
                }
            }

            public static Tensor parameters_to_vector(IEnumerable<Parameter> tensors)
            {
                var views = tensors.Select(tensor => tensor.reshape(-1)).ToArray();
                var vector = Concatenate.Call(views);
                foreach (var view in views)
                {
                    view.Dispose();
                }

                return vector;
            }

            public static void vector_to_parameters(Tensor vec, IEnumerable<Parameter> tensors)
            {
                using var scope = NewDisposeScope();
                using var _ = no_grad();
                long start = 0;
                foreach (var tensor in tensors)
                {
                    var count = tensor.numel();
                    tensor.copy_(vec.narrow(0, start, count).reshape(tensor.shape));
                    start += count;
                }
            }
        }
    }
}
