using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Hinton's running mean of squared gradients.</summary>
    public class RMSProp : OptimizerHelper, optim.IMomentum
    {
        private readonly Options _defaults;

        public RMSProp(IEnumerable<Parameter> parameters, double lr = 1e-3, double alpha = 0.99, double eps = 1e-8, double weight_decay = 0, double momentum = 0, bool centered = false, bool maximize = false)
            : this([new ParamGroup { Parameters = parameters }], lr, alpha, eps, weight_decay, momentum, centered, maximize)
        {
        }

        public RMSProp(IEnumerable<ParamGroup> parameters, double lr = 1e-3, double alpha = 0.99, double eps = 1e-8, double weight_decay = 0, double momentum = 0, bool centered = false, bool maximize = false)
        {
            if (lr < 0)
            {
                throw new ArgumentException($"Invalid learning rate: {lr}");
            }

            if (eps < 0)
            {
                throw new ArgumentException($"Invalid ε: {eps}");
            }

            if (alpha < 0)
            {
                throw new ArgumentException($"Invalid alpha: {alpha}");
            }

            if (momentum < 0)
            {
                throw new ArgumentException($"Invalid momentum value: {momentum}");
            }

            if (weight_decay < 0)
            {
                throw new ArgumentException($"Invalid weight_decay value: {weight_decay}");
            }

            _defaults = new Options
            {
                LearningRate = lr,
                InitialLearningRate = lr,
                alpha = alpha,
                eps = eps,
                weight_decay = weight_decay,
                momentum = momentum,
                centered = centered,
                maximize = maximize,
            };
            foreach (var group in parameters)
            {
                add_param_group(group);
            }
        }

        public double Momentum
        {
            get => _defaults.momentum!.Value;
            set
            {
                _defaults.momentum = value;
                foreach (var group in Groups.Cast<ParamGroup>())
                {
                    group.Momentum = value;
                }
            }
        }

        public override Tensor? step(Func<Tensor>? closure = null) => _step<ParamGroup>(Update, closure);

        private protected override void Complete(Modules.ParamGroup group)
        {
            group.Options ??= new Options();
            var options = group.Options as Options ?? throw new ArgumentException($"A group of RMSProp takes settings of RMSProp, not {group.Options.GetType()}.", nameof(group));
            options.LearningRate ??= _defaults.LearningRate;
            options.alpha ??= _defaults.alpha;
            options.eps ??= _defaults.eps;
            options.weight_decay ??= _defaults.weight_decay;
            options.momentum ??= _defaults.momentum;
            options.centered ??= _defaults.centered;
            options.maximize ??= _defaults.maximize;
            options.InitialLearningRate = options.LearningRate!.Value;
        }

        private protected override OptimizerState NewState(Parameter parameter) => new State(parameter);

        private void Update(ParamGroup group)
        {
            var options = group.Options!;
            var (lr, alpha, momentum) = (options.LearningRate!.Value, options.alpha!.Value, options.momentum!.Value);
            foreach (var parameter in group.Parameters)
            {
                using var gradient = Descent(parameter, options.maximize!.Value, options.weight_decay!.Value);
                if (gradient is null)
                {
                    continue;
                }

                var state = StateOf<State>(parameter);
                state.step++;
                Step.Scale(state.square_avg!, alpha);
                Step.AddProduct(state.square_avg!, gradient, gradient, 1 - alpha);
                using var average = Average(state, gradient, options);
                Step.AddNumber(average, options.eps!.Value);
                if (momentum > 0)
                {
                    Step.Scale(state.momentum_buffer!, momentum);
                    Step.AddQuotient(state.momentum_buffer!, gradient, average, 1);
                    Step.Add(parameter, state.momentum_buffer!, -lr);
                }
                else
                {
                    Step.AddQuotient(parameter, gradient, average, -lr);
                }
            }
        }

        private static Tensor Average(State state, Tensor gradient, Options options)
        {
            if (!options.centered!.Value)
            {
                return Step.Root(state.square_avg!);
            }

            var alpha = options.alpha!.Value;
            Step.Scale(state.grad_avg!, alpha);
            Step.Add(state.grad_avg!, gradient, 1 - alpha);
            using var variance = Step.WithProduct(state.square_avg!, state.grad_avg!, state.grad_avg!, -1);
            return Step.Root(variance);
        }


        /// <summary>What the optimizer remembers of one parameter.</summary>
        public sealed class State : OptimizerState, IDisposable
        {
            public long step;
            public Tensor? square_avg;
            public Tensor? momentum_buffer;
            public Tensor? grad_avg;

            public State(Parameter parameter)
                : base(parameter)
            {
            }

            public void Dispose() => DisposeTensors();

            public override void Initialize(OptimizerOptions options)
            {
                square_avg = Zeros();
                momentum_buffer = Zeros();
                grad_avg = Zeros();
            }

            public override void to(Device device)
            {
                Move(ref square_avg, device);
                Move(ref momentum_buffer, device);
                Move(ref grad_avg, device);
            }

            public override void SaveStateDict(BinaryWriter writer)
            {
                writer.Write(step);
                SaveConditionalStateTensor(writer, square_avg);
                SaveConditionalStateTensor(writer, momentum_buffer);
                SaveConditionalStateTensor(writer, grad_avg);
            }

            public override void LoadStateDict(BinaryReader reader)
            {
                step = reader.ReadInt64();
                LoadConditionalStateTensor(reader, ref square_avg, Parameter.device);
                LoadConditionalStateTensor(reader, ref momentum_buffer, Parameter.device);
                LoadConditionalStateTensor(reader, ref grad_avg, Parameter.device);
            }

            public override void LoadStateDict(OptimizerState source)
            {
                var state = Same<State>(source);
                step = state.step;
                Take(ref square_avg, state.square_avg);
                Take(ref momentum_buffer, state.momentum_buffer);
                Take(ref grad_avg, state.grad_avg);
            }

            public override bool ApproximatelyEquals(OptimizerState other)
                => other is State state && step == state.step && Close(square_avg, state.square_avg) && Close(momentum_buffer, state.momentum_buffer) && Close(grad_avg, state.grad_avg);

            internal override OptimizerState Blank() => new State(Parameter);

            internal override void MustTake(OptimizerState source)
            {
                var state = Same<State>(source);
                MustFit(state.square_avg);
                MustFit(state.momentum_buffer);
                MustFit(state.grad_avg);
            }

            internal override void DisposeTensors()
            {
                square_avg?.Dispose();
                momentum_buffer?.Dispose();
                grad_avg?.Dispose();
            }
        }

        /// <summary>Settings of one group.</summary>
        public class Options : OptimizerOptions
        {
            public double? alpha;
            public double? eps;
            public double? weight_decay;
            public double? momentum;
            public bool? centered;
            public bool? maximize;

            public override void SaveStateDict(BinaryWriter writer)
            {
                base.SaveStateDict(writer);
                writer.Write(alpha!.Value);
                writer.Write(eps!.Value);
                writer.Write(weight_decay!.Value);
                writer.Write(momentum!.Value);
                writer.Write(centered!.Value);
                writer.Write(maximize!.Value);
            }

            public override void LoadStateDict(BinaryReader reader)
            {
                base.LoadStateDict(reader);
                alpha = reader.ReadDouble();
                eps = reader.ReadDouble();
                weight_decay = reader.ReadDouble();
                momentum = reader.ReadDouble();
                centered = reader.ReadBoolean();
                maximize = reader.ReadBoolean();
            }

            public override void LoadStateDict(OptimizerOptions source)
            {
                base.LoadStateDict(source);
                var options = Same<Options>(source);
                alpha = options.alpha;
                eps = options.eps;
                weight_decay = options.weight_decay;
                momentum = options.momentum;
                centered = options.centered;
                maximize = options.maximize;
            }

            internal override OptimizerOptions Blank() => new Options();
        }

        /// <summary>Parameters that share their settings.</summary>
        public class ParamGroup : ParamGroup<Options>, optim.IMomentum
        {
            public ParamGroup()
            {
            }

            public ParamGroup(IEnumerable<Parameter> parameters, Options options)
                : base(parameters, options)
            {
            }

            public ParamGroup(IEnumerable<Parameter> parameters, double lr = 1e-3, double eps = 1e-8, double alpha = 0.99, double weight_decay = 0, double momentum = 0, bool centered = false)
                : base(parameters, new Options { LearningRate = lr, eps = eps, alpha = alpha, weight_decay = weight_decay, momentum = momentum, centered = centered })
            {
            }

            public double Momentum
            {
                get => Options!.momentum!.Value;
                set => Options!.momentum = value;
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
            public static RMSProp RMSProp(IEnumerable<Parameter> parameters, double lr = 0.01, double alpha = 0.99, double eps = 1e-8, double weight_decay = 0, double momentum = 0, bool centered = false, bool maximize = false)
                => new(parameters, lr, alpha, eps, weight_decay, momentum, centered, maximize);

            public static RMSProp RMSProp(IEnumerable<(string name, Parameter parameter)> parameters, double lr = 0.01, double alpha = 0.99, double eps = 1e-8, double weight_decay = 0, double momentum = 0, bool centered = false, bool maximize = false)
                => new(parameters.Select(named => named.parameter), lr, alpha, eps, weight_decay, momentum, centered, maximize);

            public static RMSProp RMSProp(IEnumerable<RMSProp.ParamGroup> parameters, double lr = 0.01, double alpha = 0.99, double eps = 1e-8, double weight_decay = 0, double momentum = 0, bool centered = false, bool maximize = false)
                => new(parameters, lr, alpha, eps, weight_decay, momentum, centered, maximize);
        }
    }
}
