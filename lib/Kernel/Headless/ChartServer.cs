using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CovidNotebooks.Kernel.Headless;

/// <summary>Serves one page that draws figures, to this machine only, and takes the pictures that the page sends back.</summary>
internal sealed class ChartServer : IDisposable
{
    // A chart comes as its figure, or as the HTML of its output: then the figure is what that HTML gives to plotly.js. One that is
    // folded draws when it is opened.
    private const string Page = """
        <!doctype html><meta charset="utf-8"><title>charts</title><script src="plotly.js"></script><body><script>
        const send = (path, body) => fetch(path, { method: "POST", body });
        const wait = milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds));
        const drawnBy = async html => {
          const { newPlot, react } = Plotly;
          let figure;
          Plotly.newPlot = Plotly.react = (element, data, layout, config) => {
            figure = Array.isArray(data) ? { data, layout, config } : data;
            return new Promise(() => {});
          };
          const box = document.createElement("div");
          document.body.append(box);
          const output = document.createRange().createContextualFragment(html);
          for (const folded of output.querySelectorAll("details")) { folded.open = true; }
          box.append(output);
          for (let i = 0; i < 60 && !figure; i++) { await wait(50); }
          box.remove();
          Object.assign(Plotly, { newPlot, react });
          if (!figure) { throw new Error("its HTML draws nothing"); }
          return figure;
        };
        (async () => {
          const { charts, width, height } = await (await fetch("charts.json")).json();
          for (let i = 0; i < charts.length; i++) {
            try {
              const figure = charts[i].figure || await drawnBy(charts[i].html);
              const size = { width, height: (figure.layout && figure.layout.height) || height };
              const layout = Object.assign({}, figure.layout, size, { autosize: false });
              const drawing = { data: figure.data || [], layout, config: figure.config || {} };
              await send("picture/" + i, await Plotly.toImage(drawing, { format: "png", ...size }));
            } catch (error) {
              await send("failed/" + i, String(error));
            }
          }
          await send("done", "");
        })().catch(error => send("stopped", String(error)));
        </script></body>
        """;

    private readonly HttpListener listener;
    private readonly string secret = Guid.NewGuid().ToString("N");
    private readonly string plotlyJs;
    private readonly string charts;
    private readonly TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock gate = new();

    public ChartServer(string plotlyJs, string charts)
    {
        (this.plotlyJs, this.charts) = (plotlyJs, charts);
        (listener, var port) = Listen();
        Url = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/{secret}/page.html");
        _ = Task.Run(ServeAsync);
    }

    public string Url { get; }

    public Task Done => done.Task;

    /// <summary>Chart → PNG as base64.</summary>
    public Dictionary<int, string> Pictures { get; } = [];

    public List<string> Failures { get; } = [];

    public void Dispose() => listener.Close();

    private static (HttpListener Listener, int Port) Listen()
    {
        for (var attempt = 0; ; attempt++)
        {
            using var probe = new TcpListener(IPAddress.Loopback, 0);
            probe.Start();
            var port = ((IPEndPoint)probe.LocalEndpoint).Port;
            probe.Stop();
            var opened = new HttpListener();
            opened.Prefixes.Add(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/"));
            try
            {
                opened.Start();
                return (opened, port);
            }
            catch (HttpListenerException) when (attempt < 5)
            {
                // Another process took the port in between.
            }
        }
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var context = await listener.GetContextAsync().ConfigureAwait(false);
                await AnswerAsync(context).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException or IOException)
        {
            // The listener was closed: all pictures are there, or the time is over.
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        var path = context.Request.Url?.AbsolutePath ?? "";
        using var response = context.Response;
        if (!path.StartsWith($"/{secret}/", StringComparison.Ordinal))
        {
            response.StatusCode = 404;
            return;
        }

        var parts = path[(secret.Length + 2)..].Split('/');
        var (type, content) = parts[0] switch
        {
            "page.html" => ("text/html", Page),
            "plotly.js" => ("text/javascript", plotlyJs),
            "charts.json" => ("application/json", charts),
            _ => ("text/plain", ""),
        };
        if (context.Request.HttpMethod == "POST")
        {
            using var reader = new StreamReader(context.Request.InputStream, Encoding.UTF8);
            Take(parts, await reader.ReadToEndAsync().ConfigureAwait(false));
        }

        response.ContentType = type + "; charset=utf-8";
        var bytes = Encoding.UTF8.GetBytes(content);
        response.ContentLength64 = bytes.Length;
        await response.OutputStream.WriteAsync(bytes).ConfigureAwait(false);
    }

    private void Take(string[] parts, string body)
    {
        const string prefix = "data:image/png;base64,";
        lock (gate)
        {
            switch (parts[0])
            {
                case "picture" when body.StartsWith(prefix, StringComparison.Ordinal)
                    && int.TryParse(parts[^1], CultureInfo.InvariantCulture, out var index):
                    Pictures[index] = body[prefix.Length..];
                    break;
                case "picture" or "failed" or "stopped":
                    Failures.Add(body.Length > 300 ? body[..300] : body);
                    break;
                default:
                    break;
            }
        }

        if (parts[0] is "done" or "stopped")
        {
            done.TrySetResult();
        }
    }
}
