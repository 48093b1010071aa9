using Tests.Shared;

namespace Tests.Notebooks.RealKernel;

/// <summary>A long test that may find out only when it runs that it cannot: where the tool cannot be restored.</summary>
internal sealed class RealKernelFactAttribute : SkippableFactAttribute
{
    public RealKernelFactAttribute() => Skip = LongTests.Reason;
}

/// <summary>A <see cref="RealKernelFactAttribute"/> with data.</summary>
internal sealed class RealKernelTheoryAttribute : SkippableTheoryAttribute
{
    public RealKernelTheoryAttribute() => Skip = LongTests.Reason;
}

/// <summary>Tests that start .NET Interactive, one after another.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class RealKernelCollection
{
    internal const string Name = "the real kernel";
}
