using System.Text.Json.Nodes;
using CovidNotebooks.Kernel.Jupyter.Wire;
using CovidNotebooks.Kernel.Language;
using CovidNotebooks.Kernel.Session;

namespace CovidNotebooks.Kernel.Jupyter.Requests;

/// <summary>The answers to all requests but execute, interrupt and shutdown.</summary>
internal sealed class RequestHandlers(CSharpSession session, CellExecutor executor)
{
    private readonly CodeCompletion completion = new(session.Interpreter);
    private readonly CodeInspection inspection = new(session.Interpreter);

    public static JsonObject Error(string name, string message, IEnumerable<string> traceback) => new()
    {
        ["status"] = "error",
        ["ename"] = name,
        ["evalue"] = message,
        ["traceback"] = new JsonArray([.. traceback.Select(line => (JsonNode)line)]),
    };

    public Func<JupyterMessage, JsonObject> Find(string type) => type switch
    {
        "kernel_info_request" => _ => KernelInfo(),
        "is_complete_request" => IsComplete,
        "complete_request" => Complete,
        "inspect_request" => Inspect,
        "history_request" => executor.History.Answer,
        "comm_info_request" => _ => new JsonObject { ["comms"] = new JsonObject() },
        _ => request => throw new RequestException(
            $"This kernel does not know {(request.Type.Length > 60 ? request.Type[..60] + "…" : request.Type)}."),
    };

    private static JsonObject KernelInfo()
    {
        var version = typeof(CSharpSession).Assembly.GetName().Version?.ToString(3) ?? "0";
        return new JsonObject
        {
            ["protocol_version"] = MessageSender.ProtocolVersion,
            ["implementation"] = "CovidNotebooks",
            ["implementation_version"] = version,
            ["language_info"] = new JsonObject
            {
                ["name"] = "C#",
                ["version"] = Environment.Version.ToString(),
                ["mimetype"] = "text/x-csharp",
                ["file_extension"] = ".cs",
                ["pygments_lexer"] = "csharp",
                ["codemirror_mode"] = "text/x-csharp",
            },
            ["banner"] =
                $"CovidNotebooks {version}: C# notebooks on .NET {Environment.Version}. For research and teaching, never for diagnosis.",
            ["debugger"] = false,
            ["help_links"] = new JsonArray(new JsonObject { ["text"] = "C#", ["url"] = "https://learn.microsoft.com/dotnet/csharp/" }),
            ["supported_features"] = new JsonArray(),
        };
    }

    private static JsonObject IsComplete(JupyterMessage request)
    {
        var completeness = CodeCompleteness.Of(request.Text("code"));
        return new JsonObject { ["status"] = completeness.Status, ["indent"] = completeness.Indent };
    }

    private static int Position(JupyterMessage request, string code) =>
        CodePoints.ToIndex(code, request.Number("cursor_pos", int.MaxValue));

    private JsonObject Complete(JupyterMessage request)
    {
        var code = request.Text("code");
        var completions = completion.At(code, Position(request, code));
        var (start, end) = (CodePoints.FromIndex(code, completions.Start), CodePoints.FromIndex(code, completions.End));
        return new JsonObject
        {
            ["matches"] = new JsonArray([.. completions.Items.Select(item => (JsonNode)item.Text)]),
            ["cursor_start"] = start,
            ["cursor_end"] = end,
            ["metadata"] = new JsonObject
            {
                // JupyterLab shows kind and signature beside the name.
                ["_jupyter_types_experimental"] = new JsonArray([.. completions.Items.Select(item => (JsonNode)new JsonObject
                {
                    ["start"] = start,
                    ["end"] = end,
                    ["text"] = item.Text,
                    ["type"] = item.Kind,
                    ["signature"] = item.Signature,
                })]),
            },
        };
    }

    private JsonObject Inspect(JupyterMessage request)
    {
        var code = request.Text("code");
        var text = inspection.At(code, Position(request, code));
        return new JsonObject
        {
            ["found"] = text is not null,
            ["data"] = text is null ? new JsonObject() : new JsonObject { ["text/plain"] = text },
            ["metadata"] = new JsonObject(),
        };
    }
}
