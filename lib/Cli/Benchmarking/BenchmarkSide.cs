using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CovidNotebooks.Cli.Benchmarking;

/// <summary>A process that answers a benchmark's lines: ours or a peer's.</summary>
internal sealed class BenchmarkSide : IDisposable
{
    private readonly Process process;
    private readonly string name;
    private readonly StringBuilder complaints = new();

    private BenchmarkSide(Process process, string name) => (this.process, this.name) = (process, name);

    /// <summary>The version of torch that it named.</summary>
    public string Torch { get; private set; } = string.Empty;

    /// <summary>Seconds from its start until it was ready to train.</summary>
    public double StartSeconds { get; private set; }

    /// <summary>Starts a side and waits until it is ready.</summary>
    /// <param name="name">What it is called in messages.</param>
    /// <param name="command">Program and arguments.</param>
    /// <param name="environment">Variables that it has beside ours.</param>
    /// <param name="clock">Measures its start.</param>
    /// <exception cref="BenchmarkException">It cannot be started, or ended before it was ready.</exception>
    public static BenchmarkSide Start(
        string name, IReadOnlyList<string> command, IReadOnlyDictionary<string, string> environment, TimeProvider clock)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (variable, value) in environment)
        {
            start.Environment[variable] = value;
        }

        var started = clock.GetTimestamp();
        BenchmarkSide side;
        try
        {
            side = new BenchmarkSide(Process.Start(start)!, name);
        }
        catch (Win32Exception problem)
        {
            throw new BenchmarkException($"{name} cannot be started: {problem.Message}");
        }

        try
        {
            side.process.ErrorDataReceived += (_, line) => side.complaints.AppendLine(line.Data);
            side.process.BeginErrorReadLine();
            side.Torch = side.Value(side.Read("torch"), "torch").GetValue<string>();
            side.StartSeconds = clock.GetElapsedTime(started).TotalSeconds;
            return side;
        }
        catch
        {
            side.Dispose();
            throw;
        }
    }

    /// <summary>Asks for an object of numbers.</summary>
    /// <param name="what"><c>epoch</c>, <c>pipeline</c>, <c>model</c>, <c>memory</c> or <c>profile</c>.</param>
    /// <exception cref="BenchmarkException">It ended, or answered something else.</exception>
    public JsonObject Ask(string what)
    {
        try
        {
            process.StandardInput.WriteLine(what);
            process.StandardInput.Flush();
        }
        catch (IOException)
        {
            // It has ended; what it said last is told below.
        }

        return Read(what);
    }

    /// <summary>A number of an answer.</summary>
    /// <exception cref="BenchmarkException">It is not there.</exception>
    public double Number(JsonObject answer, string key) =>
        Value(answer, key).TryGetValue<double>(out var number) ? number
        : throw new BenchmarkException($"{name} answered {answer.ToJsonString()} where a number \"{key}\" was expected.");

    public void Dispose()
    {
        try
        {
            process.StandardInput.Close();
            if (!process.WaitForExit(TimeSpan.FromSeconds(30)))
            {
                process.Kill(entireProcessTree: true);
            }
        }
        catch (Exception ended) when (ended is IOException or InvalidOperationException)
        {
            // It is gone already.
        }

        process.Dispose();
    }

    private JsonValue Value(JsonObject answer, string key) => answer[key] as JsonValue ?? throw new BenchmarkException(
        $"{name} answered {answer.ToJsonString()} where \"{key}\" was expected.");

    private JsonObject Read(string asked)
    {
        if (process.StandardOutput.ReadLine() is not { } line)
        {
            process.WaitForExit();

            // Python names the exception last, .NET before the stack.
            var last = complaints.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .LastOrDefault(line => !line.StartsWith("at ", StringComparison.Ordinal));
            throw new BenchmarkException(
                $"{name} ended (exit code {process.ExitCode}) where an answer to \"{asked}\" was expected"
                    + (last is null ? "." : $": {last}"));
        }

        try
        {
            return JsonNode.Parse(line) as JsonObject ?? throw new JsonException();
        }
        catch (JsonException)
        {
            throw new BenchmarkException($"{name} answered '{line}' to \"{asked}\"; expected a JSON object in one line.");
        }
    }
}

/// <summary>A benchmark cannot be done; the message is a sentence for the user.</summary>
internal sealed class BenchmarkException(string message) : Exception(message);
