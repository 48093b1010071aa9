using System.Net;
using System.Security.Cryptography;

namespace CovidNotebooks.Data.Download;

/// <summary>
/// Downloads single files: resumes what was interrupted, tries again with growing waits, and gives a file its name only when its length and
/// SHA-256 are right.
/// </summary>
/// <param name="client">What talks to servers. Its own time-out should be infinite: a file may take hours, silence is measured here.</param>
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
        var made = new HttpClient(handler ?? new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.None, ConnectTimeout = TimeSpan.FromSeconds(30) })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        made.DefaultRequestHeaders.UserAgent.ParseAdd("CovidNotebooks/0.1");
        return made;
    }

    /// <summary>Downloads one file. One that stands under its final name already, with the right length and SHA-256, is taken as it is.</summary>
    /// <param name="request">What, and what it has to be.</param>
    /// <param name="target">The file's final name. <c>.part</c> is added to it while the file is coming, and kept for resuming if it does not come whole.</param>
    /// <param name="progress">Told the bytes that have come, and why something is tried again.</param>
    /// <param name="cancellation">Ends the download; what has come is kept.</param>
    /// <exception cref="DownloadException">The file cannot be had, or is not what it has to be.</exception>
    /// <exception cref="OperationCanceledException">The download was ended.</exception>
    public async Task<DownloadedFile> GetAsync(DownloadRequest request, string target, IProgress<DownloadProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentException.ThrowIfNullOrEmpty(target);
        if (request.Url.Scheme != Uri.UriSchemeHttps && !request.Url.IsLoopback && request.Sha256 is null)
        {
            throw new DownloadException(DownloadFailure.Insecure, $"{request.Url} is not encrypted and no SHA-256 is known, so nobody could tell whether the right file came. Use an https address, or name the file's sha256.");
        }

        if (request.Bytes > options.MaximumBytes)
        {
            throw TooLarge(request, request.Bytes.Value);
        }

        if (await WholeAsync(request, target, cancellation) is { } whole)
        {
            return whole;
        }

        using var part = PartialFile.Open(target, request.Url);
        var (failures, best) = (0, part.Length);
        while (true)
        {
            try
            {
                if (!part.IsComplete)
                {
                    await ReceiveAsync(request, part, progress, cancellation);
                }

                return await FinishAsync(request, part, target, cancellation);
            }
            catch (DownloadException exception)
            {
                if (part.Length >= best + options.ProgressBytes)
                {
                    (failures, best) = (0, part.Length);
                }

                failures++;
                var decision = RetryDecision.After(failures, exception.Failure, exception.RetryAfter, options);
                if (!decision.Retry)
                {
                    throw failures == 1 ? exception : new DownloadException(exception.Failure, $"{exception.Message} Given up: {decision.Reason}.{Kept(part)}", exception);
                }

                var wait = FormattableString.Invariant($"{exception.Message} Trying again in {decision.Delay.TotalSeconds:0.#} s ({decision.Reason}).");
                progress?.Report(new DownloadProgress(DownloadStage.Downloading, request.Name, part.Length, part.Total ?? request.Bytes, wait));
                await Task.Delay(decision.Delay, clock, cancellation);
            }
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
        return request.Sha256 is null || string.Equals(hash, request.Sha256, StringComparison.OrdinalIgnoreCase) ? new DownloadedFile(request.Url, Path.GetFullPath(target), length, hash) : null;
    }

    private async Task ReceiveAsync(DownloadRequest request, PartialFile part, IProgress<DownloadProgress>? progress, CancellationToken cancellation)
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
            DownloadResponse.Accept(request, response, part, clock);
            ThrowIfTooLarge(request, part, part.Total ?? 0);
            await using var body = await response.Content.ReadAsStreamAsync(either.Token);
            var buffer = new byte[128 * 1024];
            while (true)
            {
                silence.CancelAfter(options.StallTimeout);
                var count = await body.ReadAsync(buffer, either.Token);
                if (count == 0)
                {
                    break;
                }

                ThrowIfTooLarge(request, part, part.Length + count);
                part.Append(buffer.AsSpan(0, count));
                progress?.Report(new DownloadProgress(DownloadStage.Downloading, request.Name, part.Length, part.Total ?? request.Bytes));
            }
        }
        catch (OperationCanceledException exception) when (!cancellation.IsCancellationRequested)
        {
            throw new DownloadException(DownloadFailure.Stalled, FormattableString.Invariant($"{request.Url.Host} sent nothing of {request.Name} for {options.StallTimeout.TotalSeconds:0.###} s."), exception);
        }
        catch (HttpRequestException exception)
        {
            throw new DownloadException(DownloadFailure.Connection, $"There is no connection to {request.Url.Host} for {request.Name}: {exception.Message} Check the network (behind a proxy set HTTPS_PROXY).", exception);
        }
        catch (IOException exception)
        {
            throw new DownloadException(DownloadFailure.Cut, $"The connection ended after {part.Length:N0}{Of(part.Total)} bytes of {request.Name}: {exception.Message}", exception);
        }
        finally
        {
            part.Flush();
        }

        if (part.Length < part.Total)
        {
            throw new DownloadException(DownloadFailure.Cut, $"Only {part.Length:N0}{Of(part.Total)} bytes of {request.Name} came.");
        }
    }

    private static async Task<DownloadedFile> FinishAsync(DownloadRequest request, PartialFile part, string target, CancellationToken cancellation)
    {
        var (length, wasPatched) = (part.Length, part.IsPatched);
        if (length != (request.Bytes ?? length) || length > (part.Total ?? length))
        {
            part.Clear();
            throw DownloadResponse.WrongLength(request, length);
        }

        var hash = await part.HashAsync(cancellation);
        if (request.Sha256 is { } expected && !string.Equals(hash, expected, StringComparison.OrdinalIgnoreCase))
        {
            part.Clear();
            throw wasPatched
                ? new DownloadException(DownloadFailure.Changed, $"{request.Name}, put together from several attempts, has the SHA-256 {hash} instead of {expected}: starting from nothing.")
                : new DownloadException(DownloadFailure.WrongHash, $"{request.Url} has the SHA-256 {hash}. Expected {expected}. Somebody changed the file, or something on the way did: it was thrown away. Do not use another copy before you know why.");
        }

        part.Finish();
        return new DownloadedFile(request.Url, Path.GetFullPath(target), length, hash);
    }

    private void ThrowIfTooLarge(DownloadRequest request, PartialFile part, long length)
    {
        if (length > options.MaximumBytes)
        {
            part.Clear();
            throw TooLarge(request, length);
        }
    }

    private DownloadException TooLarge(DownloadRequest request, long length) =>
        new(DownloadFailure.TooLarge, $"{request.Url} is {length:N0} bytes long or longer. The limit is {options.MaximumBytes:N0}. If the file is what you want, raise DownloadOptions.MaximumBytes.");

    private static string Kept(PartialFile part) => part.Length > 0 && part.Total is not null ? $" {part.Length:N0}{Of(part.Total)} bytes are kept: the same command goes on from there." : "";

    private static string Of(long? total) => total is null ? "" : $" of {total:N0}";
}
