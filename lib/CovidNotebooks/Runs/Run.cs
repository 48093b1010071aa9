using System.Text;
using System.Text.Json;
using CovidNotebooks.Audit;
using CovidNotebooks.Evaluation;
using CovidNotebooks.Recording;

namespace CovidNotebooks.Runs;

/// <summary>A run that is being written: a folder of plain files of its own. Its members may be called from any thread.</summary>
/// <remarks>
/// <c>run.json</c> is written beside itself and renamed, <c>metrics.jsonl</c> is only appended to. A timer renews the heartbeat,
/// so that a run whose process died is shown as dead. Made by <see cref="RunStore.Create"/>.
/// </remarks>
public sealed class Run : IDisposable
{
    private static readonly TimeSpan HeartbeatPeriod = TimeSpan.FromSeconds(30);

    private readonly Lock gate = new();
    private readonly TimeProvider clock;
    private readonly ITimer heartbeat;
    private RunDocument document;
    private int metricLines;

    internal Run(string folder, RunDocument document, TimeProvider clock)
    {
        Folder = folder;
        this.document = document;
        this.clock = clock;
        WriteDocument();
        heartbeat = clock.CreateTimer(_ => Beat(), null, HeartbeatPeriod, HeartbeatPeriod);
    }

    /// <summary>The name of the run's folder; unique in its store.</summary>
    public string Id => document.Id;

    /// <summary>The name that it was created with.</summary>
    public string Name => document.Name;

    /// <summary>The run's folder.</summary>
    public string Folder { get; }

    /// <summary><see cref="RunStatus.Running"/> until <see cref="Finish"/> or <see cref="Fail"/>.</summary>
    public RunStatus Status => document.Status;

    /// <summary>Its settings so far.</summary>
    public IReadOnlyDictionary<string, object?> Parameters => document.Parameters;

    /// <summary>The time from its start until it ended, or until now.</summary>
    public TimeSpan Elapsed => (document.Ended ?? clock.GetUtcNow()) - document.Started;

    /// <summary>The path of a file inside the run's folder.</summary>
    /// <exception cref="ArgumentException">The name leaves the folder.</exception>
    public string PathOf(string fileName) =>
        fileName.Length > 0
            && string.Equals(Path.GetFileName(fileName), fileName, StringComparison.Ordinal)
            && fileName is not ("." or "..")
            ? Path.Combine(Folder, fileName)
            : throw new ArgumentException(
                $"'{fileName}' is not the name of a file inside a run's folder. "
                    + "Give a name without folders, for example 'model.safetensors'.",
                nameof(fileName));

