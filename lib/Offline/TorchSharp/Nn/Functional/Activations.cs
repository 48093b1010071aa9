using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            private static readonly Operator Relu = new("relu");
            private static readonly Operator ReluInPlace = new("relu_");
            private static readonly Operator LeakyRelu = new("leaky_relu");
            private static readonly Operator LeakyReluInPlace = new("leaky_relu_");
            private static readonly Operator SigmoidOf = new("sigmoid");
            private static readonly Operator SigmoidInPlace = new("sigmoid_");
            private static readonly Operator LogSigmoid = new("log_sigmoid");
            private static readonly Operator TanhOf = new("tanh");
            private static readonly Operator TanhInPlace = new("tanh_");
            private static readonly Operator Gelu = new("gelu");
            private static readonly Operator GeluInPlace = new("gelu_");
            private static readonly Operator Silu = new("silu");
            private static readonly Operator SiluInPlace = new("silu_");
            private static readonly Operator Softplus = new("softplus");
            private static readonly Operator SoftmaxOver = new("softmax.int");
            private static readonly Operator LogSoftmaxOver = new("log_softmax.int");
            private static readonly Operator OneHot = new("one_hot");
            private static readonly Operator DropoutOf = new("dropout");
            private static readonly Operator DropoutInPlace = new("dropout_");
            private static readonly Operator FeatureDropout = new("feature_dropout");
            private static readonly Operator FeatureDropoutInPlace = new("feature_dropout_");

            public static Tensor relu(Tensor x, bool inplace = false) => inplace ? ReluInPlace.InPlace(x, x).alias() : Relu.Call(x);

            public static Tensor leaky_relu(Tensor input, double negative_slope = 0.01, bool inplace = false)
                => inplace ? LeakyReluInPlace.InPlace(input, input, negative_slope).alias() : LeakyRelu.Call(input, negative_slope);

            public static Tensor sigmoid(Tensor x) => SigmoidOf.Call(x);

            public static Tensor sigmoid(Tensor x, bool inplace) => inplace ? SigmoidInPlace.InPlace(x, x).alias() : SigmoidOf.Call(x);

            public static Tensor logsigmoid(Tensor x) => LogSigmoid.Call(x);

            public static Tensor tanh(Tensor x, bool inplace = false) => inplace ? TanhInPlace.InPlace(x, x).alias() : TanhOf.Call(x);

            public static Tensor gelu(Tensor x) => Gelu.Call(x);

            public static Tensor gelu(Tensor x, bool inplace) => inplace ? GeluInPlace.InPlace(x, x).alias() : Gelu.Call(x);

            public static Tensor silu(Tensor x, bool inplace = false) => inplace ? SiluInPlace.InPlace(x, x).alias() : Silu.Call(x);

            public static Tensor softplus(Tensor x, double beta = 1, double threshold = 20) => Softplus.Call(x, beta, threshold);

            public static Tensor softmax(Tensor input, long dim, ScalarType? dtype = null) => SoftmaxOver.Call(input, dim, dtype);

            public static Tensor log_softmax(Tensor x, long dim) => LogSoftmaxOver.Call(x, dim);

            public static Tensor one_hot(Tensor x, long num_classes = -1) => OneHot.Call(x, num_classes);

            public static Tensor dropout(Tensor input, double p = 0.5, bool training = true, bool inplace = false)
                => inplace ? DropoutInPlace.InPlace(input, input, p, training).alias() : DropoutOf.Call(input, p, training);

            public static Tensor dropout2d(Tensor input, double p = 0.5, bool training = true, bool inplace = false)
                => inplace ? FeatureDropoutInPlace.InPlace(input, input, p, training).alias() : FeatureDropout.Call(input, p, training);
        }
    }
}
