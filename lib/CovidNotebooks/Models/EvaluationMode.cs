using static TorchSharp.torch;

namespace CovidNotebooks.Models;

/// <summary>Puts a model into eval mode and, when disposed, each of its layers back into the mode that it was in.</summary>
internal sealed class EvaluationMode : IDisposable
{
    private readonly List<(nn.Module Module, bool WasTraining)> modes;

    public EvaluationMode(nn.Module model)
    {
        modes = [(model, model.training), .. model.named_modules().Select(pair => (pair.module, pair.module.training))];
        model.eval();
    }

    /// <summary>Outer modules come first, so what <c>train</c> does to the inner ones does not last.</summary>
    public void Dispose()
    {
        foreach (var (module, wasTraining) in modes)
        {
            module.train(wasTraining);
        }
    }
}
