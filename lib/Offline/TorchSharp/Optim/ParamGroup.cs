using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Parameters that share their settings.</summary>
public class ParamGroup : optim.ILearningRateController
{
    private OptimizerOptions? _options;
    private IEnumerable<Parameter> _parameters = [];

    public ParamGroup()
    {
    }

    private protected ParamGroup(IEnumerable<Parameter> parameters, OptimizerOptions? options)
    {
        Parameters = parameters;
        _options = options;
    }

    /// <summary>Enumerated once: what comes later is another group.</summary>
    public IEnumerable<Parameter> Parameters
    {
        get => _parameters;
        set => _parameters = [.. value];
    }

    public OptimizerOptions? Options
    {
        get => _options;
        set => _options = value;
    }

    public double LearningRate
    {
        get => _options!.LearningRate!.Value;
        set => _options!.LearningRate = value;
    }

    public double InitialLearningRate
    {
        get => _options!.InitialLearningRate;
        set => _options!.InitialLearningRate = value;
    }
}

/// <summary>Parameters that share their settings, for one kind of optimizer.</summary>
public class ParamGroup<TOptions> : ParamGroup
    where TOptions : OptimizerOptions
{
    public ParamGroup()
    {
    }

    public ParamGroup(IEnumerable<Parameter> parameters, TOptions? options = null)
        : base(parameters, options)
    {
    }

    public new TOptions? Options
    {
        get => (TOptions?)base.Options;
        set => base.Options = value;
    }
}
