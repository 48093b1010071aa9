using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Gradient descent with momentum.</summary>
    public class SGD : OptimizerHelper, optim.IMomentum
    {
        private readonly Options _defaults;

        public SGD(IEnumerable<Parameter> parameters, double lr, double momentum = 0, double dampening = 0, double weight_decay = 0, bool nesterov = false, bool maximize = false)
            : this([new ParamGroup { Parameters = parameters }], lr, momentum, dampening, weight_decay, nesterov, maximize)
        {
        }

        public SGD(IEnumerable<ParamGroup> parameters, double lr, double momentum = 0, double dampening = 0, double weight_decay = 0, bool nesterov = false, bool maximize = false)
        {
            if (lr < 0)
            {
                throw new ArgumentException($"Invalid learning rate: {lr}");
            }

            if (momentum < 0)
            {
                throw new ArgumentException($"Invalid momentum value: {momentum}");
            }

            if (weight_decay < 0)
            {
                throw new ArgumentException($"Invalid weight_decay value: {weight_decay}");
            }

            if (nesterov && (momentum <= 0 || dampening != 0))
            {
                throw new ArgumentException($"Nesterov momentum requires a momentum and zero dampening");
            }

            _defaults = new Options
            {
                LearningRate = lr,
                InitialLearningRate = lr,
                momentum = momentum,
                dampening = dampening,
                weight_decay = weight_decay,
                nesterov = nesterov,
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
            var options = group.Options as Options ?? throw new ArgumentException($"A group of SGD takes settings of SGD, not {group.Options.GetType()}.", nameof(group));
            options.LearningRate ??= _defaults.LearningRate;
            options.momentum ??= _defaults.momentum;
            options.dampening ??= _defaults.dampening;
            options.weight_decay ??= _defaults.weight_decay;
            options.nesterov ??= _defaults.nesterov;
            options.maximize ??= _defaults.maximize;
            options.InitialLearningRate = options.LearningRate!.Value;
        }

        private protected override OptimizerState NewState(Parameter parameter) => new State(parameter);

        private void Update(ParamGroup group)
        {
            var options = group.Options!;
            var (lr, momentum) = (options.LearningRate!.Value, options.momentum!.Value);
            foreach (var parameter in group.Parameters)
            {
                using var gradient = Descent(parameter, options.maximize!.Value, options.weight_decay!.Value);
                if (gradient is null)
                {
                    continue;
                }

                if (momentum == 0)
                {
                    Step.Add(parameter, gradient, -lr);
                    continue;
                }

                var state = StateOf<State>(parameter);
                if (state.momentum_buffer is { } buffer)
                {
                    Step.Scale(buffer, momentum);
                    Step.Add(buffer, gradient, 1 - options.dampening!.Value);
                }
                else
                {
                    state.momentum_buffer = buffer = gradient.detach().clone().DetachFromDisposeScope();
                }

                if (options.nesterov!.Value)
                {
                    using var ahead = Step.Sum(gradient, buffer, momentum);
                    Step.Add(parameter, ahead, -lr);
                }
                else
                {
                    Step.Add(parameter, buffer, -lr);
                }
            }
        }


        /// <summary>What the optimizer remembers of one parameter.</summary>
        public sealed class State : OptimizerState, IDisposable
        {
            public Tensor? momentum_buffer;

            public State(Parameter parameter)
                : base(parameter)
            {
            }

            public void Dispose() => DisposeTensors();

            public override void to(Device device)
            {
                Move(ref momentum_buffer, device);
            }

            public override void SaveStateDict(BinaryWriter writer)
            {
                SaveConditionalStateTensor(writer, momentum_buffer);
            }

            public override void LoadStateDict(BinaryReader reader)
            {
                LoadConditionalStateTensor(reader, ref momentum_buffer, Parameter.device);
            }

            public override void LoadStateDict(OptimizerState source)
            {
                var state = Same<State>(source);
                Take(ref momentum_buffer, state.momentum_buffer);
            }

            public override bool ApproximatelyEquals(OptimizerState other)
                => other is State state && Close(momentum_buffer, state.momentum_buffer);

            internal override OptimizerState Blank() => new State(Parameter);

            internal override void MustTake(OptimizerState source)
            {
                var state = Same<State>(source);
                MustFit(state.momentum_buffer);
            }

            internal override void DisposeTensors()
            {
                momentum_buffer?.Dispose();
            }
        }

        /// <summary>Settings of one group.</summary>
        public class Options : OptimizerOptions
        {
            public double? momentum;
            public double? dampening;
            public double? weight_decay;
            public bool? nesterov;
            public bool? maximize;

            public override void SaveStateDict(BinaryWriter writer)
            {
                base.SaveStateDict(writer);
                writer.Write(momentum!.Value);
                writer.Write(dampening!.Value);
                writer.Write(weight_decay!.Value);
                writer.Write(nesterov!.Value);
                writer.Write(maximize!.Value);
            }

            public override void LoadStateDict(BinaryReader reader)
            {
                base.LoadStateDict(reader);
                momentum = reader.ReadDouble();
                dampening = reader.ReadDouble();
                weight_decay = reader.ReadDouble();
                nesterov = reader.ReadBoolean();
                maximize = reader.ReadBoolean();
            }

            public override void LoadStateDict(OptimizerOptions source)
            {
                base.LoadStateDict(source);
                var options = Same<Options>(source);
                momentum = options.momentum;
                dampening = options.dampening;
                weight_decay = options.weight_decay;
                nesterov = options.nesterov;
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

            public ParamGroup(IEnumerable<Parameter> parameters, double lr = 1e-3, double momentum = 0, double dampening = 0, double weight_decay = 0, bool nesterov = false, bool maximize = false)
                : base(parameters, new Options { LearningRate = lr, momentum = momentum, dampening = dampening, weight_decay = weight_decay, nesterov = nesterov, maximize = maximize })
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
            public static SGD SGD(IEnumerable<Parameter> parameters, double learningRate, double momentum = 0, double dampening = 0, double weight_decay = 0, bool nesterov = false, bool maximize = false)
                => new(parameters, learningRate, momentum, dampening, weight_decay, nesterov, maximize);

            public static SGD SGD(IEnumerable<(string name, Parameter parameter)> parameters, double learningRate, double momentum = 0, double dampening = 0, double weight_decay = 0, bool nesterov = false, bool maximize = false)
                => new(parameters.Select(named => named.parameter), learningRate, momentum, dampening, weight_decay, nesterov, maximize);

            public static SGD SGD(IEnumerable<SGD.ParamGroup> parameters, double learningRate, double momentum = 0, double dampening = 0, double weight_decay = 0, bool nesterov = false, bool maximize = false)
                => new(parameters, learningRate, momentum, dampening, weight_decay, nesterov, maximize);
        }
    }
}
