using System.Globalization;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using CovidNotebooks.Kernel.Jupyter.Requests;
using CovidNotebooks.Kernel.Jupyter.Wire;
using CovidNotebooks.Kernel.Session;

namespace CovidNotebooks.Kernel.Jupyter;

/// <summary>Runs the cells that clients send, one after another, and answers each.</summary>
internal sealed class CellExecutor(CSharpSession session, MessageSender sender, JupyterKernelOptions options)
{
    private readonly Channel<JupyterMessage> queue = Channel.CreateUnbounded<JupyterMessage>(
        new UnboundedChannelOptions { SingleReader = true });
    private readonly Lock gate = new();
    private CancellationTokenSource? interrupt;
    private volatile JupyterMessage? running;
    private int count;

    public KernelHistory History { get; } = new();

    /// <summary>The request whose cell runs; null when none does.</summary>
    public JupyterMessage? Running => running;

    public void Start() => _ = Task.Run(RunAllAsync);

    public void Enqueue(JupyterMessage request) => queue.Writer.TryWrite(request);

    public void Stop()
    {
        queue.Writer.TryComplete();
        Interrupt();
    }

    public void Interrupt()
    {
        lock (gate)
        {
            if (this.interrupt is { IsCancellationRequested: false } interrupt)
            {
                _ = Task.Run(interrupt.Cancel);
                _ = TellThatItRunsAsync(running);
            }
        }
    }

    /// <summary>Says once more that the kernel is busy, where a cell runs; never behind the cell's own idle.</summary>
    public void RepeatBusy()
    {
        lock (gate)
        {
            if (this.running is { } running)
            {
                sender.PublishStatus("busy", running.Header);
            }
        }
    }

    private static string Label(int number) => "cell " + number.ToString(CultureInfo.InvariantCulture);

    private async Task TellThatItRunsAsync(JupyterMessage? request)
    {
        await Task.Delay(options.InterruptNotice).ConfigureAwait(false);
        if (request is not null && ReferenceEquals(running, request))
        {
            const string Notice =
                "The interrupt has not stopped the cell yet: it is in code that asks no token and waits for nothing, such as a "
                + "library's own loop or native code. "
                + "It ends at the cell's next statement that does; 'Restart' ends it at once, with all variables.\n";
            sender.Publish("stream", new JsonObject { ["name"] = "stderr", ["text"] = Notice }, request.Header);
        }
    }

    private async Task RunAllAsync()
    {
        await foreach (var request in queue.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            sender.PublishStatus("busy", request.Header);
            JsonObject reply;
            try
            {
                reply = await RunAsync(request).ConfigureAwait(false);
            }
            catch (Exception problem) when (problem is not OutOfMemoryException)
            {
                reply = RequestHandlers.Error(
                    problem is RequestException ? "BadRequest" : problem.GetType().Name, problem.Message, [problem.Message]);
                reply["execution_count"] = count;
            }

            var aborted = (string?)reply["status"] == "error" && request.Content["stop_on_error"]?.ToString() != "false" ? TakeWaiting()
                : [];
            sender.Reply(KernelChannel.Shell, request, reply);
            sender.PublishStatus("idle", request.Header);
            foreach (var waiting in aborted)
            {
                sender.PublishStatus("busy", waiting.Header);
                sender.Reply(KernelChannel.Shell, waiting, new JsonObject { ["status"] = "aborted", ["execution_count"] = count });
                sender.PublishStatus("idle", waiting.Header);
            }
        }
    }

    /// <summary>The cells that were sent before the one that failed was answered: they count on what it did.</summary>
    private List<JupyterMessage> TakeWaiting()
    {
        var waiting = new List<JupyterMessage>();
        while (queue.Reader.TryRead(out var request))
        {
            waiting.Add(request);
        }

        return waiting;
    }

    private async Task<JsonObject> RunAsync(JupyterMessage request)
    {
        var code = request.Text("code");
        var silent = request.Flag("silent", otherwise: false);
        var stored = request.Flag("store_history", otherwise: true) && !silent;
        var number = count + 1;
        if (stored)
        {
            count = number;
            History.Add(number, code);
        }

        if (!silent)
        {
            sender.Publish("execute_input", new JsonObject { ["code"] = code, ["execution_count"] = number }, request.Header);
        }

        using var ending = new CancellationTokenSource();
        var output = new CellOutput(sender, request, number, silent, options);
        lock (gate)
        {
            (interrupt, running) = (ending, request);
        }

        options.Watcher?.Started(request, number);
        CellResult result;
        JsonObject expressions;
        try
        {
            var kernel = request.Metadata["kernelName"]?.ToString() is "markdown" or "html" or "javascript"
                ? request.Metadata["kernelName"]!.ToString()
                : "csharp";
            result = await session.RunAsync(code, output.Put, kernel, Label(number), ending.Token).ConfigureAwait(false);
            await output.CloseAsync().ConfigureAwait(false);
            expressions = result.Error is null ? await EvaluateAsync(request, ending.Token).ConfigureAwait(false) : [];
        }
        finally
        {
            lock (gate)
            {
                (interrupt, running) = (null, null);
            }

            options.Watcher?.Ended();
        }

        var reply = result.Error is { } error ? CellOutput.Error(error, code, Label(number))
            : new JsonObject { ["status"] = "ok", ["payload"] = new JsonArray(), ["user_expressions"] = expressions };
        reply["execution_count"] = number;
        return reply;
    }

    private async Task<JsonObject> EvaluateAsync(JupyterMessage request, CancellationToken cancellationToken)
    {
        var answers = new JsonObject();
        foreach (var (name, expression) in request.Content["user_expressions"] as JsonObject ?? [])
        {
            ValueReturned? value = null;
            var result = await session.RunAsync(
                expression?.ToString() ?? "null",
                output => value = output as ValueReturned ?? value,
                label: "user expression " + name,
                cancellationToken: cancellationToken).ConfigureAwait(false);
            answers[name] = result.Error is { } error
                ? RequestHandlers.Error(error.Name, error.Message, error.Traceback)
                : new JsonObject
                {
                    ["status"] = "ok",
                    ["data"] = value is null ? new JsonObject() : CellOutput.Data(value.Bundle),
                    ["metadata"] = new JsonObject(),
                };
        }

        return answers;
    }
}
