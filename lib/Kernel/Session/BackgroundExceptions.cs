using System.Runtime.ExceptionServices;
using Microsoft.DotNet.Interactive;

namespace CovidNotebooks.Kernel.Session;

/// <summary>
/// An exception that nobody catches on a thread that a cell started goes to the cell's standard error instead of ending the process.
/// </summary>
internal static class BackgroundExceptions
{
    private static int Installed;

    public static void Install()
    {
        if (Interlocked.Exchange(ref Installed, 1) != 0)
        {
            return;
        }

        try
        {
            ExceptionHandling.SetUnhandledExceptionHandler(Report);
        }
        catch (InvalidOperationException)
        {
            // The process has a handler of its own, and there can be one only: it decides.
        }
    }

    private static bool Report(Exception exception)
    {
        if (KernelInvocationContext.Current is not { } cell)
        {
            return false;
        }

        if (exception is not OperationCanceledException || !cell.CancellationToken.IsCancellationRequested)
        {
            cell.Session.EmitNowOrNext(
                new StreamWritten(
                    CellStream.Error, $"A thread that the cell started ended in an exception that nothing caught:\n{exception}\n"));
        }

        return true;
    }
}
