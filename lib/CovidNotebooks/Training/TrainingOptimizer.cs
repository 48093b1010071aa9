using TorchSharp.Modules;
using static TorchSharp.torch;

namespace CovidNotebooks.Training;

/// <summary>
/// Moves parameters along their gradients. Its whole state can be read and put back, so that a resumed training goes on bit for bit.
/// </summary>
public abstract class TrainingOptimizer : IDisposable
{
    private readonly Dictionary<string, Tensor> state = new(StringComparer.Ordinal);
    private readonly Dictionary<string, double> factors = new(StringComparer.Ordinal);

    /// <summary>Takes the parameters that have gradients.</summary>
    /// <param name="learningRate">The rate to begin with.</param>
    /// <param name="parameters">Names and parameters of the model, in its order.</param>
    /// <exception cref="ArgumentException">All parameters are frozen.</exception>
    protected TrainingOptimizer(double learningRate, IEnumerable<(string Name, Parameter Parameter)> parameters)
    {
        LearningRate = learningRate;
        Parameters = [.. parameters.Where(pair => pair.Parameter.requires_grad)];
        if (Parameters.Count == 0)
        {
            throw new ArgumentException(
                "No parameter can be trained: the model has none or all are frozen. Unfreeze a layer first.", nameof(parameters));
        }
    }

    /// <summary>What is trained, by name.</summary>
    public IReadOnlyList<(string Name, Parameter Parameter)> Parameters { get; }

    /// <summary>The learning rate that was set, before a decay a batch.</summary>
    public double LearningRate { get; set; }

    /// <summary>The learning rate of the next update.</summary>
    public virtual double CurrentLearningRate => LearningRate;

    /// <summary>Updates done so far.</summary>
    public long Iterations { get; private set; }

    /// <summary>The optimiser's own tensors by name; they are the living ones, not copies.</summary>
    public IReadOnlyDictionary<string, Tensor> State => state;

    /// <summary>Updates every parameter that has a gradient.</summary>
    public void Step()
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        var rate = LearningRate;
        try
        {
            foreach (var (name, parameter) in Parameters)
            {
                if (ParameterGradient.Of(parameter) is { } gradient)
                {
                    LearningRate = rate * factors.GetValueOrDefault(name, 1);
                    Update(name, parameter, gradient);
                }
            }
        }
        finally
        {
            LearningRate = rate;
        }

        Iterations++;
    }

    /// <summary>Gives the parameters of some layers rates of their own.</summary>
    /// <param name="rates">The layers; of several that fit a parameter, the longest name counts.</param>
    /// <exception cref="ArgumentException">A layer has no parameter that is trained.</exception>
    internal void SetLayerRates(IReadOnlyList<LayerRate> rates)
    {
        factors.Clear();
        foreach (var (layer, factor) in rates.OrderBy(rate => rate.Layer.Length))
        {
            var own = Parameters.Where(pair => pair.Name.StartsWith(layer + ".", StringComparison.Ordinal)).Select(pair => pair.Name)
                .ToArray();
            if (own.Length == 0)
            {
                var layers = Parameters.Select(pair => pair.Name[..pair.Name.LastIndexOf('.')]).Distinct(StringComparer.Ordinal);
                throw new ArgumentException(
                    $"LayerRates names '{layer}', which has no parameter that is trained. Trained are {string.Join(", ", layers)}.",
                    nameof(rates));
            }

            foreach (var name in own)
            {
                factors[name] = factor;
            }
        }
    }

    /// <summary>Puts a state back that <see cref="State"/> and <see cref="Iterations"/> gave.</summary>
    /// <param name="saved">Tensors by name; copied.</param>
    /// <param name="iterations">Updates done when it was saved.</param>
    public void Load(IReadOnlyDictionary<string, Tensor> saved, long iterations)
    {
        FreeState();
        foreach (var (name, tensor) in saved)
        {
            state[name] = tensor.clone().DetachFromDisposeScope();
        }

        Iterations = iterations;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees the state.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            FreeState();
        }
    }

    /// <summary>Updates one parameter in place.</summary>
    protected abstract void Update(string name, Parameter parameter, Tensor gradient);

    /// <summary>A state tensor of a parameter, zeros of its shape at first.</summary>
    /// <param name="slot">What it holds, for example <c>m</c>.</param>
    /// <param name="name">The parameter's name.</param>
    /// <param name="parameter">The parameter.</param>
    protected Tensor Slot(string slot, string name, Parameter parameter)
    {
        var key = $"{slot}/{name}";
        if (!state.TryGetValue(key, out var tensor))
        {
            tensor = zeros_like(parameter).DetachFromDisposeScope();
            state[key] = tensor;
        }

        return tensor;
    }

    /// <summary>Whether a parameter already has a state tensor of this kind.</summary>
    protected bool HasSlot(string slot, string name) => state.ContainsKey($"{slot}/{name}");

    private void FreeState()
    {
        foreach (var tensor in state.Values)
        {
            tensor.Dispose();
        }

        state.Clear();
    }
}
