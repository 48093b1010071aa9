using Microsoft.DotNet.Interactive;

namespace CovidNotebooks.Kernel.Session;

/// <summary>
/// What a library that knows no notebook may find in <see cref="AppContext"/>: the running cell's cancellation, and a place to say how lost
/// work is found again. Both are of types of the base library, so that neither side references the other.
/// </summary>
internal static class HostServices
{
    /// <summary>Holds a <c>Func&lt;CancellationToken&gt;</c>: the token of the cell that the caller runs in.</summary>
    public const string Cancellation = "CovidNotebooks.CellCancellation";

    /// <summary>
    /// Holds an <c>Action&lt;string&gt;</c>: takes a sentence such as "The training's checkpoint is …", to be shown when the process dies
    /// in this cell.
    /// </summary>
    public const string RecoveryNote = "CovidNotebooks.CellRecoveryNote";

    public static void Install()
    {
        AppContext.SetData(Cancellation, static () => KernelInvocationContext.Current?.CancellationToken ?? CancellationToken.None);
        AppContext.SetData(RecoveryNote, static (string note) => KernelInvocationContext.Current?.Session.Emit(new RecoveryNoted(note)));
    }
}
