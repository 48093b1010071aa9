namespace Tests.Shared;

/// <summary>
/// A test that takes minutes: simulations, fuzzing, real trainings, other kernels. It runs with <c>./kit test --long</c>, else it counts as
/// skipped.
/// </summary>
internal sealed class LongFactAttribute : FactAttribute
{
    public LongFactAttribute() => Skip = LongTests.Reason;
}

/// <summary>A <see cref="LongFactAttribute"/> with data.</summary>
internal sealed class LongTheoryAttribute : TheoryAttribute
{
    public LongTheoryAttribute() => Skip = LongTests.Reason;
}

/// <summary>Whether the long tests run.</summary>
internal static class LongTests
{
    /// <summary>Set to 1 by <c>./kit test --long</c>.</summary>
    public const string Variable = "COVIDNOTEBOOKS_LONG_TESTS";

    /// <summary>Why long tests are skipped; null when they run.</summary>
    public static string? Reason =>
        Environment.GetEnvironmentVariable(Variable) == "1" ? null : "takes minutes; run it with ./kit test --long";
}
