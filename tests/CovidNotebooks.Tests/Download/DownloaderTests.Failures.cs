using CovidNotebooks.Download;

namespace Tests.Download;

/// <content>Waits, retries and what is no file.</content>
public sealed partial class DownloaderTests
{
    [Fact]
    public async Task Silence_ends_an_attempt_before_and_inside_the_body()
    {
        using var server = new ScriptedServer(
            request => Answer.Of(request, Content).CutAfter(10_000) with { StallsAfter = true },
            request => Answer.Of(request, Content));
        await Get(server, options: Patient with { StallTimeout = TimeSpan.FromSeconds(2000) });
        Assert.Equal(Content, await File.ReadAllBytesAsync(Target));
        Assert.Equal(10_000, server.Requests.Last().From);

        File.Delete(Target);
        using var dumb = new ScriptedServer(request => Answer.Of(request, Content).CutAfter(0) with { StallsAfter = true });
        var watchful = Patient with { StallTimeout = TimeSpan.FromSeconds(200) };
        var before = clock.Waits.Count;
        var failure = await Fails(dumb, options: watchful);
        Assert.Equal(DownloadFailure.Stalled, failure.Failure);

        // Attempts are counted by the pauses between them: on a busy machine one may end before the server has seen its request.
        Assert.Equal(
            [1, 2, 4, 8],
            clock.Waits.Skip(before).Where(wait => wait != watchful.StallTimeout && wait > TimeSpan.Zero)
                .Select(wait => wait.TotalSeconds));
        Assert.Contains("200 s", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("404 Not Found", DownloadFailure.NotFound, 1)]
    [InlineData("410 Gone", DownloadFailure.NotFound, 1)]
    [InlineData("403 Forbidden", DownloadFailure.Refused, 1)]
    [InlineData("304 Not Modified", DownloadFailure.Refused, 1)]
    [InlineData("204 No Content", DownloadFailure.Refused, 1)]
    [InlineData("429 Too Many Requests", DownloadFailure.Server, 5)]
    [InlineData("500 Internal Server Error", DownloadFailure.Server, 5)]
    [InlineData("503 Service Unavailable", DownloadFailure.Server, 5)]
    public async Task Answers_that_are_no_file_are_told(string status, DownloadFailure expected, int attempts)
    {
        using var server = new ScriptedServer(_ => new Answer(status, default));
        var failure = await Fails(server);
        Assert.Equal(expected, failure.Failure);
        Assert.Equal(attempts, server.Requests.Count);
        Assert.Contains(status[..3], failure.Message, StringComparison.Ordinal);
        Assert.Contains("127.0.0.1", failure.Message, StringComparison.Ordinal);
        Assert.Empty(Files());
    }

    [Fact]
    public async Task Waits_double_and_a_server_may_ask_for_longer_ones()
    {
        using var server = new ScriptedServer(
            _ => new Answer("503 Service Unavailable", default),
            _ => new Answer("503 Service Unavailable", default),
            _ => new Answer("503 Service Unavailable", default, "Retry-After: 30"),
            _ => new Answer("503 Service Unavailable", default, "Retry-After: 7200"),
            request => Answer.Of(request, Content));
        await Get(server);
        Assert.Equal(
            [1, 2, 30, 60],
            clock.Waits.Where(wait => wait != Patient.StallTimeout && wait > TimeSpan.Zero).Select(wait => wait.TotalSeconds));
    }

    [Fact]
    public void Retries_are_decided_from_numbers_alone()
    {
        var options = new DownloadOptions { Attempts = 3 };
        Assert.Equal(TimeSpan.FromSeconds(2), RetryDecision.After(2, DownloadFailure.Cut, null, options).Delay);
        Assert.False(RetryDecision.After(3, DownloadFailure.Cut, null, options).Retry);
        Assert.False(RetryDecision.After(1, DownloadFailure.WrongHash, null, options).Retry);
        Assert.Equal(options.LongestDelay, RetryDecision.After(900, DownloadFailure.Cut, null, options with { Attempts = 1000 }).Delay);
        Assert.Equal(TimeSpan.FromSeconds(1), RetryDecision.After(1, DownloadFailure.Server, TimeSpan.FromSeconds(-5), options).Delay);
        Assert.Throws<ArgumentOutOfRangeException>(() => (options with { Attempts = 0 }).Validate());
        Assert.Throws<ArgumentOutOfRangeException>(() => (options with { StallTimeout = TimeSpan.Zero }).Validate());
    }

    [Fact]
    public async Task Progress_forgives_earlier_failures_but_crumbs_do_not()
    {
        using var slow = new ScriptedServer(
            [
                .. Enumerable.Range(0, 9)
                .Select(_ => (Func<ReceivedRequest, Answer>)(request => Answer.Of(request, Content).CutAfter(30_000))),
                request => Answer.Of(request, Content),
            ]);
        await Get(slow, options: Patient with { ProgressBytes = 30_000 });
        Assert.Equal(10, slow.Requests.Count);

        File.Delete(Target);
        using var crumbs = new ScriptedServer(request => Answer.Of(request, Content).CutAfter(1));
        Assert.Equal(DownloadFailure.Cut, (await Fails(crumbs)).Failure);
        Assert.Equal(5, crumbs.Requests.Count);
    }

    [Fact]
    public async Task A_wrong_hash_leaves_nothing()
    {
        using var server = new ScriptedServer(request => Answer.Of(request, Other));
        var failure = await Fails(server, Sha(Content));
        Assert.Equal(DownloadFailure.WrongHash, failure.Failure);
        Assert.Contains(Sha(Content), failure.Message, StringComparison.Ordinal);
        Assert.Contains(Sha(Other), failure.Message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
        Assert.Empty(Files());
    }

    [Fact]
    public async Task Lies_about_the_length_are_found()
    {
        using var announced = new ScriptedServer(request => Answer.Of(request, Content));
        Assert.Equal(DownloadFailure.WrongLength, (await Fails(announced, bytes: 299_999)).Failure);
        Assert.Empty(Files());

        using var unannounced = new ScriptedServer(_ => new Answer("200 OK", Content));
        Assert.Equal(DownloadFailure.WrongLength, (await Fails(unannounced, bytes: 300_001)).Failure);
        Assert.Empty(Files());

        // Promises more than it has, again and again.
        using var promising = new ScriptedServer(_ => new Answer("200 OK", Content, "Content-Length: 300001"));
        Assert.Equal(DownloadFailure.Cut, (await Fails(promising)).Failure);
        Assert.False(File.Exists(Target));

        // Promises less than it sends: the bytes beyond are not the file's.
        using var modest = new ScriptedServer(_ => new Answer("200 OK", Content, "Content-Length: 1000"));
        Assert.Equal(1000, (await Get(modest)).Bytes);
    }

    [Fact]
    public async Task Too_large_a_file_is_not_taken_whether_announced_or_not()
    {
        using var announced = new ScriptedServer(request => Answer.Of(request, Content));
        Assert.Equal(DownloadFailure.TooLarge, (await Fails(announced, options: Patient with { MaximumBytes = 299_999 })).Failure);
        using var unannounced = new ScriptedServer(_ => new Answer("200 OK", Content));
        Assert.Equal(DownloadFailure.TooLarge, (await Fails(unannounced, options: Patient with { MaximumBytes = 299_999 })).Failure);
        Assert.Empty(Files());
    }

    [Theory]
    [InlineData("Content-Type: text/html; charset=utf-8")]
    [InlineData("Content-Encoding: gzip")]
    public async Task A_web_page_or_a_changed_encoding_is_no_file(string header)
    {
        using var server = new ScriptedServer(_ => new Answer("200 OK", "<html>log in</html>"u8.ToArray(), header));
        Assert.Equal(DownloadFailure.WrongContent, (await Fails(server)).Failure);
        Assert.Empty(Files());
    }

    [Fact]
    public async Task Ending_it_keeps_what_has_come()
    {
        using var end = new CancellationTokenSource();
        using var server = new ScriptedServer(
            request => Answer.Of(request, Content).CutAfter(20_000) with { StallsAfter = true }, request => Answer.Of(request, Content));
        var told = new Told { OnReport = progress => end.CancelAfter(progress.Done >= 20_000 ? 0 : Timeout.Infinite) };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Get(server, progress: told, cancellation: end.Token));
        Assert.Equal(20_000, new FileInfo(Part).Length);
        await Get(server);
        Assert.Equal(20_000, server.Requests.Last().From);
    }

    [Fact]
    public async Task Two_downloads_of_one_file_do_not_meet()
    {
        using var server = new ScriptedServer(request => Answer.Of(request, Content));
        await using (new FileStream(Part, FileMode.Create, FileAccess.ReadWrite, FileShare.None))
        {
            Assert.Equal(DownloadFailure.Disk, (await Fails(server)).Failure);
        }
    }

    [Fact]
    public async Task Without_encryption_a_hash_is_needed()
    {
        var downloader = new Downloader(client, Patient, clock);
        var failure = await Assert.ThrowsAsync<DownloadException>(
            () => downloader.GetAsync(new DownloadRequest(new Uri("http://example.invalid/a.zip")), Target));
        Assert.Equal(DownloadFailure.Insecure, failure.Failure);
    }

    [Fact]
    public async Task Nobody_there_is_told_after_the_last_attempt()
    {
        Uri url;
        using (var gone = new ScriptedServer(request => Answer.Of(request, Content)))
        {
            url = gone.Url("images.zip");
        }

        var failure = await Assert.ThrowsAsync<DownloadException>(
            () => new Downloader(client, Patient, clock).GetAsync(new DownloadRequest(url), Target));
        Assert.Equal(DownloadFailure.Connection, failure.Failure);
        Assert.Contains("5 attempts", failure.Message, StringComparison.Ordinal);
    }
}
