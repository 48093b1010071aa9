namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            /// <summary>Half a cosine from the first rate to eta_min in T_max epochs, and back.</summary>
            public static LRScheduler CosineAnnealingLR(Optimizer optimizer, double T_max, double eta_min = 0, int last_epoch = -1, bool verbose = false)
                => new impl.CosineAnnealingLR(optimizer, T_max, eta_min, last_epoch, verbose);

            /// <summary>A straight line from start_factor to end_factor times the first rate.</summary>
            public static LRScheduler LinearLR(Optimizer optimizer, double start_factor = 1.0 / 3, double end_factor = 1.0, int total_iters = 5, int last_epoch = -1, bool verbose = false)
                => new impl.LinearLR(optimizer, start_factor, end_factor, total_iters, last_epoch, verbose);

            /// <summary>factor times the first rate until total_iters, then the first rate.</summary>
            public static LRScheduler ConstantLR(Optimizer optimizer, double factor = 1.0 / 3, int total_iters = 5, int last_epoch = -1, bool verbose = false)
                => new impl.ConstantLR(optimizer, factor, total_iters, last_epoch, verbose);

            /// <summary>A power of the part of total_iters that is left.</summary>
            public static LRScheduler PolynomialLR(Optimizer optimizer, int total_iters = 5, double power = 1, int last_epoch = -1, bool verbose = false)
                => new impl.PolynomialLR(optimizer, total_iters, power, last_epoch, verbose);

            public static partial class impl
            {
                /// <summary>Half a cosine from the first rate to eta_min in T_max epochs, and back.</summary>
                public class CosineAnnealingLR : LRScheduler
                {
                    private readonly double _period;
                    private readonly double _lowest;
                    private readonly bool _stepped;

                    public CosineAnnealingLR(Optimizer optimizer, double T_max, double eta_min = 0, int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        _period = T_max;
                        _lowest = eta_min;
                        step();
                        _stepped = true;
                    }

                    protected override IEnumerable<double> get_lr()
                    {
                        if (LastEpoch == 0)
                        {
                            return Times(1);
                        }

                        if (!_stepped)
                        {
                            return get_closed_form_lr();
                        }

                        if ((LastEpoch - 1 - _period) % (2 * _period) == 0)
                        {
                            return Groups.Select((group, i) => group.LearningRate + ((BaseRates[i] - _lowest) * (1 - Math.Cos(Math.PI / _period)) / 2));
                        }

                        var factor = (1 + Math.Cos(Math.PI * LastEpoch / _period)) / (1 + Math.Cos(Math.PI * (LastEpoch - 1) / _period));
                        return Groups.Select(group => (factor * (group.LearningRate - _lowest)) + _lowest);
                    }

                    protected override IEnumerable<double> get_closed_form_lr()
                        => BaseRates.Select(rate => _lowest + ((rate - _lowest) * (1 + Math.Cos(Math.PI * LastEpoch / _period)) / 2));
                }

                /// <summary>A straight line from start_factor to end_factor times the first rate.</summary>
                public class LinearLR : LRScheduler
                {
                    private readonly double _start;
                    private readonly double _end;
                    private readonly int _total;

                    public LinearLR(Optimizer optimizer, double start_factor = 1.0 / 3, double end_factor = 1.0, int total_iters = 5, int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        if (start_factor is not (> 0 and <= 1))
                        {
                            throw new ArgumentException("Starting multiplicative factor expected to be greater than 0 and at most 1.", nameof(start_factor));
                        }

                        if (end_factor is not (>= 0 and <= 1))
                        {
                            throw new ArgumentException("Ending multiplicative factor expected to be between 0 and 1.", nameof(end_factor));
                        }

                        _start = start_factor;
                        _end = end_factor;
                        _total = total_iters;
                        step();
                    }

                    protected override IEnumerable<double> get_lr()
                    {
                        if (LastEpoch == 0)
                        {
                            return Times(_start);
                        }

                        var slope = _end - _start;
                        return Times(LastEpoch > _total ? 1 : 1 + (slope / ((_total * _start) + ((LastEpoch - 1) * slope))));
                    }

                    protected override IEnumerable<double> get_closed_form_lr()
                        => BaseTimes(_start + ((_end - _start) * Math.Min(_total, LastEpoch) / _total));
                }

                /// <summary>factor times the first rate until total_iters, then the first rate.</summary>
                public class ConstantLR : LRScheduler
                {
                    private readonly double _factor;
                    private readonly int _total;

                    public ConstantLR(Optimizer optimizer, double factor = 1.0 / 3, int total_iters = 5, int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        if (factor is not (> 0 and <= 1))
                        {
                            throw new ArgumentException("Constant multiplicative factor expected to be greater than 0 and at most 1.", nameof(factor));
                        }

                        _factor = factor;
                        _total = total_iters;
                        step();
                    }

                    protected override IEnumerable<double> get_lr()
                        => Times(LastEpoch == 0 ? _factor : LastEpoch == _total ? 1 / _factor : 1);

                    protected override IEnumerable<double> get_closed_form_lr() => BaseTimes(LastEpoch >= _total ? 1 : _factor);
                }

                /// <summary>A power of the part of total_iters that is left.</summary>
                public class PolynomialLR : LRScheduler
                {
                    private readonly int _total;
                    private readonly double _power;

                    public PolynomialLR(Optimizer optimizer, int total_iters = 5, double power = 1, int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        _total = total_iters;
                        _power = power;
                        step();
                    }

                    protected override IEnumerable<double> get_lr()
                        => Times(LastEpoch == 0 || LastEpoch > _total ? 1 : Math.Pow((1 - ((double)LastEpoch / _total)) / (1 - ((double)(LastEpoch - 1) / _total)), _power));

                    protected override IEnumerable<double> get_closed_form_lr()
                        => BaseTimes(Math.Pow(1 - ((double)Math.Min(_total, LastEpoch) / _total), _power));
                }
            }
        }
    }
}
