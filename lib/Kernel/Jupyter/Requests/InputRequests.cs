using CovidNotebooks.Kernel.Jupyter.Wire;
using CovidNotebooks.Kernel.Session;

namespace CovidNotebooks.Kernel.Jupyter.Requests;

/// <summary>Questions of the running cell to the person at the client that runs it.</summary>
internal sealed class InputRequests(MessageSender sender)
{
    private TaskCompletionSource<string>? waiting;

    /// <summary>Asks and waits, on the cell's thread.</summary>
    /// <exception cref="NotSupportedException">The client does not answer questions.</exception>
    /// <exception cref="OperationCanceledException">The cell was interrupted.</exception>
    public string Ask(JupyterMessage? request, InputQuestion question, CancellationToken cancellationToken)
    {
        if (request is null || !request.Flag("allow_stdin", otherwise: true))
        {
            throw new NotSupportedException(
                $"The cell asks for input (\"{question.Prompt}\"), and the program that runs this notebook does not answer questions "
                    + "(allow_stdin is false). Run the cell in an editor, or make the value a parameter.");
        }

        var answer = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        waiting = answer;
        sender.Ask(request, question.Prompt, question.IsPassword);
        try
        {
            answer.Task.Wait(cancellationToken);
            return answer.Task.Result;
        }
        finally
        {
            waiting = null;
        }
    }

    public void Answer(JupyterMessage reply) => waiting?.TrySetResult(reply.Text("value", ""));
}
