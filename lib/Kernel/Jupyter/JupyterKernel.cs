using System.Text.Json.Nodes;
using System.Threading.Channels;
using CovidNotebooks.Kernel.Jupyter.Requests;
using CovidNotebooks.Kernel.Jupyter.Wire;
using CovidNotebooks.Kernel.Session;
using NetMQ;

namespace CovidNotebooks.Kernel.Jupyter;

/// <summary>A Jupyter kernel for C#: the session that <c>kit run</c> uses, behind the sockets of a connection file.</summary>
/// <remarks>
/// Source: "Messaging in Jupyter" 5.4. Cells run one after another; questions about code are answered while a cell runs. One kernel a
/// process: a session owns the console and the formatters.
/// </remarks>
public sealed class JupyterKernel : IAsyncDisposable
{
    private readonly MessageCodec codec;
    private readonly KernelSockets sockets;
    private readonly MessageSender sender;
    private readonly CellExecutor executor;
    private readonly InputRequests inputs;
    private readonly RequestHandlers handlers;
    private readonly JupyterKernelOptions options;
    private readonly Channel<(
        KernelChannel Channel, JupyterMessage Message)> questions = Channel.CreateUnbounded<(KernelChannel, JupyterMessage)>();
    private readonly TaskCompletionSource<bool> shutdown = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task answering;

    /// <summary>Starts a kernel; it serves at once.</summary>
    /// <param name="connection">Where it listens.</param>
    /// <param name="options">Its settings.</param>
    /// <exception cref="ConnectionException">It cannot listen there.</exception>
    public JupyterKernel(ConnectionInfo connection, JupyterKernelOptions options)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        this.options = options;
        codec = new MessageCodec(connection.Key);
        sender = new MessageSender((channel, message) => sockets!.Send(channel, message), codec, options.Session.Clock);
        inputs = new InputRequests(sender);
        var session = new CSharpSession(options.Session with
        {
            InterruptGrace = Timeout.InfiniteTimeSpan,
            ReadInput = (question, cancellation) => inputs.Ask(executor!.Running, question, cancellation),
        });
        executor = new CellExecutor(session, sender, options);
        handlers = new RequestHandlers(session, executor);
        sockets = new KernelSockets(connection, Receive, options.Log, options.PortPatience);
        sender.PublishStatus("starting", []);
        executor.Start();
        answering = Task.Run(AnswerAllAsync);
    }

    /// <summary>Where the kernel listens.</summary>
    public ConnectionInfo Connection => sockets.Connection;

    /// <summary>Ends when a client asks the kernel to shut down; true = it will be started again.</summary>
    public Task<bool> ShutdownRequested => shutdown.Task;

    /// <summary>Interrupts the cell that runs, if any; its variables stay.</summary>
    public void Interrupt() => executor.Interrupt();

    /// <summary>Stops serving; what has been put out is sent first.</summary>
    public async ValueTask DisposeAsync()
    {
        executor.Stop();
        questions.Writer.TryComplete();
        await answering.ConfigureAwait(false);
        sockets.Dispose();
    }

    /// <summary>Takes a message from the sockets' thread, and never waits.</summary>
    private void Receive(KernelChannel channel, NetMQMessage frames)
    {
        if (channel == KernelChannel.IOPub)
        {
            // A subscription: a 1, then the topic.
            if (frames.First.Buffer is [1, ..] subscription)
            {
                sender.Welcome(subscription[1..frames.First.MessageSize]);
            }

            return;
        }

        if (codec.Decode(frames, out var problem) is not { } message)
        {
            options.Log(problem);
            return;
        }

        switch (channel, message.Type)
        {
            case (KernelChannel.Stdin, "input_reply"):
                inputs.Answer(message);
                break;
            case (KernelChannel.Shell, "execute_request"):
                executor.Enqueue(message);
                break;
            case (_, "interrupt_request"):
                Answer(channel, message, _ =>
                {
                    Interrupt();
                    return [];
                });
                break;
            case (_, "shutdown_request"):
                Answer(channel, message, request => new JsonObject { ["restart"] = request.Flag("restart", otherwise: false) });
                options.Watcher?.ShuttingDown();
                executor.Interrupt();
                shutdown.TrySetResult(message.Content["restart"]?.ToString() == "true");
                break;
            case (KernelChannel.Shell or KernelChannel.Control, _):
                questions.Writer.TryWrite((channel, message));
                break;
            default:
                break;
        }
    }

    private async Task AnswerAllAsync()
    {
        await foreach (var (channel, message) in questions.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            if (message.Type is "comm_open" or "comm_msg" or "comm_close")
            {
                RefuseComm(message);
            }
            else if (message.Type.EndsWith("_request", StringComparison.Ordinal))
            {
                Answer(channel, message, handlers.Find(message.Type));
            }
            else
            {
                options.Log($"a message of type {message.Type} was ignored");
            }
        }
    }

    /// <summary>No widget lives in this kernel: a comm that is opened is closed, as the protocol wants it.</summary>
    private void RefuseComm(JupyterMessage message)
    {
        sender.PublishStatus("busy", message.Header);
        if (message.Type == "comm_open")
        {
            sender.Publish(
                "comm_close",
                new JsonObject { ["comm_id"] = message.Content["comm_id"]?.DeepClone(), ["data"] = new JsonObject() },
                message.Header);
        }

        Idle(message);
    }

    private void Answer(KernelChannel channel, JupyterMessage request, Func<JupyterMessage, JsonObject> answer)
    {
        sender.PublishStatus("busy", request.Header);
        JsonObject content;
        try
        {
            content = answer(request);
            content["status"] ??= "ok";
        }
        catch (Exception problem) when (problem is not OutOfMemoryException)
        {
            // A question that cannot be answered must not end the kernel.
            content = RequestHandlers.Error(
                problem is RequestException ? "BadRequest" : problem.GetType().Name, problem.Message, [problem.Message]);
            options.Log($"{request.Type}: {problem}");
        }

        sender.Reply(channel, request, content);
        Idle(request);
    }

    /// <summary>Done with a question; where a cell runs meanwhile, clients are told that the kernel as a whole is still busy.</summary>
    private void Idle(JupyterMessage request)
    {
        sender.PublishStatus("idle", request.Header);
        executor.RepeatBusy();
    }
}
