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
    private readonly MessageCodec _codec;
    private readonly KernelSockets _sockets;
    private readonly MessageSender _sender;
    private readonly CellExecutor _executor;
    private readonly InputRequests _inputs;
    private readonly RequestHandlers _handlers;
    private readonly JupyterKernelOptions _options;
    private readonly Channel<(
        KernelChannel Channel, JupyterMessage Message)> _questions = Channel.CreateUnbounded<(KernelChannel, JupyterMessage)>();
    private readonly TaskCompletionSource<bool> _shutdown = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _answering;

    /// <summary>Starts a kernel; it serves at once.</summary>
    /// <param name="connection">Where it listens.</param>
    /// <param name="options">Its settings.</param>
    /// <exception cref="ConnectionException">It cannot listen there.</exception>
    public JupyterKernel(ConnectionInfo connection, JupyterKernelOptions options)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
        _codec = new MessageCodec(connection.Key);
        _sender = new MessageSender((channel, message) => _sockets!.Send(channel, message), _codec, options.Session.Clock);
        _inputs = new InputRequests(_sender);
        var session = new CSharpSession(options.Session with
        {
            InterruptGrace = Timeout.InfiniteTimeSpan,
            ReadInput = (question, cancellation) => _inputs.Ask(_executor!.Running, question, cancellation),
        });
        _executor = new CellExecutor(session, _sender, options);
        _handlers = new RequestHandlers(session, _executor);
        _sockets = new KernelSockets(connection, Receive, options.Log, options.PortPatience);
        _sender.PublishStatus("starting", []);
        _executor.Start();
        _answering = Task.Run(AnswerAllAsync);
    }

    /// <summary>Where the kernel listens.</summary>
    public ConnectionInfo Connection => _sockets.Connection;

    /// <summary>Ends when a client asks the kernel to shut down; true = it will be started again.</summary>
    public Task<bool> ShutdownRequested => _shutdown.Task;

    /// <summary>Interrupts the cell that runs, if any; its variables stay.</summary>
    public void Interrupt() => _executor.Interrupt();

    /// <summary>Stops serving; what has been put out is sent first.</summary>
    public async ValueTask DisposeAsync()
    {
        _executor.Stop();
        _questions.Writer.TryComplete();
        await _answering.ConfigureAwait(false);
        _sockets.Dispose();
    }

    /// <summary>Takes a message from the sockets' thread, and never waits.</summary>
    private void Receive(KernelChannel channel, NetMQMessage frames)
    {
        if (channel == KernelChannel.IOPub)
        {
            // A subscription: a 1, then the topic.
            if (frames.First.Buffer is [1, ..] subscription)
            {
                _sender.Welcome(subscription[1..frames.First.MessageSize]);
            }

            return;
        }

        if (_codec.Decode(frames, out var problem) is not { } message)
        {
            _options.Log(problem);
            return;
        }

        switch (channel, message.Type)
        {
            case (KernelChannel.Stdin, "input_reply"):
                _inputs.Answer(message);
                break;
            case (KernelChannel.Shell, "execute_request"):
                _executor.Enqueue(message);
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
                _options.Watcher?.ShuttingDown();
                _executor.Interrupt();
                _shutdown.TrySetResult(message.Content["restart"]?.ToString() == "true");
                break;
            case (KernelChannel.Shell or KernelChannel.Control, _):
                _questions.Writer.TryWrite((channel, message));
                break;
            default:
                break;
        }
    }

    private async Task AnswerAllAsync()
    {
        await foreach (var (channel, message) in _questions.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            if (message.Type is "comm_open" or "comm_msg" or "comm_close")
            {
                RefuseComm(message);
            }
            else if (message.Type.EndsWith("_request", StringComparison.Ordinal))
            {
                Answer(channel, message, _handlers.Find(message.Type));
            }
            else
            {
                _options.Log($"a message of type {message.Type} was ignored");
            }
        }
    }

    /// <summary>No widget lives in this kernel: a comm that is opened is closed, as the protocol wants it.</summary>
    private void RefuseComm(JupyterMessage message)
    {
        _sender.PublishStatus("busy", message.Header);
        if (message.Type == "comm_open")
        {
            _sender.Publish(
                "comm_close",
                new JsonObject { ["comm_id"] = message.Content["comm_id"]?.DeepClone(), ["data"] = new JsonObject() },
                message.Header);
        }

        Idle(message);
    }

    private void Answer(KernelChannel channel, JupyterMessage request, Func<JupyterMessage, JsonObject> answer)
    {
        _sender.PublishStatus("busy", request.Header);
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
            _options.Log($"{request.Type}: {problem}");
        }

        _sender.Reply(channel, request, content);
        Idle(request);
    }

    /// <summary>Done with a question; where a cell runs meanwhile, clients are told that the kernel as a whole is still busy.</summary>
    private void Idle(JupyterMessage request)
    {
        _sender.PublishStatus("idle", request.Header);
        _executor.RepeatBusy();
    }
}
