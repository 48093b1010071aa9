using CovidNotebooks.Kernel.Jupyter;
using CovidNotebooks.Kernel.Jupyter.Wire;
using CovidNotebooks.Kernel.Session;

namespace Tests.Kernel.Jupyter;

/// <summary>A kernel in this process, on free ports, with a client.</summary>
internal sealed class TestKernel : IAsyncDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly TextReader input = Console.In;

    public TestKernel(JupyterKernelOptions? options = null)
    {
        options ??= new JupyterKernelOptions();
        Kernel = new JupyterKernel(ConnectionInfo.OnLoopback(), options with
        {
            Session = new SessionOptions { WorkingDirectory = folder.Path, PackageCache = folder.File("cache") },
            Log = problem =>
            {
                lock (Problems)
                {
                    Problems.Add(problem);
                }
            },
        });
        Client = new KernelClient(Kernel.Connection);
    }

    public JupyterKernel Kernel { get; }

    public KernelClient Client { get; }

    public TemporaryFolder Folder => folder;

    public List<string> Problems { get; } = [];

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Kernel.DisposeAsync();
        Console.SetIn(input);
        folder.Dispose();
    }
}
