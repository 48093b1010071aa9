using System.Net;
using System.Security.Cryptography;
using Polly;
using Polly.Retry;
using static CovidNotebooks.Download.DownloadFailure;

namespace CovidNotebooks.Download;

/// <summary>
/// Downloads single files: resumes what was interrupted, tries again with growing waits, and gives a file its name only when its length and
/// SHA-256 are right.
/// </summary>
/// <param name="client">
/// What talks to servers. Its own time-out should be infinite: a file may take hours, silence is measured here.
/// </param>
/// <param name="options">How patient to be; the defaults if null.</param>
/// <param name="clock">Where time comes from; the system's clock if null.</param>
public sealed class Downloader(HttpClient client, DownloadOptions? options = null, TimeProvider? clock = null)
{
    private readonly DownloadOptions options = Validated(options ?? new DownloadOptions());
    private readonly TimeProvider clock = clock ?? TimeProvider.System;

    /// <summary>A client for downloads from the web: no time-out over all, no decompression, no way from https to http.</summary>
    /// <param name="handler">What sends the requests; the system's by default. The client disposes it.</param>
    public static HttpClient NewClient(HttpMessageHandler? handler = null)
    {
        handler ??= new SocketsHttpHandler
        {
            AutomaticDecompression = DecompressionMethods.None,
            ConnectTimeout = TimeSpan.FromSeconds(30),
        };
        var made = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        made.DefaultRequestHeaders.UserAgent.ParseAdd("CovidNotebooks/0.2");
        return made;
    }

    /// <summary>
    /// Downloads one file. One that stands under its final name already, with the right length and SHA-256, is taken as it is.
    /// </summary>
    /// <param name="request">What, and what it has to be.</param>
    /// <param name="target">
    /// The file's final name. <c>.part</c> is added to it while the file is coming, and kept for resuming if it does not come whole.
    /// </param>
    /// <param name="progress">Told the bytes that have come, and why something is tried again.</param>
    /// <param name="cancellation">Ends the download; what has come is kept.</param>
    /// <exception cref="DownloadException">The file cannot be had, or is not what it has to be.</exception>
    /// <exception cref="OperationCanceledException">The download was ended.</exception>
    public async Task<DownloadedFile> GetAsync(
        DownloadRequest request, string target, IProgress<DownloadProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentException.ThrowIfNullOrEmpty(target);
        if (request.Url.Scheme != Uri.UriSchemeHttps && !request.Url.IsLoopback && request.Sha256 is null)
        {
            throw new DownloadException(
                Insecure,
                $"{request.Url} is not encrypted and no SHA-256 is known, so nobody could tell whether the right file came. Use an "
                    + "https address, or name the file's sha256.");
        }

        ThrowIfTooLarge(request, null, request.Bytes ?? 0);
        try
        {
            if (await WholeAsync(request, target, cancellation) is { } whole)
            {
                return whole;
            }

            using var part = new PartialFile(target, request.Url);
            return await RetriedAsync(request, part, target, progress, cancellation);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DownloadException(
                Disk,
                $"{target}.part cannot be written: {exception.Message} Expected a folder that can be written, room on the disk, and "
                    + "no other download of the same file. "
                    + "Mend that, or name another data folder with --data DIR, and try again: what has come is kept.",
                exception);
        }
    }

    private static DownloadOptions Validated(DownloadOptions options)
    {
        options.Validate();
        return options;
    }

