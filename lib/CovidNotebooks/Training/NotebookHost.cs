namespace CovidNotebooks.Training;

/// <summary>
/// What the program that runs the code offers, if it does: found by name in <see cref="AppContext"/>, in types of the base library, so that
/// the library references no notebook. <c>lib/Kernel</c> offers both; elsewhere nothing happens here.
/// </summary>
internal static class NotebookHost
{
    /// <summary>Signalled when the person interrupts the cell that this runs in.</summary>
    public static CancellationToken Cancellation =>
        AppContext.GetData("CovidNotebooks.CellCancellation") is Func<CancellationToken> cell ? cell() : CancellationToken.None;

    /// <summary>Says how the work of this cell is found again if the process dies in it.</summary>
    /// <param name="text">A sentence for people.</param>
    public static void NoteRecovery(string text) => (AppContext.GetData("CovidNotebooks.CellRecoveryNote") as Action<string>)?.Invoke(text);
}
