namespace CovidNotebooks.Audit;

/// <summary>What an audit can say of a question.</summary>
public enum AuditState
{
    /// <summary>It was looked at, and nothing was found.</summary>
    Clean,

    /// <summary>Something was found.</summary>
    Found,

    /// <summary>It could not be looked at, in whole or in part, and nothing was found in the rest.</summary>
    NotKnown,
}

/// <summary>One question of an audit and its answer.</summary>
/// <param name="Question">What was looked for.</param>
/// <param name="State">The answer.</param>
/// <param name="Count">How much was found.</param>
/// <param name="Detail">An example of what was found, or why the answer is not known; empty for a clean one.</param>
public sealed record AuditCheck(string Question, AuditState State, int Count, string Detail)
{
    /// <summary>
    /// The answer from what was found and what could not be looked at: finding something weighs more than not having seen all.
    /// </summary>
    /// <param name="question">What was looked for.</param>
    /// <param name="count">How much was found.</param>
    /// <param name="example">An example of it.</param>
    /// <param name="unknown">What could not be looked at, or null.</param>
    public static AuditCheck Of(string question, int count, string? example, string? unknown = null) =>
        count > 0 ? new AuditCheck(question, AuditState.Found, count, unknown is null ? example ?? "" : $"{example}; {unknown}")
        : unknown is not null ? new AuditCheck(question, AuditState.NotKnown, 0, unknown)
        : new AuditCheck(question, AuditState.Clean, 0, "");

    /// <summary>Of several answers: found, where any is; else not known, where any is; else clean.</summary>
    public static AuditState Overall(IReadOnlyCollection<AuditCheck> checks) =>
        checks.Any(check => check.State == AuditState.Found) ? AuditState.Found
        : checks.Any(check => check.State == AuditState.NotKnown) ? AuditState.NotKnown
        : AuditState.Clean;

    /// <summary>An answer in words.</summary>
    public static string Words(AuditState state) => state switch
    {
        AuditState.Clean => "clean",
        AuditState.Found => "found",
        _ => "not known",
    };
}
