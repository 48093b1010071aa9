namespace Tests.Training;

/// <summary>Tests that train share torch's default random generator: they run one after another.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class SharedGenerator
{
    public const string Name = "torch's default generator";
}
