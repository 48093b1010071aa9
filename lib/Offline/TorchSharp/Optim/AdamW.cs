using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Adam with weight decay apart from the gradient (Loshchilov and Hutter, 2019).</summary>
    public class AdamW : OptimizerHelper, optim.IBetas
    {
        private readonly Options _defaults;

        public AdamW(IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
            : this([new ParamGroup { Parameters = parameters }], lr, beta1, beta2, eps, weight_decay, amsgrad, maximize)
        {
        }

        public AdamW(IEnumerable<ParamGroup> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
        {
            if (lr < 0)
            {
                throw new ArgumentException($"Invalid learning rate: {lr}");
            }

            if (eps < 0)
            {
                throw new ArgumentException($"Invalid ε: {eps}");
            }

            if (beta1 < 0 || beta1 >= 1)
            {
                throw new ArgumentException($"Invalid beta1: {beta1}");
            }

            if (beta2 < 0 || beta2 >= 1)
            {
                throw new ArgumentException($"Invalid beta2: {beta2}");
            }

            if (weight_decay < 0)
            {
                throw new ArgumentException($"Invalid weight_decay value: {weight_decay}");
            }

            _defaults = new Options
            {
                LearningRate = lr,
                InitialLearningRate = lr,
                beta1 = beta1,
                beta2 = beta2,
                eps = eps,
                weight_decay = weight_decay,
                amsgrad = amsgrad,
                maximize = maximize,
            };
            foreach (var group in parameters)
            {
                add_param_group(group);
            }
        }

        public (double, double) Betas
        {
            get => (_defaults.beta1!.Value, _defaults.beta2!.Value);
            set
            {
                (_defaults.beta1, _defaults.beta2) = value;
                foreach (var group in Groups.Cast<ParamGroup>())
                {
                    group.Betas = value;
                }
            }
        }

        public override Tensor? step(Func<Tensor>? closure = null) => _step<ParamGroup>(Update, closure);

        private protected override void Complete(Modules.ParamGroup group)
        {
            group.Options ??= new Options();
            var options = group.Options as Options ?? throw new ArgumentException($"A group of AdamW takes settings of AdamW, not {group.Options.GetType()}.", nameof(group));
            options.LearningRate ??= _defaults.LearningRate;
            options.beta1 ??= _defaults.beta1;
            options.beta2 ??= _defaults.beta2;
            options.eps ??= _defaults.eps;
            options.weight_decay ??= _defaults.weight_decay;
            options.amsgrad ??= _defaults.amsgrad;
            options.maximize ??= _defaults.maximize;
            options.InitialLearningRate = options.LearningRate!.Value;
        }

        private protected override OptimizerState NewState(Parameter parameter) => new State(parameter);

        private void Update(ParamGroup group)
        {
            var options = group.Options!;
            var lr = options.LearningRate!.Value;
            foreach (var parameter in group.Parameters)
            {
                using var gradient = Descent(parameter, options.maximize!.Value, 0);
                if (gradient is null)
                {
                    continue;
                }

                if (options.weight_decay!.Value != 0)
                {
                    Step.Scale(parameter, 1 - (lr * options.weight_decay.Value));
                }

                var state = StateOf<State>(parameter);
                state.step++;
                var largest = options.amsgrad!.Value ? state.max_exp_avg_sq ??= state.NewMaximum() : null;
                AdamUpdate.Apply(parameter, gradient, (state.exp_avg!, state.exp_avg_sq!, largest), state.step, lr, group.Betas, options.eps!.Value);
            }
        }

        /// <summary>What the optimizer remembers of one parameter.</summary>
        public sealed class State : OptimizerState, IDisposable
        {
            public long step;
            public Tensor? exp_avg;
            public Tensor? exp_avg_sq;
            public Tensor? max_exp_avg_sq;

            public State(Parameter parameter)
                : base(parameter)
            {
            }

            public void Dispose() => DisposeTensors();

            public override void Initialize(OptimizerOptions options)
            {
                exp_avg = Zeros();
                exp_avg_sq = Zeros();
                if (((Options)options).amsgrad is true)
                {
                    max_exp_avg_sq = Zeros();
                }
            }

            public override void to(Device device)
            {
                Move(ref exp_avg, device);
                Move(ref exp_avg_sq, device);
                Move(ref max_exp_avg_sq, device);
            }

            public override void SaveStateDict(BinaryWriter writer)
            {
                writer.Write(step);
                SaveConditionalStateTensor(writer, exp_avg);
                SaveConditionalStateTensor(writer, exp_avg_sq);
                SaveConditionalStateTensor(writer, max_exp_avg_sq);
            }

            public override void LoadStateDict(BinaryReader reader)
            {
                step = reader.ReadInt64();
                LoadConditionalStateTensor(reader, ref exp_avg, Parameter.device);
                LoadConditionalStateTensor(reader, ref exp_avg_sq, Parameter.device);
                LoadConditionalStateTensor(reader, ref max_exp_avg_sq, Parameter.device);
            }

            public override void LoadStateDict(OptimizerState source)
            {
                var state = Same<State>(source);
                step = state.step;
                Take(ref exp_avg, state.exp_avg);
                Take(ref exp_avg_sq, state.exp_avg_sq);
                Take(ref max_exp_avg_sq, state.max_exp_avg_sq);
            }

            public override bool ApproximatelyEquals(OptimizerState other)
                => other is State state && step == state.step && Close(exp_avg, state.exp_avg) && Close(exp_avg_sq, state.exp_avg_sq) && Close(max_exp_avg_sq, state.max_exp_avg_sq);

            internal override OptimizerState Blank() => new State(Parameter);

            internal Tensor NewMaximum() => Zeros();

            internal override void MustTake(OptimizerState source)
            {
                var state = Same<State>(source);
                MustFit(state.exp_avg);
                MustFit(state.exp_avg_sq);
                MustFit(state.max_exp_avg_sq);
            }

            internal override void DisposeTensors()
            {
                exp_avg?.Dispose();
                exp_avg_sq?.Dispose();
                max_exp_avg_sq?.Dispose();
            }
        }

        /// <summary>Settings of one group.</summary>
        public class Options : OptimizerOptions
        {
            public double? beta1;
            public double? beta2;
            public double? eps;
            public double? weight_decay;
            public bool? amsgrad;
            public bool? maximize;

            public override void SaveStateDict(BinaryWriter writer)
            {
                base.SaveStateDict(writer);
                writer.Write(beta1!.Value);
                writer.Write(beta2!.Value);
                writer.Write(eps!.Value);
                writer.Write(weight_decay!.Value);
                writer.Write(amsgrad!.Value);
                writer.Write(maximize!.Value);
            }

            public override void LoadStateDict(BinaryReader reader)
            {
                base.LoadStateDict(reader);
                beta1 = reader.ReadDouble();
                beta2 = reader.ReadDouble();
                eps = reader.ReadDouble();
                weight_decay = reader.ReadDouble();
                amsgrad = reader.ReadBoolean();
                maximize = reader.ReadBoolean();
            }

            public override void LoadStateDict(OptimizerOptions source)
            {
                base.LoadStateDict(source);
                var options = Same<Options>(source);
                beta1 = options.beta1;
                beta2 = options.beta2;
                eps = options.eps;
                weight_decay = options.weight_decay;
                amsgrad = options.amsgrad;
                maximize = options.maximize;
            }

            internal override OptimizerOptions Blank() => new Options();
        }

        /// <summary>Parameters that share their settings.</summary>
        public class ParamGroup : ParamGroup<Options>, optim.IBetas
        {
            public ParamGroup()
            {
            }

            public ParamGroup(IEnumerable<Parameter> parameters, Options options)
                : base(parameters, options)
            {
            }

            public ParamGroup(IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
                : base(parameters, new Options { LearningRate = lr, beta1 = beta1, beta2 = beta2, eps = eps, weight_decay = weight_decay, amsgrad = amsgrad, maximize = maximize })
            {
            }

            public (double, double) Betas
            {
                get => (Options!.beta1!.Value, Options.beta2!.Value);
                set => (Options!.beta1, Options.beta2) = value;
            }
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class optim
        {
            public static AdamW AdamW(IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
                => new(parameters, lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);

            public static AdamW AdamW(IEnumerable<(string name, Parameter parameter)> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
                => new(parameters.Select(named => named.parameter), lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);

            public static AdamW AdamW(IEnumerable<AdamW.ParamGroup> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
                => new(parameters, lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);
        }
    }
}
