using CovidNotebooks.Cli.Commands;
using CovidNotebooks.Data;
using CovidNotebooks.Data.Download;
using Spectre.Console;

namespace Tests.Cli.Commands;

public sealed class DataGetCommandTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("data-get-test-");
    private readonly StringWriter output = new();

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task An_unknown_set_lists_the_known_ones()
    {
        Assert.Equal(2, await Run("imagenet", new Refusing()));
        Assert.Contains("covid-ct", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_a_login_is_needed_it_says_what_to_do()
    {
        Assert.Equal(1, await Run("chest-xray-pneumonia", new Refusing()));
        Assert.Contains("kaggle.com", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("--from FILE.zip", output.ToString(), StringComparison.Ordinal);
        Assert.Empty(folder.GetFileSystemInfos());
    }

    [Fact]
    public async Task A_failed_download_is_told_and_ends_with_1()
    {
        var handler = new Refusing();
        Assert.Equal(1, await Run("covid-ct", handler));
        Assert.Equal("https://raw.githubusercontent.com/UCSD-AI4H/COVID-CT/master/Images-processed/CT_COVID.zip", handler.Asked);
        Assert.Contains("404", output.ToString(), StringComparison.Ordinal);
        Assert.Empty(folder.GetFileSystemInfos());
    }

    [Fact]
    public async Task Ended_by_the_user_it_says_so()
    {
        using var ended = new CancellationTokenSource();
        await ended.CancelAsync();
        Assert.Equal(130, await Run("covid-ct", new Refusing(), ended.Token));
        Assert.Contains("goes on from it", output.ToString(), StringComparison.Ordinal);
    }

    private async Task<int> Run(string name, HttpMessageHandler handler, CancellationToken cancellation = default)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output), Ansi = AnsiSupport.No, Interactive = InteractionSupport.No });
        console.Profile.Width = 1000;
        using var client = Downloader.NewClient(handler);
        return await DataGetCommand.RunAsync(new DataFolder(folder.FullName, "a test"), name, null, new DatasetDownloader(new Downloader(client)), Datasets.Get, console, cancellation);
    }

    /// <summary>A server that has nothing.</summary>
    private sealed class Refusing : HttpMessageHandler
    {
        public string? Asked { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Asked = request.RequestUri!.AbsoluteUri;
            return Task.FromResult(new HttpResponseMessage(System.Net.HttpStatusCode.NotFound));
        }
    }
}
