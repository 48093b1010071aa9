using System.Text;
using System.Text.Json;
using CovidNotebooks.Audit;

namespace CovidNotebooks.Runs;

/// <summary>Reads a run's folder. What is broken becomes a sentence in <see cref="RunRecord.Problems"/>.</summary>
internal static class RunReader
{
    public static RunRecord Read(string folder, DateTimeOffset now, TimeSpan deadAfter, bool isPublished)
    {
        var id = Path.GetFileName(folder);
        var problems = new List<string>();
        var document = ReadDocument(folder, problems);
        var metrics = ReadMetrics(folder, isPublished, problems);
        if (document is null)
        {
            return new RunRecord
            {
                Id = id,
                Folder = folder,
                Name = id,
                Status = RunStatus.Unreadable,
                Metrics = metrics,
                Problems = problems,
            };
        }

        var (audit, verdict) = ReadAudit(folder, problems);
        CheckFiles(folder, document, metrics.Count, isPublished, problems);
        return new RunRecord
        {
            Id = id,
            Folder = folder,
            Name = document.Name,
            Status = document.Status == RunStatus.Running && now - document.Heartbeat > deadAfter ? RunStatus.Dead : document.Status,
            Reason = document.Reason,
            Started = document.Started,
            Ended = document.Ended,
            Heartbeat = document.Heartbeat,
            Format = document.Format,
            Parameters = document.Parameters,
            Trainings = document.Trainings,
            Results = document.Results,
            Environment = document.Environment,
            Metrics = metrics,
            Files = document.Files,
            Audit = audit,
            AuditVerdict = verdict,
            Problems = problems,
        };
    }

    private static RunDocument? ReadDocument(string folder, List<string> problems)
    {
        var path = Path.Combine(folder, RunDocument.FileName);
        try
        {
            if (!File.Exists(path))
            {
                problems.Add($"{RunDocument.FileName} is missing: the run is just being made, or ended before it was.");
                return null;
            }

            var document = ReadDocument(path);
            if (document is null
                || document.Format is < 1 or > RunDocument.CurrentFormat
                || document.Trainings is null
                || document.Parameters is null
                || document.Results is null
                || document.Files is null
                || document.Name is null)
            {
                problems.Add(
                    $"{RunDocument.FileName} has format "
                        + $"{document?.Format.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "null"}; this version reads "
                        + $"formats 1 to {RunDocument.CurrentFormat}.");
                return null;
            }

            return document;
        }
        catch (Exception error) when (IsUnreadable(error))
        {
            problems.Add($"{RunDocument.FileName} cannot be read: {FirstLine(error.Message)}");
            return null;
        }
    }

    private static RunDocument? ReadDocument(string path)
    {
        using var stream = OpenShared(path);
        return JsonSerializer.Deserialize<RunDocument>(stream, RunDocument.Indented);
    }

    /// <summary>Lets the run's own process write and rename the file meanwhile.</summary>
    private static FileStream OpenShared(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

    private static (AuditRecord? Audit, string Verdict) ReadAudit(string folder, List<string> problems)
    {
        var path = Path.Combine(folder, RunDocument.AuditFileName);
        try
        {
            if (!File.Exists(path))
            {
                return (null, AuditRecord.NotAudited);
            }

            using var stream = OpenShared(path);
            var audit = AuditRecord.Read(stream);
            return (audit, audit.Verdict);
        }
        catch (Exception error) when (IsUnreadable(error))
        {
            problems.Add($"{RunDocument.AuditFileName} cannot be read: {FirstLine(error.Message)}");
            return (null, "unreadable");
        }
    }

    private static List<MetricRow> ReadMetrics(string folder, bool isPublished, List<string> problems)
    {
        var rows = new List<MetricRow>();
        var path = Path.Combine(folder, RunDocument.MetricsFileName);
        try
        {
            if (!File.Exists(path))
            {
                if (!isPublished)
                {
                    problems.Add($"{RunDocument.MetricsFileName} is missing.");
                }

                return rows;
            }

            using var stream = OpenShared(path);
            using var reader = new StreamReader(stream, Encoding.UTF8);
            var lines = reader.ReadToEnd().Split('\n');
            for (var i = 0; i < lines.Length; i++)
            {
                AddRow(lines[i], i + 1, i == lines.Length - 1, rows, problems);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            problems.Add($"{RunDocument.MetricsFileName} cannot be read: {FirstLine(error.Message)}");
        }

        return rows;
    }

    private static void AddRow(string line, int number, bool isLast, List<MetricRow> rows, List<string> problems)
    {
        if (line.Length == 0)
        {
            return;
        }

        try
        {
            if (JsonSerializer.Deserialize<MetricRow>(line, RunDocument.OneLine) is { Values: not null } row)
            {
                rows.Add(row);
                return;
            }
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or NotSupportedException or FormatException)
        {
            // Told below, with the line's number.
        }

        problems.Add(
            isLast ? $"Line {number} of {RunDocument.MetricsFileName} is torn and was left out."
            : $"Line {number} of {RunDocument.MetricsFileName} cannot be read and was left out.");
    }

    private static void CheckFiles(string folder, RunDocument document, int metricRows, bool isPublished, List<string> problems)
    {
        if (document.MetricLines is { } lines && lines != metricRows && !(isPublished && metricRows == 0))
        {
            problems.Add($"{RunDocument.MetricsFileName} holds {metricRows} readable lines; the run wrote {lines}.");
        }

        foreach (var (name, file) in document.Files)
        {
            var found = new FileInfo(Path.Combine(folder, Path.GetFileName(name)));
            if (!found.Exists)
            {
                if (!isPublished || name is RunDocument.PredictionsFileName or RunDocument.AuditFileName)
                {
                    problems.Add($"{name} is missing.");
                }
            }
            else if (file is not null && found.Length != file.Bytes)
            {
                problems.Add($"{name} has {found.Length} bytes; the run saved {file.Bytes}.");
            }
        }
    }

    private static bool IsUnreadable(Exception error) =>
        error is JsonException or IOException or UnauthorizedAccessException or InvalidOperationException
            or NotSupportedException or FormatException;

    private static string FirstLine(string text) => text.Split('\n')[0].Trim();
}
