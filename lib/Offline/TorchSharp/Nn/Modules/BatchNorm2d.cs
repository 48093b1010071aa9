using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>What normalisations over a batch share: scale, shift and running statistics.</summary>
    public abstract class NormBase : nn.Module<Tensor, Tensor>
    {
        private protected NormBase(long num_features, double eps, double? momentum, bool affine, bool track_running_stats, Device? device, ScalarType? dtype, string name)
            : base(name)
        {
            this.num_features = num_features;
            this.eps = eps;
            this.momentum = momentum;
            this.affine = affine;
            this.track_running_stats = track_running_stats;
            if (affine)
            {
                weight = NewParameter([num_features], dtype, device);
                bias = NewParameter([num_features], dtype, device);
            }

            if (track_running_stats)
            {
                running_mean = zeros([num_features], dtype: dtype, device: device);
                running_var = ones([num_features], dtype: dtype, device: device);
                num_batches_tracked = zeros([], dtype: ScalarType.Int64, device: device);
            }

            reset_parameters();
        }

        public Parameter weight
        {
            get => Registered(nameof(weight))!;
            set => Own(nameof(weight), value ?? throw new ArgumentNullException(nameof(value)));
        }

        public Parameter? bias
        {
            get => Registered(nameof(bias));
            set => Own(nameof(bias), value);
        }

        public Tensor? running_mean
        {
            get => RegisteredBuffer(nameof(running_mean));
            set => OwnBuffer(nameof(running_mean), value);
        }

        public Tensor? running_var
        {
            get => RegisteredBuffer(nameof(running_var));
            set => OwnBuffer(nameof(running_var), value);
        }

        public Tensor? num_batches_tracked
        {
            get => RegisteredBuffer(nameof(num_batches_tracked));
            set => OwnBuffer(nameof(num_batches_tracked), value);
        }

        public long num_features { get; }

        public double eps { get; set; }

        public double? momentum { get; set; }

        public bool affine { get; }

        public bool track_running_stats { get; }

        public void reset_running_stats()
        {
            if (track_running_stats)
            {
                nn.init.zeros_(running_mean!);
                nn.init.ones_(running_var!);
                nn.init.zeros_(num_batches_tracked!);
            }
        }

        public void reset_parameters()
        {
            reset_running_stats();
            if (affine)
            {
                nn.init.ones_(weight);
                nn.init.zeros_(bias!);
            }
        }

        protected abstract void ValidateInputDimensions(Tensor input);
    }

    /// <summary>Normalises each channel over the batch while training, with running statistics afterwards.</summary>
    public abstract class BatchNorm : NormBase
    {
        private protected BatchNorm(long num_features, double eps, double momentum, bool affine, bool track_running_stats, Device? device, ScalarType? dtype, string name)
            : base(num_features, eps, momentum, affine, track_running_stats, device, dtype, name)
        {
        }

        public override Tensor forward(Tensor input)
        {
            ValidateInputDimensions(input);
            var average = momentum ?? 0;
            if (training && num_batches_tracked is { } batches)
            {
                using var _ = no_grad();
                batches.add_(1);
                average = momentum ?? 1.0 / batches.item<long>();
            }

            var (mean, variance) = (running_mean, running_var);
            var ofThisBatch = training || (mean is null && variance is null);
            return nn.functional.batch_norm(input, mean!, variance!, Registered(nameof(weight)), bias, ofThisBatch, average, eps);
        }
    }

    /// <summary>Batch normalisation of (N, C, H, W).</summary>
    public sealed class BatchNorm2d : BatchNorm
    {
        internal BatchNorm2d(long num_features, double eps, double momentum, bool affine, bool track_running_stats, Device? device, ScalarType? dtype)
            : base(num_features, eps, momentum, affine, track_running_stats, device, dtype, nameof(BatchNorm2d))
        {
        }

        protected override void ValidateInputDimensions(Tensor input)
        {
            if (input.ndim != 4)
            {
                throw new ArgumentException($"expected 4D input, but got {input.ndim}D input.");
            }
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static BatchNorm2d BatchNorm2d(long num_features, double eps = 1e-05, double momentum = 0.1, bool affine = true, bool track_running_stats = true, Device? device = null, ScalarType? dtype = null)
                => new(num_features, eps, momentum, affine, track_running_stats, device, dtype);
        }
    }
}
