using CovidNotebooks.Kernel.Session;

namespace Tests.Kernel;

/// <summary>A session whose events are kept.</summary>
internal sealed class TestSession(string? workingDirectory = null, TimeSpan? grace = null, string? packageCache = null)
{
    private readonly CSharpSession session = new(new SessionOptions
    {
        WorkingDirectory = workingDirectory ?? Path.GetTempPath(),
        InterruptGrace = grace ?? TimeSpan.FromSeconds(2),
        PackageCache = packageCache ?? Path.Combine(Path.GetTempPath(), "no-packages"),
    });

    public List<CellEvent> Events { get; } = [];

    public CSharpSession Session => session;

    public string Stdout => string.Concat(Events.OfType<StreamWritten>().Where(e => e.Stream == CellStream.Out).Select(e => e.Text));

    public string Stderr => string.Concat(Events.OfType<StreamWritten>().Where(e => e.Stream == CellStream.Error).Select(e => e.Text));

    /// <summary>Runs a cell and keeps its events; those of earlier cells are dropped.</summary>
    public async Task<CellResult> RunAsync(string code, string kernel = "csharp", CancellationToken cancellationToken = default)
    {
        Events.Clear();
        return await session.RunAsync(code, e =>
        {
            lock (Events)
            {
                Events.Add(e);
            }
        }, kernel, cancellationToken: cancellationToken);
    }

    /// <summary>Runs a cell that must succeed, and gives the text of its value, or what it wrote when it has none.</summary>
    public async Task<string> ValueAsync(string code)
    {
        var result = await RunAsync(code);
        Assert.True(result.Status == CellStatus.Succeeded, string.Join('\n', result.Error?.Traceback ?? []));
        return Events.OfType<ValueReturned>().SingleOrDefault()?.Bundle.Content.Values.First() ?? Stdout;
    }

    /// <summary>Runs a cell that must fail, and gives its error.</summary>
    public async Task<CellError> ErrorAsync(string code)
    {
        var result = await RunAsync(code);
        Assert.Equal(CellStatus.Failed, result.Status);
        return result.Error!;
    }
}