    /// <summary>What an earlier download has finished, if it is what is asked for.</summary>
    private static async Task<DownloadedFile?> WholeAsync(DownloadRequest request, string target, CancellationToken cancellation)
    {
        if (!File.Exists(target) || new FileInfo(target).Length is var length && length != (request.Bytes ?? length))
        {
            return null;
        }

        await using var stream = File.OpenRead(target);
        var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellation));
        return IsRight(request, hash) ? new DownloadedFile(request.Url, Path.GetFullPath(target), length, hash) : null;
    }

    private static bool IsRight(DownloadRequest request, string hash) =>
        request.Sha256 is null || string.Equals(hash, request.Sha256, StringComparison.OrdinalIgnoreCase);

    /// <summary>Attempts until the file is there or <see cref="RetryDecision"/> gives up; progress forgives earlier failures.</summary>
    private async Task<DownloadedFile> RetriedAsync(
        DownloadRequest request, PartialFile part, string target, IProgress<DownloadProgress>? progress, CancellationToken cancellation)
    {
        var (failures, best, decision) = (0, part.Length, new RetryDecision(false, default, ""));
        var retry = new RetryStrategyOptions<DownloadedFile>
        {
            MaxRetryAttempts = int.MaxValue,
            ShouldHandle = outcome => ValueTask.FromResult(outcome.Outcome.Exception is DownloadException exception && Decide(exception)),
            DelayGenerator = _ => ValueTask.FromResult<TimeSpan?>(decision.Delay),
            OnRetry = failed =>
            {
                var note = FormattableString.Invariant(
                    $"{failed.Outcome.Exception!.Message} Trying again in {decision.Delay.TotalSeconds:0.#} s ({decision.Reason}).");
                progress?.Report(
                    new DownloadProgress(DownloadStage.Downloading, request.Name, part.Length, part.Total ?? request.Bytes, note));
                return default;
            },
        };
        try
        {
            return await new ResiliencePipelineBuilder<DownloadedFile> { TimeProvider = clock }.AddRetry(retry).Build().ExecuteAsync(
                async token =>
                {
                    if (part.Length == 0 || part.Length != part.Total)
                    {
                        await ReceiveAsync(request, part, progress, token);
                    }

                    return await FinishAsync(request, part, target, token);
                },
                cancellation);
        }
        catch (DownloadException exception) when (failures > 1)
        {
            var kept = part.Length > 0 && part.Total is not null
                ? $" {part.Length:N0}{Of(part.Total)} bytes are kept: the same command goes on from there."
                : "";
            throw new DownloadException(exception.Failure, $"{exception.Message} Given up: {decision.Reason}.{kept}", exception);
        }

        bool Decide(DownloadException exception)
        {
            (failures, best) = part.Length >= best + options.ProgressBytes ? (1, part.Length) : (failures + 1, best);
            decision = RetryDecision.After(failures, exception.Failure, exception.RetryAfter, options);
            return decision.Retry;
        }
    }

    private async Task ReceiveAsync(
        DownloadRequest request, PartialFile part, IProgress<DownloadProgress>? progress, CancellationToken cancellation)
    {
        using var message = new HttpRequestMessage(HttpMethod.Get, request.Url);
        message.Headers.AcceptEncoding.ParseAdd("identity");
        if (part.Condition is { } condition)
        {
            message.Headers.Range = new(part.Length, null);
            message.Headers.IfRange = condition;
        }
        else
        {
            part.Clear();
        }

        using var silence = new CancellationTokenSource(options.StallTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, silence.Token);
        try
        {
            using var response = await client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, either.Token);
            Accept(request, response, part);
            ThrowIfTooLarge(request, part, part.Total ?? 0);
            await using var body = await response.Content.ReadAsStreamAsync(either.Token);
            var buffer = new byte[128 * 1024];
            for (var count = await Next(); count > 0; count = await Next())
            {
                ThrowIfTooLarge(request, part, part.Length + count);
                part.Append(buffer.AsSpan(0, count));
                progress?.Report(new DownloadProgress(DownloadStage.Downloading, request.Name, part.Length, part.Total ?? request.Bytes));
            }

            async Task<int> Next()
            {
                silence.CancelAfter(options.StallTimeout);
                try
                {
                    return await body.ReadAsync(buffer, either.Token);
                }
                catch (IOException exception)
                {
                    throw new DownloadException(
                        Cut,
                        $"The connection ended after {part.Length:N0}{Of(part.Total)} bytes of {request.Name}: {exception.Message}",
                        exception);
                }
            }
        }
        catch (OperationCanceledException exception) when (!cancellation.IsCancellationRequested)
        {
            throw new DownloadException(
                Stalled,
                FormattableString.Invariant(
                    $"{request.Url.Host} sent nothing of {request.Name} for {options.StallTimeout.TotalSeconds:0.###} s."),
                exception);
        }
        catch (HttpRequestException exception)
        {
            throw new DownloadException(
                Connection,
                $"There is no connection to {request.Url.Host} for {request.Name}: {exception.Message} Check the network (behind a "
                    + "proxy set HTTPS_PROXY).",
                exception);
        }
        finally
        {
            part.Flush();
        }

        if (part.Length < part.Total)
        {
            throw new DownloadException(Cut, $"Only {part.Length:N0}{Of(part.Total)} bytes of {request.Name} came.");
        }
    }

    private static async Task<DownloadedFile> FinishAsync(
        DownloadRequest request, PartialFile part, string target, CancellationToken cancellation)
    {
        var (length, wasPatched) = (part.Length, part.IsPatched);
        if (length != (request.Bytes ?? length) || length > (part.Total ?? length))
        {
            throw Thrown(part, WrongLength, LengthText(request, length));
        }

        var hash = await part.HashAsync(cancellation);
        if (!IsRight(request, hash))
        {
            throw wasPatched
                ? Thrown(
                    part,
                    Changed,
                    $"{request.Name}, put together from several attempts, has the SHA-256 {hash} instead of {request.Sha256}: "
                        + "starting from nothing.")
                : Thrown(
                    part,
                    WrongHash,
                    $"{request.Url} has the SHA-256 {hash}. Expected {request.Sha256}. Somebody changed the file, or something on the "
                        + "way did: it was thrown away. Do not use another copy before you know why.");
        }

        part.Finish();
        return new DownloadedFile(request.Url, Path.GetFullPath(target), length, hash);
    }

    /// <summary>Looks at an answer before a byte of it is kept, and makes the part ready for its body.</summary>
    private void Accept(DownloadRequest request, HttpResponseMessage response, PartialFile part)
    {
        var status = response.StatusCode;
        if (status == HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            throw Thrown(
                part,
                WrongRange,
                $"{request.Url.Host} has no bytes of {request.Name} beyond those that have come: the file became shorter. "
                    + "Starting from nothing.");
        }

        if (status is not (HttpStatusCode.OK or HttpStatusCode.PartialContent))
        {
            throw RefusedBy(request, response);
        }

        var (content, range) = (response.Content.Headers, response.Content.Headers.ContentRange);
        if (content.ContentEncoding.FirstOrDefault(
            encoding => !string.Equals(encoding, "identity", StringComparison.OrdinalIgnoreCase)) is { } encoding)
        {
            throw new DownloadException(
                WrongContent,
                $"{request.Url} came in the encoding {encoding}, which was not asked for. Expected the file's own bytes. A proxy may "
                    + "do this: try from another network.");
        }

        if (content.ContentType?.MediaType is "text/html" or "application/xhtml+xml")
        {
            throw new DownloadException(
                WrongContent,
                $"{request.Url} is a web page (Content-Type text/html). Expected a file. A login or a consent may be asked for there: "
                    + "open the address in a browser.");
        }

        if (status == HttpStatusCode.OK)
        {
            part.Start(request.Url, response);
        }
        else if (!part.IsSameVersion(response))
        {
            throw Thrown(part, Changed, $"{request.Name} changed on the server since its first part came. Starting from nothing.");
        }
        else if (part.Length == 0 || range is not { Unit: "bytes" } || range.From != part.Length)
        {
            throw Thrown(
                part,
                WrongRange,
                $"{request.Url.Host} was asked for {request.Name} from byte {part.Length:N0} on and sent it from byte "
                    + $"{(range?.From is { } from ? $"{from:N0}" : "(not said)")} on. Starting from nothing.");
        }
        else
        {
            part.IsPatched = true;
        }

        if (part.Total is { } announced && announced != (request.Bytes ?? announced))
        {
            throw Thrown(part, WrongLength, LengthText(request, announced));
        }
    }

    private DownloadException RefusedBy(DownloadRequest request, HttpResponseMessage response)
    {
        var (failure, advice) = response.StatusCode switch
        {
            HttpStatusCode.NotFound or HttpStatusCode.Gone =>
                (NotFound, "The file has moved or is gone: look for it on the set's own page, and correct data/datasets.json."),
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden =>
                (Refused, "The server wants a login or does not serve this network: open the address in a browser."),
            HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests => (Server, "The server is busy."),
            >= HttpStatusCode.InternalServerError => (Server, "The server is in trouble; later it may work."),
            _ => (Refused, "Look at the address in a browser."),
        };
        var wait = response.Headers.RetryAfter;
        return new DownloadException(
            failure, $"{request.Url} answered {(int)response.StatusCode} {response.ReasonPhrase}. Expected the file. {advice}")
        {
            RetryAfter = wait?.Delta ?? (wait?.Date is { } date ? date - clock.GetUtcNow() : null),
        };
    }

    private void ThrowIfTooLarge(DownloadRequest request, PartialFile? part, long length)
    {
        if (length > options.MaximumBytes)
        {
            throw Thrown(
                part,
                TooLarge,
                $"{request.Url} is {length:N0} bytes long or longer. The limit is {options.MaximumBytes:N0}. If the file is what you "
                    + "want, raise DownloadOptions.MaximumBytes.");
        }
    }

    /// <summary>The error about bytes that are of no use; they are thrown away.</summary>
    private static DownloadException Thrown(PartialFile? part, DownloadFailure failure, string message)
    {
        part?.Clear();
        return new DownloadException(failure, message);
    }

    private static string LengthText(DownloadRequest request, long found) =>
        $"{request.Url} is {found:N0} bytes long. Expected {request.Bytes:N0}. It was thrown away: the file is another one than the "
            + "catalogue means. Look at the address in a browser.";

    private static string Of(long? total) => total is null ? "" : $" of {total:N0}";
}
