using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Tests.Download;

/// <summary>One request as it came.</summary>
internal sealed record ReceivedRequest(string Path, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>The first byte that is asked for; 0 without a range.</summary>
    public int From => Headers.TryGetValue("Range", out var range) ? int.Parse(range["bytes=".Length..].TrimEnd('-')) : 0;
}

/// <summary>
/// A server on 127.0.0.1 that answers the n-th request with the n-th answer, and goes on with the last one. Answers write raw bytes, so
/// they can lie.
/// </summary>
internal sealed class ScriptedServer : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource end = new();
    private readonly Func<ReceivedRequest, Answer>[] answers;
    private readonly Task loop;
    private int count;

    public ScriptedServer(params Func<ReceivedRequest, Answer>[] answers)
    {
        this.answers = answers;
        listener.Start();
        loop = Task.Run(ListenAsync);
    }

    public ConcurrentQueue<ReceivedRequest> Requests { get; } = new();

    public Uri Url(string path) => new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/{path}");

    public void Dispose()
    {
        end.Cancel();
        listener.Stop();
        loop.Wait(TimeSpan.FromSeconds(2));
        end.Dispose();
    }

    private async Task ListenAsync()
    {
        try
        {
            while (true)
            {
                using var connection = await listener.AcceptTcpClientAsync(end.Token);
                await ServeAsync(connection);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or InvalidOperationException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient connection)
    {
        try
        {
            var stream = connection.GetStream();
            var text = new StringBuilder();
            var one = new byte[1];
            while (!text.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(one, end.Token) == 1)
            {
                text.Append((char)one[0]);
            }

            var lines = text.ToString().Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
            var headers = lines.Skip(1).Select(line => line.Split(": ", 2))
                .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.OrdinalIgnoreCase);
            var request = new ReceivedRequest(lines[0].Split(' ')[1], headers);
            Requests.Enqueue(request);
            var answer = answers[Math.Min(count++, answers.Length - 1)](request);
            await stream.WriteAsync(
                Encoding.ASCII.GetBytes(
                    $"HTTP/1.1 {answer.Status}\r\nConnection: close\r\nDate: Fri, 01 May 2020 12:00:00 "
                        + $"GMT\r\n{string.Concat(answer.Headers.Select(header => header + "\r\n"))}\r\n"),
                end.Token);
            await stream.WriteAsync(answer.Body, end.Token);
            if (answer.StallsAfter)
            {
                // Until the client hangs up.
                while (await stream.ReadAsync(one, end.Token) > 0)
                {
                }
            }
        }
        catch (IOException)
        {
            // The client hung up first.
        }
    }
}

/// <summary>What a server writes, true or not.</summary>
internal sealed record Answer(string Status, ReadOnlyMemory<byte> Body, params string[] Headers)
{
    public bool StallsAfter { get; init; }

    /// <summary>The honest answer of a server that knows ranges.</summary>
    public static Answer Of(ReceivedRequest request, byte[] content, string version = "\"v1\"")
    {
        var asks = request.Headers.ContainsKey("Range")
            && (!request.Headers.TryGetValue("If-Range", out var condition) || condition == version);
        var from = asks ? request.From : 0;
        return from > 0
            ? new Answer(
                "206 Partial Content",
                content.AsMemory(from),
                $"ETag: {version}",
                $"Content-Length: {content.Length - from}",
                $"Content-Range: bytes {from}-{content.Length - 1}/{content.Length}")
            : new Answer("200 OK", content, $"ETag: {version}", $"Content-Length: {content.Length}");
    }

    /// <summary>The same answer with only some of the bytes, then the connection ends.</summary>
    public Answer CutAfter(int bytes) => this with { Body = Body[..bytes] };
}
