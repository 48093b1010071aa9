using System.Net;

namespace CovidNotebooks.Data.Download;

/// <summary>Looks at a server's answer before a byte of it is kept.</summary>
internal static class DownloadResponse
{
    /// <summary>Makes the part ready for the answer's body, or throws.</summary>
    /// <exception cref="DownloadException">The body must not be added to the part.</exception>
    public static void Accept(DownloadRequest request, HttpResponseMessage response, PartialFile part, TimeProvider clock)
    {
        if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            part.Clear();
            throw new DownloadException(DownloadFailure.WrongRange, $"{request.Url.Host} has no bytes of {request.Name} beyond those that have come: the file became shorter. Starting from nothing.");
        }

        if (!response.IsSuccessStatusCode)
        {
            throw Refused(request, response, clock);
        }

        ThrowIfOtherContent(request, response);
        if (response.StatusCode == HttpStatusCode.PartialContent)
        {
            AcceptRest(request, response, part);
        }
        else if (response.StatusCode == HttpStatusCode.OK)
        {
            part.Start(request.Url, response);
        }
        else
        {
            throw new DownloadException(DownloadFailure.Refused, $"{request.Url} answered {(int)response.StatusCode} {response.ReasonPhrase}, which is no file. Expected 200 or 206. Look at the address in a browser.");
        }

        if (request.Bytes is { } expected && part.Total is { } announced && announced != expected)
        {
            part.Clear();
            throw WrongLength(request, announced);
        }
    }

    public static DownloadException WrongLength(DownloadRequest request, long found) =>
        new(DownloadFailure.WrongLength, $"{request.Url} is {found:N0} bytes long. Expected {request.Bytes:N0}. It was thrown away: the file is another one than the catalogue means. Look at the address in a browser.");

    private static void AcceptRest(DownloadRequest request, HttpResponseMessage response, PartialFile part)
    {
        if (!part.IsSameVersion(response))
        {
            part.Clear();
            throw new DownloadException(DownloadFailure.Changed, $"{request.Name} changed on the server since its first part came. Starting from nothing.");
        }

        var range = response.Content.Headers.ContentRange;
        if (part.Length == 0 || range is not { Unit: "bytes" } || range.From != part.Length)
        {
            var (from, asked) = (range?.From, part.Length);
            part.Clear();
            throw new DownloadException(DownloadFailure.WrongRange, $"{request.Url.Host} was asked for {request.Name} from byte {asked:N0} on and sent it from byte {(from is null ? "(not said)" : $"{from:N0}")} on. Starting from nothing.");
        }

        part.Continue();
    }

    private static void ThrowIfOtherContent(DownloadRequest request, HttpResponseMessage response)
    {
        if (response.Content.Headers.ContentEncoding.FirstOrDefault(encoding => !string.Equals(encoding, "identity", StringComparison.OrdinalIgnoreCase)) is { } encoding)
        {
            throw new DownloadException(DownloadFailure.WrongContent, $"{request.Url} came in the encoding {encoding}, which was not asked for. Expected the file's own bytes. A proxy may do this: try from another network.");
        }

        if (response.Content.Headers.ContentType?.MediaType is "text/html" or "application/xhtml+xml")
        {
            throw new DownloadException(DownloadFailure.WrongContent, $"{request.Url} is a web page (Content-Type text/html). Expected a file. A login or a consent may be asked for there: open the address in a browser.");
        }
    }

    private static DownloadException Refused(DownloadRequest request, HttpResponseMessage response, TimeProvider clock)
    {
        var (failure, advice) = response.StatusCode switch
        {
            HttpStatusCode.NotFound or HttpStatusCode.Gone => (DownloadFailure.NotFound, "The file has moved or is gone: look for it on the set's own page, and correct data/datasets.json."),
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => (DownloadFailure.Refused, "The server wants a login or does not serve this network: open the address in a browser."),
            HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests => (DownloadFailure.Server, "The server is busy."),
            >= HttpStatusCode.InternalServerError => (DownloadFailure.Server, "The server is in trouble; later it may work."),
            _ => (DownloadFailure.Refused, "Look at the address in a browser."),
        };
        var wait = response.Headers.RetryAfter;
        return new DownloadException(failure, $"{request.Url} answered {(int)response.StatusCode} {response.ReasonPhrase}. Expected the file. {advice}")
        {
            RetryAfter = wait?.Delta ?? (wait?.Date is { } date ? date - clock.GetUtcNow() : null),
        };
    }
}
