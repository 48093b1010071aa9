namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            /// <summary>Up to max_lr and far down again, one step a batch; the momentum goes the other way.</summary>
            public static LRScheduler OneCycleLR(Optimizer optimizer, double max_lr, int total_steps = -1, int epochs = -1, int steps_per_epoch = -1, double pct_start = 0.3, impl.OneCycleLR.AnnealStrategy anneal_strategy = impl.OneCycleLR.AnnealStrategy.Cos, bool cycle_momentum = true, double base_momentum = 0.85, double max_momentum = 0.95, double div_factor = 25, double final_div_factor = 1e4, bool three_phase = false, int last_epoch = -1, bool verbose = false)
                => new impl.OneCycleLR(optimizer, max_lr, total_steps, epochs, steps_per_epoch, pct_start, anneal_strategy, cycle_momentum, base_momentum, max_momentum, div_factor, final_div_factor, three_phase, last_epoch, verbose);

            /// <summary>Up to max_lr and far down again, one step a batch; the momentum goes the other way. One rate for each group.</summary>
            public static LRScheduler OneCycleLR(Optimizer optimizer, IEnumerable<double> max_lr, int total_steps = -1, int epochs = -1, int steps_per_epoch = -1, double pct_start = 0.3, impl.OneCycleLR.AnnealStrategy anneal_strategy = impl.OneCycleLR.AnnealStrategy.Cos, bool cycle_momentum = true, IEnumerable<double>? base_momentum = null, IEnumerable<double>? max_momentum = null, double div_factor = 25, double final_div_factor = 1e4, bool three_phase = false, int last_epoch = -1, bool verbose = false)
                => new impl.OneCycleLR(optimizer, max_lr, total_steps, epochs, steps_per_epoch, pct_start, anneal_strategy, cycle_momentum, base_momentum, max_momentum, div_factor, final_div_factor, three_phase, last_epoch, verbose);

            public static partial class impl
            {
                /// <summary>Smith and Topin's super-convergence: up to max_lr and far down again, one step a batch.</summary>
                public class OneCycleLR : LRScheduler
                {
                    private readonly int _total;
                    private readonly AnnealStrategy _strategy;
                    private readonly bool _cyclesMomentum;
                    private readonly (double Ends, Func<int, double> From, Func<int, double> To, Func<int, double> MomentumFrom, Func<int, double> MomentumTo)[] _phases;

                    public OneCycleLR(Optimizer optimizer, double max_lr, int total_steps = -1, int epochs = -1, int steps_per_epoch = -1, double pct_start = 0.3, AnnealStrategy anneal_strategy = AnnealStrategy.Cos, bool cycle_momentum = true, double base_momentum = 0.85, double max_momentum = 0.95, double div_factor = 25, double final_div_factor = 1e4, bool three_phase = false, int last_epoch = -1, bool verbose = false)
                        : this(optimizer, ForEach(optimizer, max_lr), total_steps, epochs, steps_per_epoch, pct_start, anneal_strategy, cycle_momentum, ForEach(optimizer, base_momentum), ForEach(optimizer, max_momentum), div_factor, final_div_factor, three_phase, last_epoch, verbose)
                    {
                    }

                    public OneCycleLR(Optimizer optimizer, IEnumerable<double> max_lr, int total_steps = -1, int epochs = -1, int steps_per_epoch = -1, double pct_start = 0.3, AnnealStrategy anneal_strategy = AnnealStrategy.Cos, bool cycle_momentum = true, IEnumerable<double>? base_momentum = null, IEnumerable<double>? max_momentum = null, double div_factor = 25, double final_div_factor = 1e4, bool three_phase = false, int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        _total = total_steps > 0 ? total_steps : epochs > 0 && steps_per_epoch > 0 ? epochs * steps_per_epoch : throw new ArgumentException("You must define either total_steps or both epochs and steps_per_epoch, as positive numbers.", nameof(total_steps));
                        if (pct_start is not (>= 0 and <= 1))
                        {
                            throw new ArgumentException($"Expected a pct_start between 0 and 1, but got {pct_start}.", nameof(pct_start));
                        }

                        if (cycle_momentum && Groups.Any(group => group is not (IMomentum or IBetas)))
                        {
                            throw new ArgumentException("The optimizer must support momentum with cycle_momentum enabled.", nameof(optimizer));
                        }

                        var highest = OneForEach(Groups, max_lr, nameof(max_lr));
                        var first = highest.Select(rate => rate / div_factor).ToArray();
                        var last = first.Select(rate => rate / final_div_factor).ToArray();
                        var lowMomentum = OneForEach(Groups, base_momentum ?? ForEach(optimizer, 0.85), nameof(base_momentum));
                        var highMomentum = OneForEach(Groups, max_momentum ?? ForEach(optimizer, 0.95), nameof(max_momentum));
                        _strategy = anneal_strategy;
                        _cyclesMomentum = cycle_momentum;
                        Func<int, double> start = i => first[i], top = i => highest[i], end = i => last[i], low = i => lowMomentum[i], high = i => highMomentum[i];
                        var up = (pct_start * _total) - 1;
                        _phases = three_phase
                            ? [(up, start, top, high, low), ((2 * pct_start * _total) - 2, top, start, low, high), (_total - 1, start, end, high, high)]
                            : [(up, start, top, high, low), (_total - 1, top, end, low, high)];
                        if (last_epoch == -1)
                        {
                            for (var i = 0; i < Groups.Length; i++)
                            {
                                Groups[i].InitialLearningRate = first[i];
                            }
                        }

                        step();
                    }

                    /// <summary>The curve between two rates.</summary>
                    public enum AnnealStrategy
                    {
                        Cos = 0,
                        Linear = 1,
                    }

                    protected override IEnumerable<double> get_lr()
                    {
                        if (LastEpoch > _total)
                        {
                            throw new InvalidOperationException($"Tried to step {LastEpoch + 1} times. The specified number of total steps is {_total}.");
                        }

                        double starts = 0;
                        var index = 0;
                        while (index < _phases.Length - 1 && LastEpoch > _phases[index].Ends)
                        {
                            starts = _phases[index++].Ends;
                        }

                        var phase = _phases[index];
                        var done = (LastEpoch - starts) / (phase.Ends - starts);
                        var rates = new double[Groups.Length];
                        for (var i = 0; i < rates.Length; i++)
                        {
                            rates[i] = Between(phase.From(i), phase.To(i), done);
                            if (_cyclesMomentum)
                            {
                                SetMomentum(Groups[i], Between(phase.MomentumFrom(i), phase.MomentumTo(i), done));
                            }
                        }

                        return rates;
                    }

                    private static void SetMomentum(ILearningRateController group, double momentum)
                    {
                        switch (group)
                        {
                            case IBetas betas:
                                betas.Betas = (momentum, betas.Betas.Item2);
                                break;
                            case IMomentum holder:
                                holder.Momentum = momentum;
                                break;
                        }
                    }

                    private static double[] ForEach(Optimizer optimizer, double value) => [.. optimizer.ParamGroups.Select(_ => value)];

                    private static double[] OneForEach(ILearningRateController[] groups, IEnumerable<double> values, string name)
                    {
                        double[] all = [.. values];
                        return all.Length == groups.Length ? all : throw new ArgumentException($"expected {groups.Length} values for {name}, got {all.Length}", name);
                    }

                    private double Between(double start, double end, double part) => _strategy == AnnealStrategy.Cos
                        ? end + ((start - end) / 2 * (Math.Cos(Math.PI * part) + 1))
                        : ((end - start) * part) + start;
                }
            }
        }
    }
}
