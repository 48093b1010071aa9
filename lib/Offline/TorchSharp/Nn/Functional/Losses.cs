using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            private static readonly Operator CrossEntropy = new("cross_entropy_loss");
            private static readonly Operator BinaryCrossEntropy = new("binary_cross_entropy");
            private static readonly Operator BinaryCrossEntropyWithLogits = new("binary_cross_entropy_with_logits");
            private static readonly Operator MeanSquaredError = new("mse_loss");
            private static readonly Operator AbsoluteError = new("l1_loss");
            private static readonly Operator SmoothAbsoluteError = new("smooth_l1_loss");
            private static readonly Operator Huber = new("huber_loss");
            private static readonly Operator NegativeLogLikelihood = new("nll_loss_nd");

            public static Tensor cross_entropy(Tensor input, Tensor target, Tensor? weight = null, long ignore_index = -100, Reduction reduction = Reduction.Mean, double label_smoothing = 0.0)
                => CrossEntropy.Call(input, target, weight, (long)reduction, ignore_index, label_smoothing);

            public static Tensor binary_cross_entropy(Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean)
                => BinaryCrossEntropy.Call(input, target, weight, (long)reduction);

            public static Tensor binary_cross_entropy_with_logits(Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean, Tensor? pos_weights = null)
                => BinaryCrossEntropyWithLogits.Call(input, target, weight, pos_weights, (long)reduction);

            public static Tensor mse_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean) => MeanSquaredError.Call(input, target, (long)reduction);

            public static Tensor l1_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean) => AbsoluteError.Call(input, target, (long)reduction);

            public static Tensor smooth_l1_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean, double beta = 1) => SmoothAbsoluteError.Call(input, target, (long)reduction, beta);

            public static Tensor huber_loss(Tensor input, Tensor target, double delta = 1, Reduction reduction = Reduction.Mean) => Huber.Call(input, target, (long)reduction, delta);

            public static Tensor nll_loss(Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean)
                => NegativeLogLikelihood.Call(input, target, weight, (long)reduction, -100L);
        }
    }
}
