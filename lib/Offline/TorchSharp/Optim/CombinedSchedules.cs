namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            /// <summary>One schedule until each milestone, then the next one.</summary>
            public static LRScheduler SequentialLR(Optimizer optimizer, IEnumerable<LRScheduler> schedulers, IEnumerable<int> milestones, int last_epoch = -1)
                => new impl.SequentialLR(optimizer, schedulers, milestones, last_epoch);

            /// <summary>Several schedules that all step together.</summary>
            public static LRScheduler ChainedLR(IEnumerable<LRScheduler> schedulers) => new impl.ChainedLR(schedulers);

            public static partial class impl
            {
                /// <summary>One schedule until each milestone, then the next one.</summary>
                public class SequentialLR : LRScheduler
                {
                    private readonly LRScheduler[] _schedulers;
                    private readonly int[] _milestones;

                    public SequentialLR(Optimizer optimizer, IEnumerable<LRScheduler> schedulers, IEnumerable<int> milestones, int last_epoch = -1)
                        : base(optimizer, last_epoch + 1)
                    {
                        _schedulers = [.. schedulers];
                        _milestones = [.. milestones];
                        if (_schedulers.Length != _milestones.Length + 1)
                        {
                            throw new ArgumentException($"Received {_schedulers.Length} schedulers and {_milestones.Length} milestones: there must be one more scheduler than milestones.", nameof(schedulers));
                        }

                        if (_schedulers.Any(scheduler => !scheduler.Groups.SequenceEqual(Groups)))
                        {
                            throw new ArgumentException("All schedulers must belong to the optimizer of the SequentialLR.", nameof(schedulers));
                        }

                        // Each scheduler took its first step when it was made: back to the beginning, and only the first goes.
                        for (var i = 0; i < Groups.Length; i++)
                        {
                            SetRate(i, Groups[i].InitialLearningRate);
                        }

                        foreach (var scheduler in _schedulers)
                        {
                            scheduler.LastEpoch--;
                        }

                        _schedulers[0].step();
                        TakeRates();
                    }

                    public override void step(int? epoch)
                    {
                        LastEpoch = epoch ?? LastEpoch + 1;
                        var index = _milestones.Count(milestone => milestone <= LastEpoch);
                        if (index > 0 && _milestones[index - 1] == LastEpoch)
                        {
                            _schedulers[index].step(0);
                        }
                        else
                        {
                            _schedulers[index].step();
                        }

                        TakeRates();
                    }

                    private void TakeRates()
                    {
                        for (var i = 0; i < Groups.Length; i++)
                        {
                            SetRate(i, Groups[i].LearningRate);
                        }
                    }
                }

                /// <summary>Several schedules that all step together.</summary>
                public class ChainedLR : LRScheduler
                {
                    private readonly LRScheduler[] _schedulers;

                    public ChainedLR(IEnumerable<LRScheduler> schedulers)
                        : this([.. schedulers])
                    {
                    }

                    private ChainedLR(LRScheduler[] schedulers)
                        : base(schedulers.Length > 0 ? schedulers[0].Groups : throw new ArgumentException("A ChainedLR needs at least one scheduler.", nameof(schedulers)))
                    {
                        if (schedulers.Any(scheduler => !scheduler.Groups.SequenceEqual(Groups)))
                        {
                            throw new ArgumentException("All schedulers of a ChainedLR must belong to one optimizer.", nameof(schedulers));
                        }

                        _schedulers = schedulers;
                    }

                    public override void step()
                    {
                        foreach (var scheduler in _schedulers)
                        {
                            scheduler.step();
                        }

                        for (var i = 0; i < Groups.Length; i++)
                        {
                            SetRate(i, Groups[i].LearningRate);
                        }
                    }
                }
            }
        }
    }
}