    /// <summary>Appends one line to <c>metrics.jsonl</c>.</summary>
    /// <param name="step">Usually the epoch, from 1.</param>
    /// <param name="values">Names and numbers.</param>
    public void LogMetrics(int step, IReadOnlyDictionary<string, double> values)
    {
        var row = new MetricRow(step, clock.GetUtcNow(), values);
        var line = Encoding.UTF8.GetBytes(JsonSerializer.Serialize(row, RunDocument.OneLine) + "\n");
        lock (gate)
        {
            RefuseWhenEnded();
            using var stream = new FileStream(PathOf(RunDocument.MetricsFileName), FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
            stream.Write(line);
            metricLines++;
        }
    }

    /// <summary>Writes <c>predictions.csv</c>; a second call replaces the first.</summary>
    public void Save(Predictions predictions) => Save(RunDocument.PredictionsFileName, path => PredictionsFile.Write(path, predictions));

    /// <summary>Writes <c>audit.json</c>; a second call replaces the first.</summary>
    public void Save(AuditRecord audit)
    {
        ArgumentNullException.ThrowIfNull(audit);
        Save(RunDocument.AuditFileName, audit.Write);
    }

    /// <summary>Writes a file of the run beside its target, renames it, and notes its length and checksum in <c>run.json</c>.</summary>
    /// <param name="fileName">For example <c>model.safetensors</c>.</param>
    /// <param name="write">Writes the file at the path that it is given.</param>
    public void Save(string fileName, Action<string> write)
    {
        var target = PathOf(fileName);
        var temporary = target + ".part";
        write(temporary);
        var file = RunFile.Of(temporary);
        lock (gate)
        {
            RefuseWhenEnded();
            File.Move(temporary, target, overwrite: true);
            document = document with
            {
                Files = new Dictionary<string, RunFile>(document.Files, StringComparer.Ordinal) { [fileName] = file },
            };
            WriteDocument();
        }
    }

    /// <summary>Sets a setting that was chosen while the run went on, for example a threshold; one of that name is replaced.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">A number, a word, a truth value, a list of them, or null.</param>
    public void SetParameter(string name, object? value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        lock (gate)
        {
            RefuseWhenEnded();
            document = document with
            {
                Parameters = new Dictionary<string, object?>(document.Parameters, StringComparer.Ordinal) { [name] = value },
            };
            WriteDocument();
        }
    }

    /// <summary>Writes what runs: settings that all trainings share, and what each has of its own where they differ.</summary>
    /// <param name="before">Names that an earlier call set; those that are not set again are taken away.</param>
    /// <param name="shared">Settings of the run.</param>
    /// <param name="trainings">One entry a training, or none.</param>
    internal void SetSettings(
        IEnumerable<string> before,
        IReadOnlyDictionary<string, object?> shared,
        IReadOnlyList<IReadOnlyDictionary<string, object?>> trainings)
    {
        lock (gate)
        {
            RefuseWhenEnded();
            var merged = new Dictionary<string, object?>(document.Parameters, StringComparer.Ordinal);
            foreach (var name in before)
            {
                merged.Remove(name);
            }

            foreach (var (name, value) in shared)
            {
                merged[name] = value;
            }

            document = document with { Parameters = merged, Trainings = trainings };
            WriteDocument();
        }
    }

    /// <summary>Sets final results; a name that is there already is replaced.</summary>
    /// <param name="results">Names and numbers, for example <c>accuracy</c>.</param>
    public void SetResults(IReadOnlyDictionary<string, double> results)
    {
        lock (gate)
        {
            RefuseWhenEnded();
            var merged = new Dictionary<string, double>(document.Results, StringComparer.Ordinal);
            foreach (var (name, value) in results)
            {
                merged[name] = value;
            }

            document = document with { Results = merged };
            WriteDocument();
        }
    }

    /// <summary>Ends the run: it came to its end.</summary>
    public void Finish() => End(RunStatus.Finished, null);

    /// <summary>Ends the run: it failed.</summary>
    /// <param name="reason">What went wrong, in a sentence.</param>
    public void Fail(string reason) => End(RunStatus.Failed, reason);

    /// <summary>Ends a run that is still running as failed, and stops its heartbeat.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            if (document.Status == RunStatus.Running)
            {
                End(RunStatus.Failed, "It was left before it was finished.");
            }
        }

        heartbeat.Dispose();
    }

    private void End(RunStatus status, string? reason)
    {
        lock (gate)
        {
            RefuseWhenEnded();
            var now = clock.GetUtcNow();
            document = document with { Status = status, Reason = reason, Ended = now, Heartbeat = now, MetricLines = metricLines };
            WriteDocument();
        }

        heartbeat.Dispose();
    }

    private void Beat()
    {
        lock (gate)
        {
            if (document.Status != RunStatus.Running)
            {
                return;
            }

            try
            {
                document = document with { Heartbeat = clock.GetUtcNow() };
                WriteDocument();
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // A missed beat only makes the run look dead; the next call that matters will throw.
            }
        }
    }

    private void RefuseWhenEnded()
    {
        if (document.Status != RunStatus.Running)
        {
            throw new InvalidOperationException(
                $"Run '{Id}' has ended ({document.Status.ToString().ToLowerInvariant()}) and is not changed any more. Create a new run.");
        }
    }

    private void WriteDocument() => WholeFile.Write(
        Path.Combine(Folder, RunDocument.FileName),
        stream =>
        {
            JsonSerializer.Serialize(stream, document, RunDocument.Indented);
            stream.WriteByte((byte)'\n');
        },
        flush: document.Status != RunStatus.Running);
}
