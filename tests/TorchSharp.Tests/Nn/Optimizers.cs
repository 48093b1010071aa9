using System.Text.Json;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Tests.Nn;

/// <summary>Optimizers from the settings of golden files, which are named as PyTorch names them.</summary>
internal static class Optimizers
{
    internal static OptimizerHelper Make(string name, IEnumerable<Parameter> parameters, JsonElement settings)
    {
        double Number(string setting, double otherwise) => settings.TryGetProperty(setting, out var value) ? value.GetDouble() : otherwise;
        bool Flag(string setting) => settings.TryGetProperty(setting, out var value) && value.GetBoolean();
        var betas = settings.TryGetProperty("betas", out var both) ? both.Doubles() : [.9, .999];
        return name switch
        {
            "SGD" => optim.SGD(parameters, Number("lr", double.NaN), Number("momentum", 0), Number("dampening", 0), Number("weight_decay", 0), Flag("nesterov"), Flag("maximize")),
            "Adam" => optim.Adam(parameters, Number("lr", 1e-3), betas[0], betas[1], Number("eps", 1e-8), Number("weight_decay", 0), Flag("amsgrad"), Flag("maximize")),
            "AdamW" => optim.AdamW(parameters, Number("lr", 1e-3), betas[0], betas[1], Number("eps", 1e-8), Number("weight_decay", 0), Flag("amsgrad"), Flag("maximize")),
            "RMSProp" => optim.RMSProp(parameters, Number("lr", 1e-2), Number("alpha", .99), Number("eps", 1e-8), Number("weight_decay", 0), Number("momentum", 0), Flag("centered"), Flag("maximize")),
            _ => throw new InvalidDataException($"No test knows the optimizer {name}."),
        };
    }

    /// <summary>A group with a rate of its own, the rest as the optimizer has it.</summary>
    internal static ParamGroup Group(OptimizerHelper optimizer, IEnumerable<Parameter> parameters, double lr) => optimizer switch
    {
        SGD => new SGD.ParamGroup(parameters, new SGD.Options { LearningRate = lr }),
        Adam => new Adam.ParamGroup(parameters, new Adam.Options { LearningRate = lr }),
        AdamW => new AdamW.ParamGroup(parameters, new AdamW.Options { LearningRate = lr }),
        RMSProp => new RMSProp.ParamGroup(parameters, new RMSProp.Options { LearningRate = lr }),
        _ => throw new InvalidDataException($"No test knows the optimizer {optimizer.GetType()}."),
    };
}
