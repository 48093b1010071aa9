namespace TorchSharp.Modules;

/// <summary>Settings of one group of parameters; what is not set comes from the optimizer.</summary>
public class OptimizerOptions
{
    public double? LearningRate { get; set; }

    public double InitialLearningRate { get; set; }

    public virtual void SaveStateDict(BinaryWriter writer)
    {
        writer.Write(InitialLearningRate);
        writer.Write(LearningRate!.Value);
    }

    public virtual void LoadStateDict(BinaryReader reader)
    {
        InitialLearningRate = reader.ReadDouble();
        LearningRate = reader.ReadDouble();
    }

    public virtual void LoadStateDict(OptimizerOptions source)
    {
        InitialLearningRate = source.InitialLearningRate;
        LearningRate = source.LearningRate;
    }

    internal virtual OptimizerOptions Blank() => new();

    private protected static T Same<T>(OptimizerOptions source)
        where T : OptimizerOptions
        => source as T ?? throw new ArgumentException($"Invalid optimizer state -- expected {typeof(T).DeclaringType?.Name} settings, but found those of {source.GetType().DeclaringType?.Name}.");
}
