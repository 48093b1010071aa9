using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tests.Shared;

namespace Tests.Notebooks.RealKernel;

/// <summary>
/// The .NET Interactive of the tool manifest, driven over its standard input and output: one JSON command a line goes in, one JSON event a
/// line comes out. Two of them that start at once collide on a port, so each gets a range of its own, and tests start one after another.
/// </summary>
internal sealed class RealKernelProcess : IDisposable
{
    private static readonly Lazy<string?> Restored = new(Restore);
    private readonly Process process;
    private readonly BlockingCollection<JsonObject> events = [];
    private readonly ConcurrentQueue<string> notes = [];
    private readonly DirectoryInfo temporary = Directory.CreateTempSubdirectory("real-kernel-");
    private int commands;

    private RealKernelProcess(string workingDirectory)
    {
        var port = FreePorts.Take(21);
        process = Dotnet(
            temporary.FullName,
            "tool", "run", "dotnet-interactive", "--", "stdio", "--working-dir", workingDirectory,
            "--http-port-range", string.Create(CultureInfo.InvariantCulture, $"{port}-{port + 20}"));
        _ = Task.Run(() => Read(process.StandardOutput));
        process.ErrorDataReceived += (_, line) => Note(line.Data);
        process.BeginErrorReadLine();
    }

    /// <summary>Why the tool cannot be had on this machine; null where it can.</summary>
    public static string? WhyNot => Restored.Value;

    /// <summary>Starts a kernel whose cells run in a folder.</summary>
    public static RealKernelProcess Start(string workingDirectory)
    {
        var kernel = new RealKernelProcess(workingDirectory);
        try
        {
            // Half a second on a quiet machine, a minute on one that builds ten projects.
            kernel.Await(received => Type(received) == "KernelReady", TimeSpan.FromMinutes(5), "did not start");
            return kernel;
        }
        catch
        {
            kernel.Dispose();
            throw;
        }
    }

    /// <summary>Runs a cell.</summary>
    /// <returns>What it put out, and the message of its failure, or null.</returns>
    public (IReadOnlyList<CellOutput> Outputs, string? Error) Run(string code)
    {
        var token = string.Create(CultureInfo.InvariantCulture, $"cell-{++commands}");
        process.StandardInput.WriteLine(new JsonObject
        {
            ["token"] = token,
            ["commandType"] = "SubmitCode",
            ["command"] = new JsonObject { ["code"] = code, ["targetKernelName"] = "csharp" },
            ["routingSlip"] = new JsonArray(),
        }.ToJsonString());
        process.StandardInput.Flush();
        var outputs = new CellOutputs();
        string? error = null;
        Await(
            received =>
            {
                var own = (string?)received["command"]?["token"] ?? "";
                if (own == token && Type(received) is "CommandSucceeded" or "CommandFailed")
                {
                    error = (string?)received["event"]!["message"];
                    return true;
                }

                if (own == token || own.StartsWith(token + ".", StringComparison.Ordinal))
                {
                    outputs.Add(Type(received), received["event"]!);
                }

                return false;
            },
            TimeSpan.FromMinutes(15),
            "did not end a cell");
        return (outputs.All, error);
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
        }

        process.Dispose();
        events.Dispose();
        temporary.Delete(recursive: true);
    }

    private static string Type(JsonObject received) => (string?)received["eventType"] ?? "";

    private static string? Restore()
    {
        using var restore = Dotnet(Path.GetTempPath(), "tool", "restore");
        var text = restore.StandardOutput.ReadToEndAsync();
        var error = restore.StandardError.ReadToEndAsync();
        if (!restore.WaitForExit(TimeSpan.FromMinutes(5)))
        {
            restore.Kill(entireProcessTree: true);
            return "dotnet tool restore did not end within five minutes";
        }

        return restore.ExitCode == 0 ? null
            : $"the tool of .config/dotnet-tools.json cannot be restored: {(text.Result + error.Result).Trim()}";
    }

    /// <summary>A process whose sockets and pipes lie in a folder that goes with the test: who is killed removes none of them.</summary>
    private static Process Dotnet(string temporary, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["TMPDIR"] = temporary;
        start.Environment["DOTNET_INTERACTIVE_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_INTERACTIVE_SKIP_FIRST_TIME_EXPERIENCE"] = "1";
        return Process.Start(start)!;
    }

    private void Read(StreamReader lines)
    {
        while (lines.ReadLine() is { } line)
        {
            try
            {
                events.Add(JsonNode.Parse(line)!.AsObject());
            }
            catch (Exception exception) when (exception is JsonException or InvalidOperationException)
            {
                Note(line);
            }
        }

        events.CompleteAdding();
    }

    private void Note(string? line)
    {
        if (!string.IsNullOrWhiteSpace(line))
        {
            notes.Enqueue(line);
        }
    }

    private void Await(Func<JsonObject, bool> isLast, TimeSpan limit, string failure)
    {
        using var late = new CancellationTokenSource(limit);
        try
        {
            while (!isLast(events.Take(late.Token)))
            {
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or InvalidOperationException)
        {
            var why = exception is OperationCanceledException ? $"within {limit.TotalMinutes:F0} minutes" : "and has ended";
            throw new InvalidOperationException(
                $".NET Interactive {failure} {why}. Its last words:\n{string.Join('\n', notes.TakeLast(20))}", exception);
        }
    }
}
