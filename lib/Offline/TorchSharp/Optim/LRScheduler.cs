namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        /// <summary>Schedules that change the learning rates of an optimizer, one step an epoch or one step a batch.</summary>
        public static partial class lr_scheduler
        {
            /// <summary>Base of all schedules. Making one takes its first step, as in PyTorch.</summary>
            public abstract class LRScheduler
            {
                private readonly bool _verbose;
                private readonly double[] _last;

                protected LRScheduler()
                {
                    Groups = [];
                    BaseRates = [];
                    _last = [];
                }

                private protected LRScheduler(ILearningRateController[] groups)
                {
                    Groups = groups;
                    BaseRates = [.. groups.Select(group => group.InitialLearningRate)];
                    _last = [.. groups.Select(group => group.LearningRate)];
                }

                protected LRScheduler(Optimizer optimizer, int last_epoch = -1, bool verbose = false)
                {
                    ArgumentNullException.ThrowIfNull(optimizer);
                    Groups = [.. optimizer.ParamGroups];
                    BaseRates = [.. Groups.Select(group => group.InitialLearningRate)];
                    _last = [.. Groups.Select(group => group.LearningRate)];
                    LastEpoch = last_epoch;
                    _verbose = verbose;
                }

                internal ILearningRateController[] Groups { get; }

                private protected double[] BaseRates { get; }

                internal int LastEpoch { get; set; }

                public virtual void step() => step(null);

                public virtual void step(int? epoch)
                {
                    LastEpoch = epoch ?? LastEpoch + 1;
                    var rates = (epoch is null ? get_lr() : get_closed_form_lr()).ToArray();
                    for (var i = 0; i < Groups.Length; i++)
                    {
                        SetRate(i, rates[i]);
                    }
                }

                /// <summary>Most schedules do not look at the metric.</summary>
                public virtual void step(double current, int? epoch = null) => step(epoch);

                public IEnumerable<double> get_last_lr() => _last;

                protected virtual IEnumerable<double> get_lr() => Groups.Select(group => group.LearningRate);

                protected virtual IEnumerable<double> get_closed_form_lr() => get_lr();

                private protected void SetRate(int group, double rate)
                {
                    if (_verbose && _last[group] != rate)
                    {
                        Console.WriteLine(FormattableString.Invariant($"Adjusting learning rate to {rate}"));
                    }

                    Groups[group].LearningRate = rate;
                    _last[group] = rate;
                }

                private protected IEnumerable<double> Times(double factor) => Groups.Select(group => group.LearningRate * factor);

                private protected IEnumerable<double> BaseTimes(double factor) => BaseRates.Select(rate => rate * factor);
            }
        }
    }
}
